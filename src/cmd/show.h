/* What somebody else wrote, onto standard output. */
#ifndef CMD_SHOW_H
#define CMD_SHOW_H

#include <stddef.h>

/*
 * As it is into a file or a pipe.  On a terminal control characters other
 * than line ends and tabs become \xNN, for a stranger's package may hold
 * what the terminal would obey.  -1: standard output failed, see errno.
 */
int	show_text(const char *, size_t len);

#endif
