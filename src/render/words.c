/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "content/profile.h"
#include "render/render.h"
#include "render/words.h"

static const struct {
	const char	*id;
	const char	*en, *zh;
} table[] = {
	[W_NEXT]	= { "next", "Next", "下一页" },
	[W_PREVIOUS]	= { "previous", "Previous", "上一页" },
	[W_UP]		= { "up", "Up to the home page", "返回首页" },
	[W_CONTACT]	= { "contact", "Contact", "联系方式" },
	[W_CHANGED]	= { "changed", "Last changed", "本页更新于" },
	[W_NOTICE]	= { "notice", "Notice", "通知" },
	[W_NOTE]	= { "note", "Editor's note", "编者注" },
	[W_PRINTED]	= { "printed", "printed in the source as",
			    "原文作" },
	[W_OPEN]	= { "open", "In service", "已通" },
	[W_FASTER]	= { "faster", "Being sped up", "加快推进" },
	[W_BUILDING]	= { "building", "Under construction", "在建" },
	[W_PLANNED]	= { "planned", "Planned", "规划" },
	[W_SCALE]	= { "scale", "not to scale", "示意图，不按比例" },
	[W_CHART]	= { "chart", "Bar chart", "条形图" },
	[W_MAP]		= { "map", "Map", "示意图" },
	[W_ALL_PAGES]	= { "all-pages", "Every page in every language",
			    "全部页面（各语种）" },
	[W_FURTHER_DOWN] = { "further-down",
			    "The English pages are listed further down.",
			    "中文页面列在本页后半部分。" },
	[W_FIGURES_CSV]	= { "figures-csv",
			    "The same figures as a CSV table",
			    "同一批数据的CSV表格" },
	[W_ABOUT_KB]	= { "about-kb", "about %s KB", "约 %s KB" },
	[W_NAMES]	= { "names", "Names and spellings",
			    "名称与拼写" },
	[W_NOTES]	= { "notes", "Editor's notes", "编者注" },
	[W_FEED]	= { "feed", "The same as an Atom feed",
			    "同一内容的 Atom 订阅源" },
	[W_NOTHING]	= { "nothing", "Nothing yet.", "暂无内容。" },
	[W_THOUSANDS]	= { "thousands", ",", "" },
	[W_GET]		= { "get", "The whole capsule in one file",
			    "整站一个文件" },
	[W_GET_LINK]	= { "get-link", "Download %s", "下载 %s" },
	[W_GET_HERE]	= { "get-here", "Ask the server on which you read "
			    "this for the file /%s.",
			    "请向您正在访问的服务器索取文件 /%s。" },
	[W_GET_READ]	= { "get-read", "The file holds every page in every "
			    "language. Lagrange opens it as a book, unzip "
			    "unpacks it, and all links work with no line at "
			    "all.",
			    "这个文件收有各语种的全部页面。用 Lagrange "
			    "可以像书一样翻阅，用 unzip "
			    "可以解开，没有网络时链接照样能用。" },
	[W_APENG]	= { "apeng", "Keep a mirror with apeng",
			    "用 apeng 做镜像" },
	[W_APENG_TEXT]	= { "apeng-text", "This fetches the capsule, proves "
			    "it, and asks for news every hour. After the "
			    "first time only the changes travel; a broken "
			    "transfer goes on where it stopped.",
			    "下面的命令取得整站并验证签名，此后每小时查询"
			    "一次更新。第一次之后只传改动的部分，传输中断后"
			    "从断点继续。" },
	[W_APENG_STICK]	= { "apeng-stick", "This serves it to your "
			    "neighbours over Gemini and Gopher:",
			    "下面的命令用 Gemini 和 Gopher "
			    "协议向邻近的读者提供本站：" },
	[W_STOCK]	= { "stock", "Read it with stock tools",
			    "用常见工具阅读" },
	[W_STOCK_TEXT]	= { "stock-text", "Unpack the file into a folder; "
			    "start reading at index.gmi:",
			    "把文件解到一个目录，从 index.gmi 读起：" },
	[W_STOCK_OPEN]	= { "stock-open", "Copy %s to a memory stick "
			    "and pass it on: a copy is as good as the "
			    "original, because it carries its own proof.",
			    "把 %s 拷到 U 盘转交他人即可：文件自带签名，"
			    "副本与原件同样可信。" },
	[W_KEY]		= { "key", "The publisher's key", "发布者公钥" },
	[W_KEY_TEXT]	= { "key-text", "Compare this line with a copy that "
			    "reached you another way, on paper for example:",
			    "请与您从别的途径（例如纸质材料）得到的公钥"
			    "核对：" },
	[W_KEY_FILE]	= { "key-file", "This puts it into the file %s.pub, "
			    "which the commands below read:",
			    "把公钥写入文件 %s.pub，供下面的命令使用：" },
	[W_PROVE]	= { "prove", "Prove a copy without apeng",
			    "不用 apeng 验证副本" },
	[W_PROVE_TEXT]	= { "prove-text", "These commands need unzip, "
			    "minisign and sha256sum. They take the signed "
			    "head out of the file, check its signature, and "
			    "compare the file with the head.",
			    "以下命令需要 unzip、minisign 和 "
			    "sha256sum：先从文件中取出签名的文件头，"
			    "再验证签名，最后核对文件与文件头是否一致。" },
	[W_PROVE_GOOD]	= { "prove-good", "The copy is genuine if minisign "
			    "says \"Signature and comment signature "
			    "verified\" and the last line is \"core: OK\".",
			    "如果 minisign 显示“Signature and comment "
			    "signature verified”，并且最后一行是“core: "
			    "OK”，副本即为真品。" },
	[W_UNSIGNED]	= { "unsigned", "This capsule does not state its "
			    "publisher's key. Ask the publisher for it and "
			    "keep it as %s.pub.",
			    "本站未公布发布者公钥。请向发布者索取，"
			    "存为 %s.pub。" },
	[W_SHELL]	= { "shell", "Shell commands", "命令" },
	[W_SEARCH]	= { "search", "Search these pages", "搜索本站" },
	[W_SEARCH_TEXT]	= { "search-text", "Read over a network, this page "
			    "asks for the words that you look for. In a copy "
			    "there is nobody to ask: use the lists below, or "
			    "apeng search in a terminal.",
			    "联网阅读时，这一页会询问要找的词。在离线副本"
			    "里没有服务器应答，请查下面的列表，或在终端里"
			    "使用 apeng search。" },
	[W_TIMELINE]	= { "timeline", "Timeline, to scale",
			    "时间轴（按比例）" },
	[W_TIMELINE_ORDER] = { "timeline-order", "Timeline, not to scale",
			    "时间轴（不按比例）" },
	[W_TIMELINE_ALT] = { "timeline-alt",
			    "Timeline; the list below says the same",
			    "时间轴，内容同下面的列表" },
	[W_BC]		= { "bc", "%s BC", "前%s" },
};

static int	speaks(const char *, const char *);

/* Is the tag's first part that language? */
static int
speaks(const char *tag, const char *language)
{
	size_t	 n = strlen(language);

	return strncmp(tag, language, n) == 0 &&
	    (tag[n] == '\0' || tag[n] == '-');
}

int
words_wide(const char *tag)
{
	return speaks(tag, "zh") || speaks(tag, "ja");
}

void
words_voice(struct voice *v, const struct profile *p, size_t lang)
{
	const char	*tag = p->lang[lang].tag, *own;
	size_t		 i, j;
	int		 zh = speaks(tag, "zh");

	v->wide = words_wide(tag);
	v->marks = zh ? &idiom_chinese : v->wide ? &idiom_wide :
	    &idiom_narrow;
	v->number = zh ? number_chinese : number_english;
	for (i = 0; i < W_MAX; i++) {
		v->word[i] = zh ? table[i].zh : table[i].en;
		for (j = 0; j < p->nwords; j++) {
			own = p->words[j].word.in[lang];
			if (own != NULL &&
			    strcmp(p->words[j].id, table[i].id) == 0)
				v->word[i] = own;
		}
	}
	v->number.thousands = v->word[W_THOUSANDS];
}

const char *
render_word_en(size_t i)
{
	return i < W_MAX ? table[i].en : NULL;
}

const char *
render_word_id(size_t i)
{
	return i < W_MAX ? table[i].id : NULL;
}
