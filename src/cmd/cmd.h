/* SPDX-License-Identifier: ISC */
/*
 * The subcommands.  Each returns a STATUS_ of base/err.h.  Only src/cmd prints.
 */
#ifndef CMD_CMD_H
#define CMD_CMD_H


struct err;
struct language;

struct command {
	const char	*name;
	int		(*run)(int argc, char **argv);	/* argv[0]: name */
	const char	*usage;		/* arguments; help.h says the rest */
};

/*
 * Run a command and return its exit status; the functions below then name it in
 * what they print.
 */
int	 cmd_run(const struct command *, int argc, char **argv);
/* Print `apeng NAME: message' to standard error; returns the exit status. */
int	 cmd_fail(const struct err *);
/*
 * Print --help of the running command to standard output; returns STATUS_DONE.
 */
int	 cmd_help(void);
/*
 * Print the usage line to standard error, after getopt_long() printed an error;
 * returns STATUS_CANNOT.
 */
int	 cmd_usage(void);
/*
 * Set *out to the language of --lang.  asked NULL: to the language of the
 * locale, which LC_ALL, LC_MESSAGES or LANG names, or to English when apeng
 * does not have that one.  -1: apeng does not have the language asked for,
 * which is told.
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
