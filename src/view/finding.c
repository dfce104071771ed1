/* SPDX-License-Identifier: ISC */
/*
 * A finding is a rule, a text and arguments, not a sentence.  The caller that
 * shows it makes the sentence, in the reader's language.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "view/finding.h"

void
finding_set(struct finding *f, const char *rule, const char *text)
{
	memset(f, 0, sizeof(*f));
	f->rule = rule;
	f->text = text;
}

void
finding_number(struct finding *f, size_t arg, size_t n)
{
	snprintf(f->arg[arg], FINDING_ARG, "%zu", n);
}

void
lacking_add(struct lacking *l, uint32_t cp)
{
	const size_t	 most = sizeof(l->cp) / sizeof(l->cp[0]);
	size_t		 i;

	for (i = 0; i < l->n && i < most; i++)
		if (l->cp[i] == cp)
			return;
	if (l->n < most)
		l->cp[l->n] = cp;
	l->n++;
}

static int
is_lacking(const struct lacking *l, uint32_t cp)
{
	size_t	 i;

	for (i = 0; i < l->n && i < sizeof(l->cp) / sizeof(l->cp[0]); i++)
		if (l->cp[i] == cp)
			return 1;
	return 0;
}

/*
 * 1: one of those characters is in a parenthesis that holds another
 * parenthesis.
 */
static int
is_nested(const struct lacking *l, const char *s, size_t len)
{
	size_t		 n;
	uint32_t	 cp;
	unsigned	 depth = 0, deepest = 0;
	int		 seen = 0;

	for (; len > 0; s += n, len -= n) {
		if ((n = text_utf8_next(s, len, &cp)) == 0) {
			n = 1;
			continue;
		}
		if (cp == '(' || cp == 0xff08) {
			if (depth++ == 0) {
				deepest = 0;
				seen = 0;
			}
			deepest = depth > deepest ? depth : deepest;
		} else if ((cp == ')' || cp == 0xff09) && depth > 0) {
			if (--depth == 0 && deepest > 1 && seen)
				return 1;
		} else if (depth > 0 && is_lacking(l, cp))
			seen = 1;
	}
	return 0;
}

void
finding_lacks(struct finding *f, const char *charset, int drops,
    const struct lacking *l, const char *text, size_t len)
{
	char	 s[5];
	size_t	 i, used = 0;

	if (is_lacking(l, 0xfffd)) {
		finding_set(f, "charset", "not UTF-8");
		return;
	}
	finding_set(f, "charset", drops && is_nested(l, text, len) ?
	    "%s has no %s, in a parenthesis that has another one in it: take "
	    "the inner one out, or write it another way" :
	    "%s has no %s: write it another way, or add it to replacements in "
	    "capsule.yml");
	snprintf(f->arg[0], FINDING_ARG, "%s", charset);
	for (i = 0; i < l->n && i < LACKING_SHOWN; i++) {
		s[text_utf8_put(s, l->cp[i])] = '\0';
		used += (size_t)snprintf(f->arg[1] + used, FINDING_ARG - used,
		    "%s%s (U+%04X)", i > 0 ? ", " : "", s,
		    (unsigned)l->cp[i]);
	}
	if (l->n > LACKING_SHOWN)
		snprintf(f->arg[1] + used, FINDING_ARG - used, ", +%zu",
		    l->n - LACKING_SHOWN);
}

void
finding_say(const struct finding *f, const char *text, char *out, size_t size)
{
	const char	*at;
	size_t		 arg = 0, used;
	int		 n;

	n = snprintf(out, size, "%s: ", f->rule);
	used = n < 0 ? 0 : (size_t)n;
	while (used < size && (at = strstr(text, "%s")) != NULL &&
	    arg < FINDING_ARGS) {
		n = snprintf(out + used, size - used, "%.*s%s",
		    (int)(at - text), text, f->arg[arg++]);
		used += n < 0 ? 0 : (size_t)n;
		text = at + 2;
	}
	if (used < size)
		snprintf(out + used, size - used, "%s", text);
}
