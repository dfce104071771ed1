/* SPDX-License-Identifier: ISC */
/*
 * A finding is a rule, a text and arguments, never a sentence: whoever tells
 * it puts the sentence together in the reader's language.
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
finding_lacks(struct finding *f, const char *charset, unsigned cp)
{
	char	 s[5] = "";

	if (cp == 0xfffd) {
		finding_set(f, "charset", "not UTF-8");
		return;
	}
	finding_set(f, "charset", "%s has no %s: write it another way, or add "
	    "it to replacements in capsule.yml");
	s[text_utf8_put(s, cp)] = '\0';
	snprintf(f->arg[0], FINDING_ARG, "%s", charset);
	snprintf(f->arg[1], FINDING_ARG, "%s (U+%04X)", s, cp);
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
