/* SPDX-License-Identifier: ISC */
/* The subcommands.  Each returns a STATUS_ of base/err.h; alone they print. */
#ifndef CMD_CMD_H
#define CMD_CMD_H


struct err;
struct language;

struct command {
	const char	*name;
	int		(*run)(int argc, char **argv);	/* argv[0]: name */
	const char	*usage;		/* arguments; help.h says the rest */
};

/* Run it; from here on it is the one that the functions below speak for. */
int	 cmd_run(const struct command *, int argc, char **argv);
/* Print `apeng NAME: message` to stderr; the status to return. */
int	 cmd_fail(const struct err *);
/* --help of the running subcommand to stdout; STATUS_DONE. */
int	 cmd_help(void);
/* After a getopt_long() complaint: usage line to stderr; STATUS_CANNOT. */
int	 cmd_usage(void);
/*
 * The language of --lang into *out; NULL: by the locale, LC_ALL,
 * LC_MESSAGES or LANG, English where apeng does not know that one.
 * -1: asked for and not known, which is told.
 */
int	 cmd_lang(const char *asked, const struct language **out);

int	 cmd_attach(int, char **);
int	 cmd_build(int, char **);
int	 cmd_cast(int, char **);
int	 cmd_cat(int, char **);
int	 cmd_cert(int, char **);
int	 cmd_check(int, char **);
int	 cmd_export(int, char **);
int	 cmd_import(int, char **);
int	 cmd_keygen(int, char **);
int	 cmd_letter(int, char **);
int	 cmd_mirror(int, char **);
int	 cmd_new(int, char **);
int	 cmd_search(int, char **);
int	 cmd_serve(int, char **);
int	 cmd_verify(int, char **);

#endif
