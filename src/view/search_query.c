/* SPDX-License-Identifier: ISC */
/*
 * Words are folded and cut once.  A text is then read once for all of them:
 * tables say which words begin with a byte and those after it, so that most
 * bytes of a text cost one look however many words there are.
 *
 * The words come from a stranger: their number and length are bounded, and so
 * is what each byte of a text can cost.
 */
#include <string.h>

#include "base/err.h"
#include "base/fold.h"
#include "base/text.h"
#include "view/search_query.h"

#define PLURAL_MIN	5		/* bytes; shorter words keep their s */

static int
is_word_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* w3m sends a form's blanks as '+'; "+86" and "c++" are words. */
static int
is_blank(const char *s, size_t i)
{
	return s[i] == '+' && i > 0 && s[i - 1] != ' ' && s[i - 1] != '"' &&
	    s[i + 1] != '\0' && strchr(" +\"", s[i + 1]) == NULL;
}

/* Note byte *c for the words of bit; c NULL: every byte. */
static void
table_put(uint16_t *table, const char *c, uint16_t bit)
{
	size_t	 i;

	for (i = 0; i < 256; i++)
		if (c == NULL || i == (unsigned char)*c)
			table[i] |= bit;
}

static void
add_word(struct query *q, const char *s, size_t len, int phrase)
{
	struct query_word	*w;
	size_t			 i;

	while (len > 0 && *s == ' ') {
		s++;
		len--;
	}
	while (len > 0 && s[len - 1] == ' ')
		len--;
	if (!phrase && len >= PLURAL_MIN && is_word_byte(*s) &&
	    s[len - 1] == 's' && s[len - 2] != 's')
		len--;
	if (len == 0 || q->n == QUERY_WORDS)
		return;
	for (i = 0; i < q->n; i++)
		if (q->word[i].len == len && memcmp(q->word[i].s, s, len) == 0)
			return;
	w = &q->word[q->n];
	w->s = s;
	w->len = len;
	for (i = 0; i < QUERY_BYTES; i++)
		table_put(q->byte[i], i < len ? s + i : NULL,
		    (uint16_t)(1u << q->n));
	if (!is_word_byte(*s))
		q->inside |= (uint16_t)(1u << q->n);
	q->n++;
}

/* Cut the folded text into words and "phrases". */
static void
cut(struct query *q)
{
	const char	*s = q->text.data;
	size_t		 i, start, len = q->text.len;

	for (i = 0; i < len; ) {
		start = i;
		if (s[i] == '"') {
			for (start = ++i; i < len && s[i] != '"'; i++)
				;
			add_word(q, s + start, i - start, 1);
			i++;
		} else if (s[i] == ' ') {
			i++;
		} else {
			for (; i < len && s[i] != ' ' && s[i] != '"'; i++)
				;
			add_word(q, s + start, i - start, 0);
		}
	}
}

int
query_parse(struct query *q, const char *words, size_t len, struct err *e)
{
	size_t	 i;
	char	*s;

	memset(q, 0, sizeof(*q));
	if (len > QUERY_MAX || text_utf8_check(words, len) != len) {
		err_set(e, "search: want at most %d bytes of UTF-8",
		    QUERY_MAX);
		return -1;
	}
	text_fold(words, len, &q->text);
	if (!buf_ok(&q->text)) {
		err_nomem(e);
		return -1;
	}
	s = q->text.data;
	for (i = 0; i < q->text.len; i++)
		if ((unsigned char)s[i] < ' ' || s[i] == 0x7f || is_blank(s, i))
			s[i] = ' ';
	cut(q);
	if (q->n == 0) {
		query_free(q);
		err_set(e, "search: there is no word to look for");
		return -1;
	}
	return 0;
}

void
query_free(struct query *q)
{
	buf_free(&q->text);
}

/*
 * The next place from i on where words may begin; len: none.  The bits of *m
 * say which words.  A search spends most of its time here.
 */
static size_t
next_start(const struct query *q, const char *s, size_t len, size_t i,
    unsigned *m)
{
	const uint16_t	*first = q->byte[0];
	unsigned	 b = 0;

	for (; i < len; i++) {
		if ((b = first[(unsigned char)s[i]]) == 0)
			continue;
		if (i > 0 && is_word_byte(s[i - 1]))
			b &= q->inside;
		if (i + 2 < len)
			b &= q->byte[1][(unsigned char)s[i + 1]] &
			    q->byte[2][(unsigned char)s[i + 2]];
		if (b != 0)
			break;
	}
	*m = b;
	return i;
}

static int
is_here(const struct query_word *w, const char *s, size_t left)
{
	return w->len <= left && memcmp(s, w->s, w->len) == 0;
}

unsigned
query_count(const struct query *q, const char *s, size_t len, unsigned *n)
{
	size_t		 past[QUERY_WORDS];	/* of the last hit */
	size_t		 i, k;
	unsigned	 m, found = 0;

	for (i = 0; (i = next_start(q, s, len, i, &m)) < len; i++) {
		for (k = 0; m != 0; k++, m >>= 1) {
			if ((m & 1) == 0 || ((found >> k & 1) && i < past[k])
			    || !is_here(&q->word[k], s + i, len - i))
				continue;
			past[k] = i + q->word[k].len;
			n[k]++;
			found |= 1u << k;
		}
	}
	return found;
}

size_t
query_first(const struct query *q, const char *s, size_t len)
{
	size_t		 i, k;
	unsigned	 m;

	for (i = 0; (i = next_start(q, s, len, i, &m)) < len; i++)
		for (k = 0; m != 0; k++, m >>= 1)
			if ((m & 1) && is_here(&q->word[k], s + i, len - i))
				return i;
	return len;
}
