/* SPDX-License-Identifier: ISC */
/*
 * The words of menus and searches: those of lang/, or those that the site table
 * has for a folder.  The words of apeng's own languages are put together once,
 * by the first thread that needs them, because a menu asks for them often.
 */
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "lang/lang.h"
#include "proto/site.h"
#include "view/words.h"

#define W(phrase, field)	{ phrase, offsetof(struct words_view, field) }
static const struct {
	enum lang_phrase	 phrase;
	size_t			 field;
} fields[] = {
	W(LANG_MENU_HOME, home), W(LANG_MENU_UP, up), W(LANG_NEXT, next),
	W(LANG_PREVIOUS, previous), W(LANG_MENU_INTRO, intro),
	W(LANG_MENU_SEARCH, search), W(LANG_MENU_PACKAGE, package),
	W(LANG_MENU_PACKAGE_SHORT, package_short),
	W(LANG_MENU_TREES, trees), W(LANG_MENU_TREES_SHORT, trees_short),
	W(LANG_NOTICE, notice), W(LANG_MENU_PART, part),
	W(LANG_MENU_PART_TITLE, part_title), W(LANG_MENU_PAGE, page),
	W(LANG_MENU_WHOLE, whole), W(LANG_MENU_WHOLE_SHORT, whole_short),
	W(LANG_FOUND, found), W(LANG_FOUND_NONE, none),
	W(LANG_FOUND_BEYOND, beyond), W(LANG_FOUND_UNCLEAR, unclear),
	W(LANG_FOUND_MORE, narrow), W(LANG_FOUND_AGAIN, again),
	W(LANG_MENU_SIZE_WIDE, size[0]), W(LANG_MENU_SIZE, size[1]),
	W(LANG_MENU_SIZE_KB, size[2]), W(LANG_MENU_JOIN, join),
};
#undef W
#define FIELDS	(sizeof(fields) / sizeof(fields[0]))

static const char **
field(struct words_view *w, size_t i)
{
	return (const char **)((char *)w + fields[i].field);
}

#define LANGUAGES	64		/* of apeng's own, at most */

static struct words_view	ready[LANGUAGES];
static pthread_once_t		once = PTHREAD_ONCE_INIT;

static void
make(const struct language *lang, struct words_view *w)
{
	size_t	 k;

	for (k = 0; k < FIELDS; k++)
		*field(w, k) = lang->text[fields[k].phrase];
	w->colon = lang->marks->colon;
}

static void
make_all(void)
{
	size_t	 i;

	for (i = 0; i < lang_nall && i < LANGUAGES; i++)
		make(&lang_all[i], &ready[i]);
}

const struct words_view *
words_view(const struct site_table *site, const char *dir,
    struct words_view *room)
{
	const struct site_lang	*l = site_table_lang(site, dir);
	const struct language	*lang = lang_or_english(l == NULL ? "en" :
				    l->tag);
	const size_t		 at = (size_t)(lang - lang_all);
	size_t			 i, k;

	if (site->nword == 0 && at < LANGUAGES) {
		pthread_once(&once, make_all);
		return &ready[at];
	}
	make(lang, room);
	for (i = 0; i < site->nword; i++) {
		if (strcmp(site->word[i].dir, dir) != 0)
			continue;
		for (k = 0; k < FIELDS; k++)
			if (fields[k].phrase < lang_npublic &&
			    strcmp(lang_id(fields[k].phrase),
			    site->word[i].id) == 0)
				*field(room, k) = site->word[i].text;
	}
	return room;
}

void
words_number(char *out, size_t size, const char *text, size_t a, size_t b)
{
	size_t	 n = 0;
	int	 k = 0;

	while (*text != '\0' && n + 1 < size) {
		if (text[0] == '%' && text[1] == 's') {
			n += (size_t)snprintf(out + n, size - n, "%zu",
			    k++ == 0 ? a : b);
			text += 2;
		} else
			out[n++] = *text++;
	}
	n = n < size ? n : size - 1;
	out[text_utf8_check(out, n)] = '\0';
}
