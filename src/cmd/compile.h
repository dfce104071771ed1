/* A capsule's YAML -> the entries of a package, and the checks of both. */
#ifndef CMD_COMPILE_H
#define CMD_COMPILE_H

struct diag;
struct err;
struct pkg;
struct pkg_writer;
struct profile;

/*
 * Load the capsule in dir, render it and add every file to w, cover.png
 * too when there is one.  What is wrong with it goes to d.  NULL: d has
 * errors, or else see e.
 */
struct profile	*compile(const char *dir, struct pkg_writer *w,
		    struct diag *d, struct err *e);
/*
 * The rules of all views over the pages of a finished package; what breaks
 * one goes to d under the name of its YAML file.  0, or -1: see e.
 */
int		 compile_check(struct pkg *, const struct profile *,
		    struct diag *d, struct err *e);

#endif
