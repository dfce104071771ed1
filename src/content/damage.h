/*
 * What office editors and input methods do to a YAML file: byte order mark,
 * CRLF, GB18030 bytes, tabs, full-width punctuation and digits, curly quote
 * marks for YAML's, spaces that nobody sees.  Each has a message with its
 * remedy.
 */
#ifndef CONTENT_DAMAGE_H
#define CONTENT_DAMAGE_H

#include <stddef.h>

struct diag;

/*
 * Look at the bytes before YAML does.  0: they can be parsed, from *start
 * on (behind a BOM); there may be errors in d all the same.  -1: they
 * cannot, see d.
 */
int	 damage_check(const char *file, const char *data, size_t len,
	    size_t *start, struct diag *d);
/*
 * After a YAML error: report every line that has a full-width mark where
 * YAML wants ASCII.  How many were found.
 */
size_t	 damage_lines(const char *file, const char *data, size_t len,
	    unsigned first_line, struct diag *d);
/*
 * The first full-width form of an ASCII character in s, or a curly quote
 * mark at one of its ends, into wide (as it stands) and *ascii; 0: there is
 * none.
 */
int	 damage_wide(const char *s, size_t len, char wide[5], char *ascii);

#endif
