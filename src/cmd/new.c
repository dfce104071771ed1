/* SPDX-License-Identifier: ISC */
/*
 * apeng new: a commented starter capsule for another district.
 *
 * The templates in src/cmd/starter/ have three forms of their own:
 *	#en: text	a comment, kept when the comments are to be English
 *	T(a|b)		{en: "a", zh: "b"} for the languages asked for; others
 *			than zh get the English text to translate
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
#include "content/schema.h"
#include "lang/lang.h"

#define NEW_LANGS	8

struct new_lang {
	char	 dir[9];		/* "zh" */
	char	 tag[36];		/* "zh-Hans" */
};

/* "en,zh,pt-BR" -> folders and tags. */
static int
langs_parse(const char *list, struct new_lang *lang, size_t *n,
    struct err *e)
{
	const char	*s = list;
	size_t		 i, len, prim;

	for (*n = 0; ; s += len + 1) {
		len = strcspn(s, ",");
		prim = strspn(s, "abcdefghijklmnopqrstuvwxyz");
		if (prim < 2 || prim > 8 || len >= sizeof(lang->tag) ||
		    (prim < len && s[prim] != '-') || *n == NEW_LANGS ||
		    strspn(s + prim, "-0123456789abcdefghijklmnopqrstuvwxyz"
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ") < len - prim) {
			err_cannot(e, "-l: \"%.*s\", want at most %d language "
			    "tags that begin in small letters, as in en,zh or "
			    "pt-BR", (int)len, s, NEW_LANGS);
			return -1;
		}
		snprintf(lang[*n].dir, sizeof(lang->dir), "%.*s", (int)prim,
		    s);
		snprintf(lang[*n].tag, sizeof(lang->tag), "%.*s", (int)len,
		    s);
		if (strcmp(lang[*n].tag, "zh") == 0)	/* the simplified */
			strcpy(lang[*n].tag, "zh-Hans");
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

/* 1: apeng has its own phrases in that language. */
static int
is_known(const struct new_lang *lang)
{
	return lang_of(lang->tag) != NULL;
}

static void
put_quoted(struct buf *b, const char *s)
{
	buf_ch(b, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			buf_ch(b, '\\');
		buf_ch(b, *s);
	}
	buf_ch(b, '"');
}

/* One line under words:, with what English says. */
static void
put_phrase(struct buf *b, const struct new_lang *lang, size_t n,
    enum lang_phrase phrase)
{
	size_t	 k, some = 0;

	buf_fmt(b, "  %s: {", lang_id(phrase));
	for (k = 0; k < n; k++) {
		if (is_known(&lang[k]))
			continue;
		buf_fmt(b, "%s%s: ", some++ > 0 ? ", " : "", lang[k].dir);
		put_quoted(b, lang_all[0].text[phrase]);
	}
	buf_str(b, "}\n");
}

static void
put_phrases(struct buf *b, const struct new_lang *lang, size_t n,
    const char *comments)
{
	size_t		 i, k, some = 0;

	for (k = 0; k < n; k++)
		some += !is_known(&lang[k]);
	if (some == 0)
		return;
	buf_str(b, strcmp(comments, "zh") == 0 ?
	    "\n# apeng 自带的用语：请翻译引号里的文字，%s 保留不动。\n" :
	    "\n# apeng's own phrases: translate what stands in quotes; %s "
	    "stays.\n");
	buf_str(b, "words:\n");
	for (i = 0; i < lang_npublic; i++)
		put_phrase(b, lang, n, (enum lang_phrase)i);
}

/* s is behind `T('; what follows its `)'. */
static const char *
put_words(struct buf *b, const char *s, const struct new_lang *lang, size_t n)
{
	const char	*bar = strchr(s, '|'), *end, *from;
	size_t		 i, len;

	end = strchr(bar, ')');
	buf_ch(b, '{');
	for (i = 0; i < n; i++) {
		from = strcmp(lang[i].dir, "zh") == 0 ? bar + 1 : s;
		len = (size_t)((from == s ? bar : end) - from);
		buf_fmt(b, "%s%s: \"%.*s\"", i > 0 ? ", " : "", lang[i].dir,
		    (int)len, from);
	}
	buf_ch(b, '}');
	return end + 1;
}

static void
put_line(struct buf *b, const char *s, size_t len,
    const struct new_lang *lang, size_t n, const char *comments)
{
	const char	*end = s + len;

	if (len > 4 && s[0] == '#' && s[3] == ':' && s[1] != ' ') {
		if (strncmp(s + 1, comments, 2) == 0)
			buf_fmt(b, "#%.*s\n", (int)(len - 4), s + 4);
		return;
	}
	if (strncmp(s, "@LANGUAGES@", 11) == 0) {
		put_languages(b, lang, n);
		return;
	}
	if (strncmp(s, "@WORDS@", 7) == 0) {
		put_phrases(b, lang, n, comments);
		return;
	}
	while (s < end) {
		if (s[0] == 'T' && s[1] == '(')
			s = put_words(b, s + 2, lang, n);
		else
			buf_ch(b, *s++);
	}
	buf_ch(b, '\n');
}

static int
write_one(const char *dir, const struct starter_file *f,
    const struct new_lang *lang, size_t n, const char *comments,
    struct err *e)
{
	struct buf	 b = BUF_INIT, path = BUF_INIT;
	const char	*s, *name = f->name, *dirs[NEW_LANGS];
	size_t		 len, i;
	int		 rv = -1;

	if (strncmp(name, "GUIDE.", 6) == 0) {
		if (strncmp(name + 6, comments, 2) != 0)
			return 0;
		name = "GUIDE.md";
	}
	s = f->text;
	if (strcmp(name, "schema.json") == 0) {
		/* Not the district's: texts must be in these languages. */
		for (i = 0; i < n; i++)
			dirs[i] = lang[i].dir;
		schema_json(&b, dirs, n, strcmp(comments, "zh") == 0 ?
		    TONGUE_ZH : TONGUE_EN);
		s = "";
	}
	for (; *s != '\0'; s += len + (s[len] == '\n')) {
		len = strcspn(s, "\n");
		if (strcmp(name + strcspn(name, "."), ".yml") == 0)
			put_line(&b, s, len, lang, n, comments);
		else
			buf_fmt(&b, "%.*s\n", (int)len, s);
	}
	buf_fmt(&path, "%s/%s", dir, name);
	if (!buf_ok(&b) || !buf_ok(&path))
		err_nomem(e);
	else
		rv = file_replace(path.data, 0644, b.data, b.len, e);
	buf_free(&b);
	buf_free(&path);
	return rv;
}

/* The folder is not there yet (*fresh), or it is empty. */
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

/* All of the files, or an error and nothing: the next try finds room. */
static int
write_all(const char *dir, int fresh, const struct new_lang *lang, size_t n,
    const char *comments, struct err *e)
{
	struct buf	 path = BUF_INIT;
	size_t		 i, k;
	int		 rv = 0;

	buf_fmt(&path, "%s/pages", dir);
	if (!buf_ok(&path)) {
		err_nomem(e);
		return -1;
	}
	if (file_mkdirs(path.data, 0755, e) == -1) {
		buf_free(&path);
		return -1;
	}
	for (i = 0; rv == 0 && starter_files[i].name != NULL; i++)
		rv = write_one(dir, &starter_files[i], lang, n, comments, e);
	for (k = 0; rv == -1 && k < i; k++) {
		buf_reset(&path);
		buf_fmt(&path, "%s/%s", dir, strncmp(starter_files[k].name,
		    "GUIDE.", 6) == 0 ? "GUIDE.md" : starter_files[k].name);
		if (buf_ok(&path))
			unlink(path.data);
	}
	if (rv == -1) {
		buf_reset(&path);
		buf_fmt(&path, "%s/pages", dir);
		if (buf_ok(&path))
			rmdir(path.data);
		if (fresh)
			rmdir(dir);
	}
	buf_free(&path);
	return rv;
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
	struct err	 e;
	const char	*comments, *list = "en,zh", *dir;
	enum tongue	 tongue;
	size_t		 n;
	int		 c, fresh;

	cmd_lang(NULL, &tongue);
	while ((c = getopt_long(argc, argv, "l:h", opts, NULL)) != -1) {
		if (c == 'h')
			return cmd_help();
		else if (c == 'l')
			list = optarg;
		else if (c != 'L')
			return cmd_usage();
		else if (cmd_lang(optarg, &tongue) == -1)
			return STATUS_CANNOT;
	}
	if (argc - optind != 1)
		return cmd_usage();
	dir = argv[optind];
	comments = tongue == TONGUE_ZH ? "zh" : "en";
	if (langs_parse(list, lang, &n, &e) == -1 ||
	    dir_ok(dir, &fresh, &e) == -1 ||
	    write_all(dir, fresh, lang, n, comments, &e) == -1)
		return cmd_fail(&e);
	if (strcmp(comments, "zh") == 0)
		printf("%s：已写好。先看 %s/GUIDE.md，改好后运行 apeng check %s\n",
		    dir, dir, dir);
	else
		printf("%s: ready. Read %s/GUIDE.md, change the pages, then "
		    "run: apeng check %s\n", dir, dir, dir);
	return STATUS_DONE;
}
