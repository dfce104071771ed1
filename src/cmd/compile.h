/* SPDX-License-Identifier: ISC */
/* A capsule's YAML -> the entries of a package. */
#ifndef CMD_COMPILE_H
#define CMD_COMPILE_H

struct beside_list;
struct diag;
struct err;
struct pkg_writer;
struct profile;
struct roster;

/*
 * Load the capsule in dir, render it and add every file to w, with cover.png if
 * there is one.  The files that pages name are added to the list beside, which
 * is empty before, and that list to w.  The members of a catalogue are added to
 * the roster, which is empty before.  Faults of the capsule go to d.  NULL: d
 * has errors, or else see e.
 */
struct profile	*compile_capsule(const char *dir, struct pkg_writer *w,
		    struct beside_list *beside, struct roster *,
		    struct diag *d, struct err *e);

#endif
