/* SPDX-License-Identifier: ISC */
/*
 * apeng new: a commented starter capsule for another district.
 *
 * The templates in src/cmd/starter/ are English.  src/lang/xx.txt has the
 * translations of their comments, texts and guide.  A text that a language
 * lacks stays English for the office to translate, which is told.  The
 * templates have these forms of their own:
 *	#: text		a comment; such lines below each other are one comment
 *	T(a)		{en: "a", zh: "..."} for the languages asked for
 *	@LANGUAGES@	the list of languages
 *	@WORDS@		apeng's own phrases, to be translated, for languages
 *			in which it does not know them
 */
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "cmd/cmd.h"
#include "cmd/starter.h"
#include "content/json.h"
#include "content/schema.h"
#include "lang/lang.h"
#include "lang/tag.h"

#define NEW_LANGS	8
#define STARTER_TEXT	1024		/* bytes of a comment or text */

struct new_lang {
	char	 dir[9];		/* "zh" */
	char	 tag[36];		/* "zh-Hans" */
	const struct language *is;	/* NULL: apeng has no words in it */
	size_t	 english;		/* texts that stayed English in it */
};

/* What to write: the folder, the capsule's languages, that of the comments. */
struct starter {
	const char		*dir;
	struct new_lang		*lang;
	size_t			 nlang;
	const struct language	*says;	/* the comments and the guide */
};

/* Read one tag of -l, the len bytes at s, into *lang.  -1: see e. */
static int
lang_parse(const char *s, size_t len, struct new_lang *lang, struct err *e)
{
	const char	*part;
	size_t		 n = strcspn(s, ",-"), i;

	if (len >= sizeof(lang->tag)) {
		err_cannot(e, "-l: \"%.*s\", want a language tag of at most "
		    "%zu characters", (int)len, s, sizeof(lang->tag) - 1);
		return -1;
	}
	snprintf(lang->tag, sizeof(lang->tag), "%.*s", (int)len, s);
	switch (tag_check(lang->tag, &part, &i)) {
	case TAG_GOOD:
		break;
	case TAG_COUNTRY:
		err_cannot(e, "-l: \"%s\" begins with a country, the language "
		    "is %.*s", lang->tag, (int)i, part);
		return -1;
	default:
		err_cannot(e, "-l: \"%s\", want language tags, as in en,zh or "
		    "pt-BR", lang->tag);
		return -1;
	}
	for (i = 0; i < n && i < sizeof(lang->dir) - 1; i++)
		lang->dir[i] = s[i] | 0x20;		/* a small letter */
	lang->dir[i] = '\0';
	if (strcmp(lang->tag, "zh") == 0)	/* means Simplified Chinese */
		strcpy(lang->tag, "zh-Hans");
	lang->is = lang_of(lang->tag);
	lang->english = 0;
	return 0;
}

/* Read the list of -l, "en,zh,pt-BR", into lang and *n.  -1: see e. */
static int
langs_parse(const char *list, struct new_lang *lang, size_t *n,
    struct err *e)
{
	const char	*s = list;
	size_t		 i, len;

	for (*n = 0; ; s += len + 1) {
		len = strcspn(s, ",");
		if (*n == NEW_LANGS) {
			err_cannot(e, "-l: \"%s\", want at most %d languages",
			    list, NEW_LANGS);
			return -1;
		}
		if (lang_parse(s, len, &lang[*n], e) == -1)
			return -1;
		for (i = 0; i < *n; i++) {
			if (strcmp(lang[i].dir, lang[*n].dir) == 0) {
				err_cannot(e, "-l: %s is named twice",
				    lang[i].dir);
				return -1;
			}
		}
		(*n)++;
		if (s[len] == '\0')
			return 0;
	}
}

static void
put_languages(struct buf *b, const struct new_lang *lang, size_t n)
{
	const char	*name;
	size_t		 i;

	for (i = 0; i < n; i++) {
		if ((name = lang_own_name(lang[i].tag)) == NULL)
			name = lang[i].dir;
		buf_fmt(b, "  - {dir: %s, tag: %s, name: \"%s\"}\n",
		    lang[i].dir, lang[i].tag, name);
	}
}

/*
 * Append one line of words:, with the English phrase for each language in which
 * apeng has no phrases.
 */
static void
put_phrase(struct buf *b, const struct new_lang *lang, size_t n,
    enum lang_phrase phrase)
{
	size_t	 k, some = 0;

	buf_fmt(b, "  %s: {", lang_id(phrase));
	for (k = 0; k < n; k++) {
		if (lang[k].is != NULL)
			continue;
		buf_fmt(b, "%s%s: ", some++ > 0 ? ", " : "", lang[k].dir);
		buf_quoted(b, lang_all[0].text[phrase]);
	}
	buf_str(b, "}\n");
}

/* Append each line of the text s behind the prefix `before'. */
static void
put_lines(struct buf *b, const char *s, const char *before)
{
	size_t	 len;

	for (; *s != '\0'; s += len + (s[len] == '\n')) {
		len = strcspn(s, "\n");
		buf_fmt(b, "%s%.*s\n", before, (int)len, s);
	}
}

static void
put_phrases(struct buf *b, const struct starter *st)
{
	size_t		 i, k, some = 0;

	for (k = 0; k < st->nlang; k++)
		some += st->lang[k].is == NULL;
	if (some == 0)
		return;
	buf_ch(b, '\n');
	put_lines(b, lang_say(st->says, "apeng's own phrases: translate what "
	    "stands in quotes; %s stays."), "# ");
	buf_str(b, "words:\n");
	for (i = 0; i < lang_npublic; i++)
		put_phrase(b, st->lang, st->nlang, (enum lang_phrase)i);
}

/*
 * The English text in a language; where the language lacks it, the English one,
 * which is counted.
 */
static const char *
translated(struct new_lang *lang, const char *en)
{
	const char	*own = lang->is == NULL ? en : lang_say(lang->is, en);

	/* A text without small letters, as a number or %, needs none. */
	if (own == en && lang->is != &lang_all[0] && strpbrk(en,
	    "abcdefghijklmnopqrstuvwxyz") != NULL)
		lang->english++;
	return own;
}

/*
 * Append the text at s, behind `T(', in each language; returns what follows its
 * `)'.
 */
static const char *
put_words(struct buf *b, const char *s, const struct starter *st)
{
	char	 en[STARTER_TEXT];
	size_t	 i, len = strcspn(s, ")");

	snprintf(en, sizeof(en), "%.*s", (int)len, s);
	buf_ch(b, '{');
	for (i = 0; i < st->nlang; i++) {
		buf_fmt(b, "%s%s: ", i > 0 ? ", " : "", st->lang[i].dir);
		buf_quoted(b, translated(&st->lang[i], en));
	}
	buf_ch(b, '}');
	return s + len + 1;
}

/*
 * Append the comment, the lines from s on that begin with `#: '; returns what
 * follows them.
 */
static const char *
put_comment(struct buf *b, const char *s, const struct starter *st)
{
	char	 en[STARTER_TEXT];
	size_t	 len, n = 0;

	for (; strncmp(s, "#: ", 3) == 0; s += len + 1) {
		len = strcspn(s, "\n");
		n += (size_t)snprintf(en + n, sizeof(en) - n, "%s%.*s",
		    n > 0 ? "\n" : "", (int)(len - 3), s + 3);
	}
	put_lines(b, lang_say(st->says, en), "# ");
	return s;
}

/* Append one line of a page or of capsule.yml; returns what follows it. */
static const char *
put_line(struct buf *b, const char *s, const struct starter *st)
{
	const char	*end = s + strcspn(s, "\n");

	if (strncmp(s, "#: ", 3) == 0)
		return put_comment(b, s, st);
	if (strncmp(s, "@LANGUAGES@", 11) == 0)
		put_languages(b, st->lang, st->nlang);
	else if (strncmp(s, "@WORDS@", 7) == 0)
		put_phrases(b, st);
	else {
		while (s < end) {
			if (s[0] == 'T' && s[1] == '(')
				s = put_words(b, s + 2, st);
			else
				buf_ch(b, *s++);
		}
		buf_ch(b, '\n');
	}
	return end + (*end == '\n');
}

/*
 * Append a paragraph of the guide, or an item of its list; returns what follows
 * it.
 */
static const char *
put_guide(struct buf *b, const char *s, const struct starter *st)
{
	char	 en[STARTER_TEXT];
	size_t	 len, n = 0;

	if (*s == '\n') {
		buf_ch(b, '\n');
		return s + 1;
	}
	do {
		len = strcspn(s, "\n");
		n += (size_t)snprintf(en + n, sizeof(en) - n, "%s%.*s",
		    n > 0 ? "\n" : "", (int)len, s);
		s += len + (s[len] == '\n');
	} while (*s != '\0' && *s != '\n' && strchr("123456789", *s) == NULL);
	put_lines(b, lang_say(st->says, en), "");
	return s;
}

static int
write_one(const struct starter *st, const struct starter_file *f,
    struct err *e)
{
	struct buf	 b = BUF_INIT, path = BUF_INIT;
	const char	*s = f->text, *dirs[NEW_LANGS];
	size_t		 i;
	int		 rv = -1;

	if (strcmp(f->name, "schema.json") == 0) {
		/* Made anew, since it depends on the capsule's languages. */
		for (i = 0; i < st->nlang; i++)
			dirs[i] = st->lang[i].dir;
		schema_json(&b, dirs, st->nlang, st->says);
		s = "";
	}
	while (*s != '\0')
		s = strcmp(f->name, "GUIDE.md") == 0 ? put_guide(&b, s, st) :
		    put_line(&b, s, st);
	buf_fmt(&path, "%s/%s", st->dir, f->name);
	if (!buf_ok(&b) || !buf_ok(&path))
		err_nomem(e);
	else
		rv = file_replace(path.data, 0644, b.data, b.len, e);
	buf_free(&b);
	buf_free(&path);
	return rv;
}

/* 0: the folder is not there yet (*fresh is 1) or is empty; -1: see e. */
static int
dir_ok(const char *dir, int *fresh, struct err *e)
{
	struct dirent	*d;
	DIR		*dp;
	int		 rv = 0;

	*fresh = 0;
	if ((dp = opendir(dir)) == NULL) {
		*fresh = errno == ENOENT;
		if (*fresh)
			return 0;
		err_sys(e, "%s", dir);
		return -1;
	}
	while ((d = readdir(dp)) != NULL) {
		if (strcmp(d->d_name, ".") != 0 &&
		    strcmp(d->d_name, "..") != 0) {
			err_set(e, "%s: has \"%s\" in it, want a new or an "
			    "empty folder", dir, d->d_name);
			rv = -1;
			break;
		}
	}
	closedir(dp);
	return rv;
}

/*
 * Remove the first n of the files, pages/, and, if it is fresh, the folder
 * itself.
 */
static void
unwrite(const struct starter *st, size_t n, int fresh)
{
	struct buf	 path = BUF_INIT;
	size_t		 k;

	for (k = 0; k < n; k++) {
		buf_reset(&path);
		buf_fmt(&path, "%s/%s", st->dir, starter_files[k].name);
		if (buf_ok(&path))
			unlink(path.data);
	}
	buf_reset(&path);
	buf_fmt(&path, "%s/pages", st->dir);
	if (buf_ok(&path))
		rmdir(path.data);
	if (fresh)
		rmdir(st->dir);
	buf_free(&path);
}

/*
 * Write all files.  If one fails, remove those that were written, so that the
 * folder is empty for the next try.  -1: see e.
 */
static int
write_all(const struct starter *st, int fresh, struct err *e)
{
	struct buf	 path = BUF_INIT;
	size_t		 i;
	int		 rv = 0;

	buf_fmt(&path, "%s/pages", st->dir);
	if (!buf_ok(&path)) {
		err_nomem(e);
		return -1;
	}
	rv = file_mkdirs(path.data, 0755, e);
	buf_free(&path);
	if (rv == -1)
		return -1;
	for (i = 0; rv == 0 && starter_files[i].name != NULL; i++)
		rv = write_one(st, &starter_files[i], e);
	if (rv == -1)
		unwrite(st, i, fresh);
	return rv;
}

/* Tell for which languages texts stayed English, and what to do next. */
static void
tell(const struct starter *st)
{
	size_t	 i, some = 0;

	for (i = 0; i < st->nlang; i++)
		some += st->lang[i].english > 0;
	if (some > 0) {
		printf("%s:", st->dir);
		for (i = 0; i < st->nlang; i++)
			if (st->lang[i].english > 0)
				printf(" %s", st->lang[i].dir);
		printf(": %s\n", lang_say(st->says, "apeng has no starter pages "
		    "in this language; they are in English, to be "
		    "translated"));
	}
	printf(lang_say(st->says, "%s: ready. Read %s/GUIDE.md, change the "
	    "pages, then run: apeng check %s"), st->dir, st->dir, st->dir);
	putchar('\n');
}

int
cmd_new(int argc, char **argv)
{
	static const struct option opts[] = {
		{ "lang", required_argument, NULL, 'L' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 }
	};
	struct new_lang	 lang[NEW_LANGS];
	struct starter	 st = { .lang = lang };
	struct err	 e;
	const char	*list = "en,zh";
	int		 c, fresh;

	cmd_lang(NULL, &st.says);
	while ((c = getopt_long(argc, argv, "l:h", opts, NULL)) != -1) {
		if (c == 'h')
			return cmd_help();
		else if (c == 'l')
			list = optarg;
		else if (c != 'L')
			return cmd_usage();
		else if (cmd_lang(optarg, &st.says) == -1)
			return STATUS_CANNOT;
	}
	if (argc - optind != 1)
		return cmd_usage();
	st.dir = argv[optind];
	if (langs_parse(list, lang, &st.nlang, &e) == -1 ||
	    dir_ok(st.dir, &fresh, &e) == -1 ||
	    write_all(&st, fresh, &e) == -1)
		return cmd_fail(&e);
	tell(&st);
	return STATUS_DONE;
}
