/* SPDX-License-Identifier: ISC */
/*
 * What office editors and input methods do to a YAML file: byte order mark,
 * CRLF, GB18030 bytes, tabs, full-width punctuation and digits, curly quote
 * marks for YAML's, spaces that nobody sees or that only look like spaces,
 * dashes for hyphens.  Each has a message with its
 * remedy.
 */
#ifndef CONTENT_DAMAGE_H
#define CONTENT_DAMAGE_H

#include <stddef.h>
#include <stdint.h>

struct diag;

/*
 * Look at the bytes before YAML does.  0: they can be parsed, from *start
 * on (behind a BOM); there may be errors in d all the same.  -1: they
 * cannot, see d.
 */
int	 damage_check(const char *file, const char *data, size_t len,
	    size_t *start, struct diag *d);
/*
 * After a YAML error: report every line that has a full-width mark, a space
 * or a dash of a word processor where YAML wants ASCII.  How many were found.
 */
size_t	 damage_lines(const char *file, const char *data, size_t len,
	    unsigned first_line, struct diag *d);
/* A character that stands where an ASCII one is meant. */
struct damage_odd {
	char		 text[5];	/* as it stands */
	uint32_t	 cp;		/* 0 when it is a quote mark */
	char		 ascii;		/* what is meant; private when nothing */
};

/*
 * The first full-width form of an ASCII character in s, space or dash of a
 * word processor, byte order mark, or a curly quote mark at one of its ends;
 * 0: there is none.
 */
int	 damage_odd(const char *s, size_t len, struct damage_odd *);
/* What to do about it, in words, into out. */
void	 damage_remedy(const struct damage_odd *, struct diag *, char *out,
	    size_t size);

#endif
