/* SPDX-License-Identifier: ISC */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "proto/site.h"
#include "view/words.h"

static const struct words_view english = {
	.home = "Home", .up = "Up", .next = "Next", .previous = "Previous",
	.intro = "Introduction",
	.search = "Search",
	.package = "All of it in one file",
	.package_short = "All in one file",
	.trees = "Other languages and charsets",
	.trees_short = "Other languages",
	.notice = "Notice",
	.part = "part %s of %s",
	.part_title = "Part %s of %s",
	.page = "page %s of %s",
	.whole = "In one file, for printing",
	.whole_short = "In one file",
	.size = { " (%s KB, %s s at 2400)", " (%s KB, %s s)",
	    " (%s KB)" },
	.join = ", ", .colon = ": ",
	.found = "Pages found: %s",
	.none = "Nothing found. Try fewer or shorter words, or look here:",
	.beyond = "There is no such page of results.",
	.unclear = "No words arrived that can be read here.",
	.narrow = "There are more. Search with one more word to see them.",
	.again = "Search again",
};

static const struct words_view chinese = {
	.home = "首页", .up = "上一级", .next = "下一页", .previous = "上一页",
	.intro = "简介",
	.search = "搜索",
	.package = "全部内容打包下载",
	.package_short = "打包下载",
	.trees = "其他语言和编码",
	.trees_short = "其他语言",
	.notice = "通知",
	.part = "第 %s 部分，共 %s 部分",
	.part_title = "第 %s 部分，共 %s 部分",
	.page = "第 %s 页，共 %s 页",
	.whole = "全文一个文件，供打印",
	.whole_short = "全文",
	.size = { "（%s KB，2400 bit/s 需 %s 秒）", "（%s KB，%s 秒）",
	    "（%s KB）" },
	.join = "，", .colon = "：",
	.found = "找到 %s 页",
	.none = "没有找到。请换用较短的词，或查看：",
	.beyond = "没有这一页结果。",
	.unclear = "没有收到可以识别的词。",
	.narrow = "还有更多结果，请再加一个词来缩小范围。",
	.again = "重新搜索",
};

static const struct words_view french = {
	.home = "Accueil", .up = "Remonter", .next = "Suivant",
	.previous = "Précédent",
	.intro = "Présentation",
	.search = "Rechercher",
	.package = "Tout en un seul fichier",
	.package_short = "Tout en un fichier",
	.trees = "Autres langues et jeux de caractères",
	.trees_short = "Autres langues",
	.notice = "Avis",
	.part = "partie %s sur %s",
	.part_title = "Partie %s sur %s",
	.page = "page %s sur %s",
	.whole = "En un seul fichier, à imprimer",
	.whole_short = "En un fichier",
	.size = { " (%s Ko, %s s à 2400)", " (%s Ko, %s s)",
	    " (%s Ko)" },
	.join = ", ", .colon = " : ",
	.found = "Pages trouvées : %s",
	.none = "Rien trouvé. Essayez des mots plus courts, ou voyez ici :",
	.beyond = "Cette page de résultats n'existe pas.",
	.unclear = "Aucun mot lisible n'est arrivé ici.",
	.narrow = "Il y en a d'autres. Ajoutez un mot pour les voir.",
	.again = "Nouvelle recherche",
};

static const struct words_view arabic = {
	.home = "الصفحة الرئيسية", .up = "إلى أعلى", .next = "التالي",
	.previous = "السابق",
	.intro = "تقديم",
	.search = "بحث",
	.package = "كل المحتوى في ملف واحد",
	.package_short = "الكل في ملف واحد",
	.trees = "لغات وترميزات أخرى",
	.trees_short = "لغات أخرى",
	.notice = "إعلان",
	.part = "الجزء %s من %s",
	.part_title = "الجزء %s من %s",
	.page = "الصفحة %s من %s",
	.whole = "في ملف واحد للطباعة",
	.whole_short = "في ملف واحد",
	.size = { " (%s ك.ب، %s ث بسرعة 2400)", " (%s ك.ب، %s ث)",
	    " (%s ك.ب)" },
	.join = "، ", .colon = ": ",
	.found = "عدد الصفحات: %s",
	.none = "لا نتائج. جرّب كلمات أقل أو أقصر، أو انظر هنا:",
	.beyond = "لا توجد صفحة نتائج بهذا الرقم.",
	.unclear = "لم تصل كلمات يمكن قراءتها هنا.",
	.narrow = "هناك المزيد. أضف كلمة أخرى لعرضه.",
	.again = "بحث جديد",
};

/* Languages by the first part of their tag. */
static const struct {
	const char		*tag;
	const char		*name;
	const struct words_view	*words;
} table[] = {
	{ "ar", "Arabic", &arabic },	{ "bn", "Bengali", NULL },
	{ "bo", "Tibetan", NULL },	{ "de", "German", NULL },
	{ "en", "English", &english },	{ "es", "Spanish", NULL },
	{ "fr", "French", &french },	{ "hi", "Hindi", NULL },
	{ "id", "Indonesian", NULL },	{ "ii", "Yi", NULL },
	{ "it", "Italian", NULL },	{ "ja", "Japanese", NULL },
	{ "kk", "Kazakh", NULL },	{ "ko", "Korean", NULL },
	{ "mn", "Mongolian", NULL },	{ "ms", "Malay", NULL },
	{ "my", "Burmese", NULL },	{ "ne", "Nepali", NULL },
	{ "pt", "Portuguese", NULL },	{ "ru", "Russian", NULL },
	{ "sw", "Swahili", NULL },	{ "th", "Thai", NULL },
	{ "tr", "Turkish", NULL },	{ "ug", "Uyghur", NULL },
	{ "vi", "Vietnamese", NULL },	{ "za", "Zhuang", NULL },
	{ "zh", "Chinese", &chinese },
};

/* Words that the site table may have for a language. */
#define W(id, field)	{ id, offsetof(struct words_view, field) }
static const struct {
	const char	*id;
	size_t		 field;
} own[] = {
	W("menu-home", home), W("menu-up", up), W("next", next),
	W("previous", previous), W("menu-intro", intro),
	W("menu-search", search), W("menu-package", package),
	W("menu-package-short", package_short), W("menu-trees", trees),
	W("menu-trees-short", trees_short), W("notice", notice),
	W("menu-part", part), W("menu-part-title", part_title),
	W("menu-page", page), W("menu-whole", whole),
	W("menu-whole-short", whole_short), W("found", found), W("found-none", none), W("found-beyond", beyond),
	W("found-unclear", unclear), W("found-more", narrow),
	W("found-again", again),
};
#undef W

static const char	**field(struct words_view *, size_t);
static size_t		  find(const char *);

static const char **
field(struct words_view *w, size_t i)
{
	return (const char **)((char *)w + own[i].field);
}

static size_t
find(const char *tag)
{
	size_t	 i, n = strcspn(tag, "-");

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].tag[0] == tag[0] && strlen(table[i].tag) == n &&
		    memcmp(table[i].tag, tag, n) == 0)
			return i;
	return (size_t)-1;
}

const struct words_view *
words_view(const struct site_table *site, const char *dir,
    struct words_view *room)
{
	const struct words_view	*w = &english;
	const struct site_lang	*l = site_table_lang(site, dir);
	size_t			 i, k, mine = 0;

	k = l == NULL ? (size_t)-1 : find(l->tag);
	if (k != (size_t)-1 && table[k].words != NULL)
		w = table[k].words;
	for (i = 0; i < site->nword; i++) {
		if (strcmp(site->word[i].dir, dir) != 0)
			continue;
		if (mine++ == 0)
			*room = *w;
		for (k = 0; k < sizeof(own) / sizeof(own[0]); k++)
			if (strcmp(own[k].id, site->word[i].id) == 0)
				*field(room, k) = site->word[i].text;
	}
	return mine > 0 ? room : w;
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

const char *
words_id(size_t i)
{
	return i < sizeof(own) / sizeof(own[0]) ? own[i].id : NULL;
}

const char *
words_text(const char *tag, size_t i)
{
	size_t			 k = find(tag);
	struct words_view	 w = english;

	if (k != (size_t)-1 && table[k].words != NULL)
		w = *table[k].words;
	return *field(&w, i);
}

const char *
words_language(const char *tag)
{
	size_t	 k = find(tag);

	return k == (size_t)-1 ? NULL : table[k].name;
}
