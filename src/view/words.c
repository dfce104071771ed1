#include <string.h>

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
	.part = "part %zu of %zu",
	.part_title = "Part %zu of %zu",
	.page = "page %zu of %zu",
	.whole = "In one file, for printing",
	.whole_short = "In one file",
	.size = { " (%zu KB, %zu s at 2400)", " (%zu KB, %zu s)",
	    " (%zu KB)" },
	.join = ", ", .colon = ": ",
	.found = "Pages found: %zu",
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
	.part = "第 %zu 部分，共 %zu 部分",
	.part_title = "第 %zu 部分，共 %zu 部分",
	.page = "第 %zu 页，共 %zu 页",
	.whole = "全文一个文件，供打印",
	.whole_short = "全文",
	.size = { "（%zu KB，2400 bit/s 需 %zu 秒）", "（%zu KB，%zu 秒）",
	    "（%zu KB）" },
	.join = "，", .colon = "：",
	.found = "找到 %zu 页",
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
	.part = "partie %zu sur %zu",
	.part_title = "Partie %zu sur %zu",
	.page = "page %zu sur %zu",
	.whole = "En un seul fichier, à imprimer",
	.whole_short = "En un fichier",
	.size = { " (%zu Ko, %zu s à 2400)", " (%zu Ko, %zu s)",
	    " (%zu Ko)" },
	.join = ", ", .colon = " : ",
	.found = "Pages trouvées : %zu",
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
	.part = "الجزء %zu من %zu",
	.part_title = "الجزء %zu من %zu",
	.page = "الصفحة %zu من %zu",
	.whole = "في ملف واحد للطباعة",
	.whole_short = "في ملف واحد",
	.size = { " (%zu ك.ب، %zu ث بسرعة 2400)", " (%zu ك.ب، %zu ث)",
	    " (%zu ك.ب)" },
	.join = "، ", .colon = ": ",
	.found = "عدد الصفحات: %zu",
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

static size_t
find(const char *tag)
{
	size_t	 i, n = strcspn(tag, "-");

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strlen(table[i].tag) == n &&
		    memcmp(table[i].tag, tag, n) == 0)
			return i;
	return (size_t)-1;
}

const struct words_view *
words_view(const struct site_table *site, const char *dir)
{
	size_t	 i, k;

	for (i = 0; i < site->nlang; i++) {
		if (strcmp(site->lang[i].dir, dir) != 0)
			continue;
		k = find(site->lang[i].tag);
		if (k != (size_t)-1 && table[k].words != NULL)
			return table[k].words;
	}
	return &english;
}

const char *
words_language(const char *tag)
{
	size_t	 k = find(tag);

	return k == (size_t)-1 ? NULL : table[k].name;
}
