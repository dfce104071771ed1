/* SPDX-License-Identifier: ISC */
/*
 * What apeng check, build and serve --watch say, in Chinese.  Each pair has
 * the same conversions in the same order (tests/content/t_tongue.c); what an
 * author typed stays in ASCII quotes, since it is often about those.
 */
#include "content/tongue.h"

const struct tongue_pair tongue_findings[] = {
	{ "warning: ", "警告：" },
	{ "out of memory", "内存不足" },
	{ "the newest date is %.10s, but it is %.10s by this machine's clock",
	  "最新的日期是 %.10s，但本机时钟是 %.10s" },
	{ "%s, %s", "写的是%s，%s" },

	/* The file as such */
	{ "the file is UTF-16: save it as UTF-8 without byte order mark",
	  "文件是 UTF-16 编码：请另存为 UTF-8（不带 BOM）" },
	{ "byte 0x%02x: the file is GB18030 (GBK, \"ANSI\"): save it as UTF-8",
	  "字节 0x%02x：文件是 GB18030 编码（即 GBK、“ANSI”）：请另存为 UTF-8" },
	{ "byte 0x%02x is not valid UTF-8: save the file as UTF-8",
	  "字节 0x%02x 不是有效的 UTF-8：请把文件另存为 UTF-8" },
	{ "a tab: write spaces instead", "有制表符（Tab）：请改用空格" },
	{ "control character 0x%02x: remove it", "有控制字符 0x%02x：请删除" },
	{ "line separator U+%04X: remove it", "有行分隔符 U+%04X：请删除" },
	{ "an invisible space without width, U+%04X, as web pages have them: "
	  "remove it", "有看不见的零宽空格 U+%04X，多半是从网页粘贴来的：请删除" },
	{ "the file begins with a byte order mark (BOM): save it as UTF-8 "
	  "without BOM",
	  "文件开头有字节顺序标记（BOM）：请另存为不带 BOM 的 UTF-8" },
	{ "%s: save the file with LF (Unix) line ends",
	  "%s：请把换行符改为 LF（Unix 格式）后保存" },
	{ "the lines end in CRLF", "换行符是 CRLF（Windows 格式）" },
	{ "a carriage return", "有回车符" },
	{ "remove the byte order mark (U+%04X)", "请删除字节顺序标记（U+%04X）" },
	{ "the space U+%04X should be an ordinary one",
	  "空格 U+%04X 应为普通空格" },
	{ "the dash U+%04X should be the ASCII \"-\"",
	  "连接号 U+%04X 应为半角的 \"-\"" },
	{ "the full-width \"%s\" should be the ASCII \"%c%s\"",
	  "全角的 \"%s\" 应为半角的 \"%c%s\"" },
	{ "a byte order mark (U+%04X) inside the file, as joined files have "
	  "it: remove it",
	  "文件中间有字节顺序标记（U+%04X），多半是拼接文件带来的：请删除" },
	{ "the space U+%04X, as word processors and web pages have it: YAML "
	  "wants an ordinary one",
	  "空格 U+%04X 多半来自文字处理软件或网页：此处要用普通空格" },
	{ "the dash U+%04X, as word processors make it: YAML wants the ASCII "
	  "\"-\"", "连接号 U+%04X 多半来自文字处理软件：此处要用半角的 \"-\"" },
	{ "full-width \"%.*s\": YAML wants the ASCII \"%s\"",
	  "全角的 \"%.*s\"：此处要用半角的 \"%s\"" },
	{ "there is no such file; a capsule's folder has one (`apeng new' "
	  "makes all it needs)",
	  "没有这个文件；站点文件夹里必须有它（apeng new 可生成全套文件）" },
	{ "there is no such folder; a capsule has its pages there (`apeng "
	  "new' makes all it needs)",
	  "没有这个文件夹；站点的页面都放在这里（apeng new 可生成全套文件）" },
	{ "is a file: name the capsule's folder, which has capsule.yml and "
	  "pages/ in it",
	  "这是一个文件：请给出站点文件夹，里面有 capsule.yml 和 pages/" },
	{ "the file changed while it was read; try again",
	  "读取时文件有改动，请重试" },
	{ "want the name to end in .yml", "文件名应以 .yml 结尾" },
	{ "want the name in small letters", "文件名应全部用小写字母" },
	{ "want another name: servers answer searches at \"search\"",
	  "请换一个名字：\"search\" 是服务器的搜索地址" },
	{ "is the name of a device on DOS and Windows, where no file can have "
	  "it: choose another",
	  "是 DOS 和 Windows 的设备名，那里不能有这样的文件：请换一个" },
	{ "want the host name as the net has it, in its xn-- form: %s",
	  "主机名请写成网络所用的 xn-- 形式：%s" },
	{ "not a page (ID.yml): left out",
	  "不是页面文件（页面文件名为“短名.yml”）：未收录" },
	{ "want a name of at most %d of a-z, 0-9 and -, a letter first, before "
	  ".yml", ".yml 前的文件名最多 %d 个字符，只用 a-z、0-9 和 -，以字母开头" },
	{ "the file is empty, want \"id: ...\" and the like",
	  "文件是空的，应有 \"id: ...\" 等内容" },
	{ "want a mapping: \"id: ...\" and the like",
	  "应为“键: 值”的形式，如 \"id: ...\"" },
	{ "the file is empty, want \"title: ...\" and the like",
	  "文件是空的，应有 \"title: ...\" 等内容" },
	{ "want a mapping: \"title: ...\" and the like",
	  "应为“键: 值”的形式，如 \"title: ...\"" },
	{ "this picture is not used: a cover is a PNG picture of at most %u KB "
	  "by the name of %s",
	  "这张图片没有用上：封面须是 PNG 图片，不超过 %u KB，文件名为 %s" },
	{ "is no PNG picture; save it as PNG or remove it",
	  "不是 PNG 图片；请存成 PNG 格式，或删除此文件" },

	/* YAML */
	{ "want \",\" or \"}\" here; before it a comma, a brace or a quote "
	  "mark may be missing, or a text with : # , or quote marks in it "
	  "needs double quotes around it",
	  "此处应为 \",\" 或 \"}\"；前面可能漏了逗号、花括号或引号，"
	  "或者文字里有 : # , 或引号，需要用双引号括起来" },
	{ "want \",\" or \"]\" here; before it a comma, a bracket or a quote "
	  "mark may be missing",
	  "此处应为 \",\" 或 \"]\"；前面可能漏了逗号、方括号或引号" },
	{ "a second \": \" in one value: put double quotes around a text that "
	  "has one in it",
	  "一个值里出现了第二个 \": \"：文字里有冒号加空格时，要用双引号括起来" },
	{ "want \"key: value\" here: the colon, or the space behind it, is "
	  "missing", "此处应为 \"键: 值\"：漏了冒号，或冒号后面的空格" },
	{ "this line stands too far to the left or right: line it up with "
	  "those it belongs to", "这一行的缩进不对：请与同级的各行对齐" },
	{ "this line stands too far to the left or right, or lacks its \"- \": "
	  "line it up with the other items of the list",
	  "这一行的缩进不对，或行首漏了 \"- \"：请与列表其他各项对齐" },
	{ "the quote mark that begins here or above is never closed",
	  "此处或上文的引号没有配对" },
	{ "no text may begin with this character: put double quotes around the "
	  "text", "文字不能以这个字符开头：请用双引号括起来" },
	{ "no \"- \" may stand here: begin a line with it, lined up with the "
	  "other items of the list",
	  "此处不能写 \"- \"：请另起一行，与列表其他各项对齐" },
	{ "a value is missing here", "此处缺少内容" },
	{ "this line belongs to nothing above it: line it up, or write \"key: "
	  "value\"", "这一行与上文无关：请对齐缩进，或写成 \"键: 值\"" },
	{ "a backslash in double quotes must be written twice: \\\\",
	  "双引号里的反斜杠要写两个：\\\\" },
	{ "no text may begin with \"!\": put double quotes around the text",
	  "文字不能以 \"!\" 开头：请用双引号括起来" },
	{ "no text may begin with \"*\" or \"&\": put double quotes around the "
	  "text", "文字不能以 \"*\" 或 \"&\" 开头：请用双引号括起来" },
	{ "%s (what it belongs to begins in line %u)",
	  "%s（所属的内容从第 %u 行开始）" },
	{ "YAML: %s (%s from line %u on)", "YAML：%s（%s，从第 %u 行起）" },
	{ "YAML: %s", "YAML：%s" },
	{ "not readable", "无法读取" },
	{ "more than %u values in a file", "一个文件里的值超过 %u 个" },
	{ "a NUL character in a string", "文字里有空字符（NUL）" },
	{ "merge keys (<<) are not used here: write the values out",
	  "不支持合并键（<<）：请把内容写全" },
	{ "%s as a key, want a word", "%s 不能作键，键应为一个词" },
	{ "nested more than %d deep", "嵌套超过 %d 层" },
	{ "%.64s: the key stands here twice, first in line %u",
	  "%.64s：这个键写了两次，第一次在第 %u 行" },
	{ "a second document (---), want one a file",
	  "出现第二个文档（---），一个文件只能有一个" },
	{ "alias *%.64s: aliases are not used here: put double quotes around a "
	  "text that begins with *",
	  "*%.64s：不支持别名；文字以 * 开头时请用双引号括起来" },
	{ "anchor &%.64s: anchors are not used here: put double quotes around "
	  "a text that begins with &",
	  "&%.64s：不支持锚点；文字以 & 开头时请用双引号括起来" },
	{ "tag %.64s: tags are not used here: put double quotes around a text "
	  "that begins with !",
	  "%.64s：不支持标签；文字以 ! 开头时请用双引号括起来" },
	{ "a list", "列表" },
	{ "a mapping", "键值组" },
	{ "nothing", "空值" },
	{ "a string", "文字" },

	/* Keys */
	{ "\"%s\" is missing: %s", "缺少 \"%s\"：%s" },
	{ "\"%.64s\" is no key: write numbers without commas, as 85000 or 4.5",
	  "\"%.64s\" 不是键：数字里不要用逗号，写成 85000 或 4.5" },
	{ "unknown key \"%.64s\": %s", "没有 \"%.64s\" 这个键：%s" },
	{ "unknown key \"%.64s\", nearest is \"%s\"",
	  "没有 \"%.64s\" 这个键，最接近的是 \"%s\"" },
	{ "unknown key \"%.64s\", want one of: %s",
	  "没有 \"%.64s\" 这个键，可用的有：%s" },
	{ "\"%s\" is missing beside \"%s\"", "缺少 \"%s\"，它要与 \"%s\" 同时写" },
	{ "want either \"%s\" or \"%s\"%s", "\"%s\" 和 \"%s\" 应写其中一个%s" },
	{ ", not both", "，不能都写" },
	{ "want a mapping with \"%s\"%s%s", "应为含 \"%s\"%s 的键值组%s" },
	{ " and the like", " 等键" },
	{ ", or a text", "，或一段文字" },
	{ "want a list, as [a, b]", "应为列表，如 [a, b]" },
	{ "want a list", "应为列表" },
	{ "the list is empty", "列表是空的" },
	{ "%zu items, at most %llu", "有 %zu 项，最多 %llu 项" },

	/* Texts */
	{ "%s %s", "写的是%s，%s" },
	{ "the translation is missing: %s", "缺少这些语言的译文：%s" },
	{ "%s, %s: %s", "写的是%s，%s：%s" },
	{ "\"%.64s\": %s", "\"%.64s\"：%s" },
	{ "\"%.64s\" is no language of this capsule, want \"%s\"",
	  "本站没有 \"%.64s\" 这种语言，应为 \"%s\"" },
	{ "\"%.64s\" is no language of this capsule",
	  "本站没有 \"%.64s\" 这种语言" },
	{ "\"%.100s\" is %zu columns wide, at most %d (a Chinese character is "
	  "2)", "\"%.100s\" 宽 %zu 列，最多 %d 列（一个汉字占 2 列）" },
	{ "want a text in each language, as {%s}",
	  "每种语言都要写，格式为 {%s}" },
	{ "has a line break: want one line (write >- for a folded text)",
	  "中间有换行：应写成一行（长文字可用 >- 折行）" },
	{ "has a control character", "里面有控制字符" },
	{ "has a byte order mark (U+FEFF) inside: remove it",
	  "里面有字节顺序标记（U+FEFF）：请删除" },
	{ "has the mark of a failed conversion (U+FFFD): write the lost "
	  "character again", "里面有转码失败的符号（U+FFFD）：请重新输入丢失的字" },
	{ "has a code that is not a character (U+FFFE or U+FFFF): remove it",
	  "里面有不是字符的编码（U+FFFE 或 U+FFFF）：请删除" },
	{ "has a line separator: want one line", "里面有行分隔符：应写成一行" },
	{ "has an invisible mark of writing direction: remove it",
	  "里面有看不见的书写方向标记：请删除" },
	{ "is not valid UTF-8", "不是有效的 UTF-8" },
	{ "begins with a space: remove it", "开头有空格：请删除" },
	{ "ends in a space: remove it", "末尾有空格：请删除" },
	{ "spans lines, and YAML puts a space at a line's end: write Chinese "
	  "on one line", "分成了几行，而 YAML 会在换行处加空格：中文请写在一行里" },
	{ "is empty", "内容为空" },
	{ "is longer than 4000 bytes: make two of it",
	  "超过 4000 字节：请分成两段" },
	{ "begins with \".\", which ends a text on Gopher: begin with something "
	  "else", "以 \".\" 开头，在 Gopher 里表示全文结束：请换个开头" },
	{ "begins as a line of gemtext with a meaning of its own (=> # * > "
	  "```): begin with something else",
	  "开头是 gemtext 的标记（=> # * > ```）：请换个开头" },

	/* Values */
	{ "want a string", "应为一段文字" },
	{ "want a string: YAML takes this word for a truth value, put it in "
	  "quotes", "应为文字：YAML 会把这个词当作真假值，请加引号" },
	{ "want a number without quotes", "应为不加引号的数字" },
	{ "want a whole number", "应为整数" },
	{ "want %llu to %llu", "应在 %llu 到 %llu 之间" },
	{ "want a number", "应为数字" },
	{ "want a number without leading zeros", "数字前面不要加 0" },
	{ "want a digit behind the point", "小数点后面应有数字" },
	{ "want at most 15 digits", "最多 15 位数字" },
	{ "want a plain decimal number, as 7 or 8.5",
	  "应为普通的十进制数，如 7 或 8.5" },
	{ "want a number without separators of thousands, and with a point "
	  "before decimals, as 12000 or 4.5 (apeng writes the separators)",
	  "数字里不要写千位分隔符，小数点用 \".\"，如 12000 或 4.5（分隔符由 "
	  "apeng 添加）" },
	{ "want a number without spaces in it, as 12000 (apeng writes the "
	  "separators of thousands)",
	  "数字里不要有空格，如 12000（千位分隔符由 apeng 添加）" },
	{ "want the digits 0 to 9 in a number, as 2402",
	  "数字请用 0 到 9，如 2402" },
	{ "want the number in full, 85000 for 8.5万: charts and tables would "
	  "leave the word out, and pages in Chinese write it by themselves",
	  "请写出完整的数字，如 8.5万 写成 85000：图和表格不认“万”“亿”；"
	  "中文页面会自动加上" },
	{ "at most 60 bytes", "最多 60 字节" },
	{ "at most 300 bytes", "最多 300 字节" },
	{ "at most %d bytes", "最多 %d 字节" },
	{ "the value \"%s\" has its unit in it: want the number alone beside "
	  "unit: %s", "数值 \"%s\" 里带了单位：已有 unit: %s，只写数字即可" },
	{ "\"%s\" begins with a digit, which would read as part of the number "
	  "before it", "\"%s\" 以数字开头，会与前面的数值连读" },
	{ "the value \"%s\" has words in it: want the number alone, its unit "
	  "behind unit:, and what else there is to say of it in a text:",
	  "数值 \"%s\" 里有文字：只写数字，单位写在 unit:，其余说明写在 text:" },
	{ "the value \"%s\" of figure \"%s\" has words in it, which no bar can "
	  "show", "数值 \"%s\"（指标 \"%s\"）里有文字，条形图无法显示" },
	{ "want one of: %s; nearest is \"%s\"",
	  "只能是其中之一：%s；最接近的是 \"%s\"" },
	{ "want one of: %s", "只能是其中之一：%s" },
	{ "want a language of this capsule, as \"%s\"",
	  "应为本站的一种语言，如 \"%s\"" },
	{ "no such unit in capsule.yml, nearest is \"%s\"",
	  "capsule.yml 里没有这个单位，最接近的是 \"%s\"" },
	{ "no such unit in capsule.yml, which has: %s%s",
	  "capsule.yml 里没有这个单位，已有的单位：%s%s" },
	{ "no such node of this map, nearest is \"%s\"",
	  "示意图里没有这个地点，最接近的是 \"%s\"" },
	{ "no such node of this map", "示意图里没有这个地点" },
	{ "want [column, line], as [0, 3]", "应为 [列, 行]，如 [0, 3]" },
	{ "no such page under pages/, nearest is \"%s\"",
	  "pages/ 里没有这个页面，最接近的是 \"%s\"" },
	{ "no such page under pages/", "pages/ 里没有这个页面" },
	{ "want 3 to %llu characters of a-z, 0-9 and -, a letter first",
	  "应为 3 到 %llu 个字符，只用 a-z、0-9 和 -，以字母开头" },
	{ "want at most %llu characters of a-z, 0-9 and -, a letter first",
	  "最多 %llu 个字符，只用 a-z、0-9 和 -，以字母开头" },
	{ "want a host name in small letters, as town.example",
	  "应为小写的域名，如 town.example" },
	{ "want a language tag, as en or zh-Hans",
	  "应为语言代码，如 en 或 zh-Hans" },
	{ "want a minisign public key: RW and 54 more characters",
	  "应为 minisign 公钥：以 RW 开头，共 56 个字符" },
	{ "want the id of a fact: at most 30 of A-Z a-z 0-9 . _ -",
	  "应为事实编号：最多 30 个字符，只用 A-Z a-z 0-9 . _ -" },
	{ "want a date that exists, as 2026-11-23",
	  "应为真实存在的日期，如 2026-11-23" },
	{ "want a year from %d to %d, as in 2026-11-23",
	  "年份应在 %d 到 %d 之间，如 2026-11-23" },
	{ "want a day of the common calendar, from %d to %d: the %s year %d is "
	  "about %d there",
	  "应为公历日期，年份在 %d 到 %d 之间：%s %d 年约为公历 %d 年" },
	{ "Minguo", "民国" },
	{ "Persian", "波斯历" },
	{ "Hijri", "回历" },
	{ "Bikram Sambat", "尼泊尔历" },
	{ "Buddhist", "佛历" },
	{ "want ASCII without spaces, the rest as %XX",
	  "只能用不含空格的 ASCII 字符，其他字符写成 %XX" },
	{ "want a host or an address behind the scheme",
	  "协议名后面应有域名或地址" },
	{ "want an address that begins with http://, https://, gemini://, "
	  "gopher:// or mailto:",
	  "网址应以 http://、https://、gemini://、gopher:// 或 mailto: 开头" },

	/* Blocks */
	{ "want a list of blocks", "应为由内容块组成的列表" },
	{ "want a block, as text: {...}", "应为一个内容块，如 text: {...}" },
	{ "both \"%s\" and \"%s\", want one type a block (begin the next one "
	  "with -)",
	  "同时有 \"%s\" 和 \"%s\"，一个内容块只能有一种（下一块另起一行，以 - 开头）" },
	{ "the block has no type, as text: or figures:",
	  "这个内容块没有写明种类，如 text: 或 figures:" },
	{ "the id \"%s\" is that of nodes[%zu]",
	  "短名 \"%s\" 与 nodes[%zu] 重复" },
	{ "stands where nodes[%zu] stands", "与 nodes[%zu] 位置重叠" },
	{ "\"%s\": pages hold no pictures: say in a text what it shows "
	  "(cover.png beside capsule.yml is the only one)",
	  "\"%s\"：页面里不能放图片，请用文字（text）说明图中内容"
	  "（唯一的图片是 capsule.yml 旁边的 cover.png）" },
	{ "is a pasted picture: pages hold none, say what it shows",
	  "这是粘贴的图片：页面里不能放图片，请用文字说明图中内容" },
	{ "want a year from -9999 (BC) to 2999, a month as 1976-08 or a day "
	  "that exists, as 1976-08-14",
	  "应为 -9999（公元前）到 2999 的年份、如 1976-08 的月份，或确实存在的"
	  "日期，如 1976-08-14" },
	{ "earlier than the event above it: want the oldest first",
	  "早于上面一条：前面是从早到晚排的，请按此排列" },
	{ "later than the event above it: want the newest first",
	  "晚于上面一条：前面是从晚到早排的，请按此排列" },
	{ "from and to are the same node", "from 和 to 是同一个地点" },
	{ "the id \"%s\" stands in line %u already",
	  "短名 \"%s\" 在第 %u 行已用过" },
	{ "no figure \"%s\" on this page", "本页没有数据 \"%s\"" },
	{ "no figure \"%s\" on this page, nearest is \"%s\"",
	  "本页没有数据 \"%s\"，最接近的是 \"%s\"" },
	{ "the figure \"%s\" has another unit than the chart",
	  "数据 \"%s\" 的单位与图表的单位不同" },
	{ "%s is below 0, which no bar can show", "%s 小于 0，条形图无法显示" },

	/* capsule.yml, and how the pages fit together */
	{ "want a mapping, as percent: {...}", "应为键值组，如 percent: {...}" },
	{ "\"%.64s\", want an id: at most %d characters of a-z, 0-9 and -, a "
	  "letter first",
	  "写的是 \"%.64s\"，短名最多 %d 个字符，只用 a-z、0-9 和 -，以字母开头" },
	{ "want a text, as {fr: Suivant}", "应为一段译文，如 {fr: Suivant}" },
	{ "want a mapping, as next: {fr: Suivant}",
	  "应为键值组，如 next: {fr: Suivant}" },
	{ "want a mapping, as {from: to}", "应为键值组，如 {原字: 替换字}" },
	{ "want a mapping, as ascii: {from: to}",
	  "应为键值组，如 ascii: {原字: 替换字}" },
	{ "want %s characters only", "只能用 %s 字符" },
	{ "want a mapping, as ascii: en", "应为键值组，如 ascii: en" },
	{ "want text without control characters or spaces at its ends",
	  "文字里不能有控制字符，两端不能有空格" },
	{ "want another name than that of a tree",
	  "不能与目录树同名，请换一个名字" },
	{ "\"%s\" is there already", "\"%s\" 已经有了" },
	{ "\"%s\" is the name of a tree, want another dir",
	  "\"%s\" 是目录树的名字，dir 请换一个" },
	{ "the id \"%s\" is that of sections[%zu]",
	  "短名 \"%s\" 与 sections[%zu] 重复" },
	{ "until is before date", "until（截止日期）早于 date（开始日期）" },
	{ "\"index\" is the home page and in no section",
	  "\"index\" 是首页，不属于任何栏目" },
	{ "the page \"%s\" is in section \"%s\" already",
	  "页面 \"%s\" 已在栏目 \"%s\" 中" },
	{ "there is no home page, pages/index.yml",
	  "缺少首页 pages/index.yml" },
	{ "the page is in no section: add \"%s\" to the pages of one in "
	  "capsule.yml",
	  "这一页不在任何栏目里：请把 \"%s\" 加到 capsule.yml 某个栏目的 pages 里" },
	{ "want \"home\" on the home page", "首页应写 \"home\"" },
	{ "only index.yml is the home page", "只有 index.yml 才是首页" },
	{ "%s.yml does so already", "%s.yml 已经生成了" },
	{ "the page is empty, want \"blocks\"", "这一页没有内容，应写 \"blocks\"" },
	{ "words: \"%s\" would stand between thousands and before decimals in "
	  "%s: say the other one, too (thousands: or decimal:)",
	  "words：\"%s\" 同时用作千位分隔符和小数点（%s）：请把另一个也写上"
	  "（thousands: 或 decimal:）" },
	{ "words: \"%s\" is used nowhere, is \"%s\" meant?",
	  "words：没有用到 \"%s\"，是否想写 \"%s\"？" },
	{ "words.%s.%s: \"%s\", want %u times %%s, as in \"%s\"",
	  "words.%s.%s：\"%s\" 里应有 %u 处 %%s，如 \"%s\"" },
	{ "words: \"%s\" is used nowhere", "words：没有用到 \"%s\"" },

	/* What the views find */
	{ "%s:%zu, Gopher tree /%s: %s", "%s 第 %zu 行，Gopher 目录树 /%s：%s" },
	{ "%s, Gopher tree /%s: %s", "%s，Gopher 目录树 /%s：%s" },
	{ "%s has no %s: write it another way, or add it to replacements in "
	  "capsule.yml",
	  "%s 字符集里没有 %s：请换一种写法，"
	  "或在 capsule.yml 的 replacements 里写明用什么代替" },
	{ "a preformatted line is wider than %s columns",
	  "有一行照原样排的文字宽于 %s 列" },
	{ "neither title nor short title fits %s columns",
	  "标题和短标题都超过 %s 列" },
	{ "a line of text begins with a dot", "有一行以句点 . 开头" },
	{ "it leads to no page or file of the capsule",
	  "链接所指不是本站的页面或文件" },
	{ "want http, https, gemini, gopher or mailto",
	  "网址应为 http、https、gemini、gopher 或 mailto" },
	{ "the page is above 1 MiB", "页面超过 1 MiB" },
	{ "the page's text is above 4 MiB", "页面的文字超过 4 MiB" },
	{ "search is the search's, not a page's",
	  "search 是搜索用的名字，页面不能用" },
	{ "%s in a text, at most %s", "一篇文字里有 %s，至多 %s" },
	{ "%s in a menu, at most %s", "一个菜单里有 %s，至多 %s" },

	/* The sums at the end */
	{ "%s: %zu pages in %zu language%s, no errors, %zu warning%s\n",
	  "%s：页面 %zu 个，语言 %zu 种%s，没有错误，警告 %zu 个%s\n" },
	{ "%s: %zu error%s, %zu warning%s\n",
	  "%s：错误 %zu 个%s，警告 %zu 个%s\n" },
	{ "and %zu more\n", "还有 %zu 条\n" },
	{ "apeng build: %s: nothing written\n",
	  "apeng build：%s：没有写入任何文件\n" },

	/* serve --watch */
	{ "no certificate in %s, so this run has one of its own; to keep one: "
	  "apeng cert --host localhost %s",
	  "%s 里没有证书，本次临时制作一个；要长期使用请运行："
	  "apeng cert --host localhost %s" },
	{ "edition %llu, pages: %zu, warnings: %zu",
	  "已更新为第 %llu 版，页面 %zu 个，警告 %zu 个" },
	{ "%zu to be mended before anything can be served; waiting for the "
	  "next save", "有 %zu 处需要改正，改好后才能开始服务；等待下次保存" },
	{ "%zu to be mended; edition %llu stays up",
	  "有 %zu 处需要改正；读者看到的仍是第 %llu 版" },
	{ NULL, NULL }
};
