#include <string.h>

#include "cmd/help.h"

struct option_help {
	const char	*command, *option;
	const char	*says[2];		/* by enum tongue */
};

static const struct {
	const char	*command;
	const char	*says[2];
} helps[] = {
	{ "build", { "compile a capsule's YAML into a package, ID.gpub",
	    "把内容目录的 YAML 编成一个包 ID.gpub" } },
	{ "cast", { "send editions round and round where nobody can ask: radio",
	    "在无法应答的线路（如无线电）上循环播发各版" } },
	{ "cat", { "print a page of a package, as gemtext or as a view shows it",
	    "打印包里的一页：原文，或某个视图里的样子" } },
	{ "cert", { "make a host's TLS key and certificate, DIR/NAME.key and "
	    ".crt", "生成主机的 TLS 密钥和证书 DIR/NAME.key、.crt" } },
	{ "check", { "report all that is wrong with a capsule's YAML, write "
	    "nothing", "报告内容目录里的全部问题，不写任何文件" } },
	{ "export", { "write a package as folders for other servers and for a "
	    "stick", "把包展开成目录，供别的服务器或 U 盘使用" } },
	{ "keygen", { "make a publisher's key, NAME.key and NAME.pub, and a "
	    "reserve", "生成发布者密钥 NAME.key、NAME.pub 和一对备用密钥" } },
	{ "letter", { "write an edition as a file, or as parts, for any carrier",
	    "把一版写成文件或小块，由任何载体传送" } },
	{ "mirror", { "fetch a package, or what is new of it, over a bad line",
	    "在差线路上取一个包，或只取其中新的部分" } },
	{ "new", { "write a commented starter capsule for another district",
	    "为另一个地区写一份带注释的起始内容目录" } },
	{ "search", { "find the pages of a package that hold all of the words",
	    "在包里找出含有全部词语的页面" } },
	{ "serve", { "serve packages, or, with --watch, a capsule being written",
	    "提供包；加 --watch 时提供正在编写的内容目录" } },
	{ "verify", { "prove a package from the file alone",
	    "只凭文件本身验证一个包" } },
};

static const struct option_help	 options[] = {
	{ "build", "-k KEY", {
	    "sign with this secret key file; keygen makes one",
	    "用这个私钥文件签名；keygen 可生成" } },
	{ "build", "--unsigned", {
	    "no signature: for trying things out",
	    "不签名：仅供试用" } },
	{ "build", "-o FILE", {
	    "the package; ID.gpub in this folder without it",
	    "包的文件名；不写则为当前目录的 ID.gpub" } },
	{ "build", "--renew", {
	    "a new serial and expiry though no page has changed",
	    "页面未变也换新的序号和到期日" } },
	{ "build", "--serial-above N", {
	    "a serial of N + 1 or more: the last edition is lost",
	    "序号至少为 N + 1：上一版已丢失时用" } },
	{ "build", "--replaces FILE", {
	    "the edition before: its serial, keys and deltas go on",
	    "上一版所在的文件：接续其序号、密钥和增量" } },
	{ "build", "--serial-anew", {
	    "a serial of the newest date, whatever went before",
	    "序号按最新日期重新开始，不管以前的" } },
	{ "build", "--dated-ahead", {
	    "dates after tomorrow are meant",
	    "确认使用明天以后的日期" } },
	{ "build", "--no-blobs", {
	    "do not make FILE.store, which mirrors fetch from",
	    "不生成供镜像取用的 FILE.store" } },
	{ "build", "--readable-key", {
	    "KEY may be readable by others: FAT keeps no modes",
	    "允许别人可读的 KEY：FAT 不保存权限" } },
	{ "build", "--lang en|zh", {
	    "the language of findings; by the locale without it",
	    "提示所用语言；不写则按系统语言" } },
	{ "cast", "--to ADDR:PORT", {
	    "datagrams to this address, or to a multicast group",
	    "向此地址或组播组发送数据报" } },
	{ "cast", "--kiss", {
	    "KISS frames to standard output, for a modem or a pipe",
	    "向标准输出写 KISS 帧，供调制解调器或管道使用" } },
	{ "cast", "--call CALL", {
	    "KISS frames with AX.25 headers from this call sign",
	    "KISS 帧加 AX.25 头，以此呼号发出" } },
	{ "cast", "--frame BYTES", {
	    "length of a frame, 64 to 1400; 200 without it",
	    "每帧字节数，64 到 1400；不写则为 200" } },
	{ "cast", "--rate BITS", {
	    "bits a second, 9600 without it; 0: no limit",
	    "每秒比特数，不写则为 9600；0 为不限" } },
	{ "cast", "--count N", {
	    "end after so many frames; never without it",
	    "发出若干帧后结束；不写则不停" } },
	{ "cast", "--deltas N", {
	    "also what is new since the last N editions; 2 without it",
	    "同时播发最近 N 版各自之后的新内容；通常为 2" } },
	{ "cast", "--hops N", {
	    "routers that a multicast may pass; 1 without it",
	    "组播可经过的路由器数；不写则为 1" } },
	{ "cat", "-p KEY.pub", {
	    "the package must be proven by this key; may repeat",
	    "包必须由此公钥验证；可重复" } },
	{ "cat", "-P KEYSTRING", {
	    "the same, the 56 characters of a public key",
	    "同上，直接写公钥的 56 个字符" } },
	{ "cat", "--view VIEW", {
	    "ascii, gb, hz, 40 or a language: as Gopher shows it",
	    "ascii、gb、hz、40 或语言目录：Gopher 里的样子" } },
	{ "cert", "--host NAME", {
	    "the name that readers use (required)",
	    "读者使用的主机名（必填）" } },
	{ "cert", "--ip ADDR", {
	    "an address that the certificate names too; may repeat",
	    "证书里同时写上的地址；可重复" } },
	{ "cert", "--renew", {
	    "a new certificate for the key that is there",
	    "为现有密钥换一张新证书" } },
	{ "cert", "--readable-key", {
	    "also where others can read the key: FAT keeps no modes",
	    "别人可读密钥之处也生成：FAT 不保存权限" } },
	{ "check", "--schema", {
	    "print the JSON Schema of this capsule's YAML instead",
	    "改为打印本目录 YAML 的 JSON Schema" } },
	{ "check", "--lang en|zh", {
	    "the language of findings; by the locale without it",
	    "提示所用语言；不写则按系统语言" } },
	{ "export", "-p KEY.pub", {
	    "the package must be proven by this key; may repeat",
	    "包必须由此公钥验证；可重复" } },
	{ "export", "-P KEYSTRING", {
	    "the same, the 56 characters of a public key",
	    "同上，直接写公钥的 56 个字符" } },
	{ "export", "--origin", {
	    "instead, what mirrors ask for, for any file server",
	    "改为写出供镜像取用的文件，放到任何文件服务器上" } },
	{ "keygen", "-o NAME", {
	    "the files' name, before .key and .pub (required)",
	    "文件名，后加 .key、.pub（必填）" } },
	{ "keygen", "-W", {
	    "no password for the secret keys; asked for without it",
	    "私钥不设密码；不写则会询问" } },
	{ "keygen", "--readable-key", {
	    "also where others can read the keys: FAT keeps no modes",
	    "别人可读密钥之处也生成：FAT 不保存权限" } },
	{ "letter", "-o OUT", {
	    "the letter; with --part a folder; - prints",
	    "信的文件名；--part 时为目录；- 则打印" } },
	{ "letter", "--from EDITION|FILE", {
	    "only what is new since SERIAL-CORE16 or a package",
	    "只写某版 SERIAL-CORE16 或某个包之后的新内容" } },
	{ "letter", "--part BYTES", {
	    "cut into parts of so many bytes: 140 for a text message",
	    "切成每块若干字节：短信用 140" } },
	{ "letter", "--spare N", {
	    "so many parts more, each of which replaces any lost one",
	    "多做几块，每块可顶替任何一块丢失的" } },
	{ "letter", "--text", {
	    "parts as lines of text; BYTES counts characters",
	    "每块写成一行文字；BYTES 为字符数" } },
	{ "letter", "--qr", {
	    "parts as QR codes, pictures and a sheet to print",
	    "每块做成二维码图片，另有一张可打印的页面" } },
	{ "mirror", "-p KEY.pub", {
	    "the publisher's public key (required), up to 8 times",
	    "发布者公钥（必填），最多 8 次" } },
	{ "mirror", "-P KEYSTRING", {
	    "the same, the 56 characters of a public key",
	    "同上，直接写公钥的 56 个字符" } },
	{ "mirror", "--trust-anew", {
	    "the keys given count, whatever was learned before",
	    "以给出的密钥为准，忘掉以前学到的" } },
	{ "mirror", "-o FILE", {
	    "the package to keep up to date (required)",
	    "要保持最新的包文件（必填）" } },
	{ "mirror", "--once", {
	    "give up after six rounds without a byte (half a minute)",
	    "六轮没有新字节（约半分钟）就放弃" } },
	{ "mirror", "--every TIME", {
	    "again and again, TIME apart: 90, 10m, 6h, 1d",
	    "每隔 TIME 再来一次：90、10m、6h、1d" } },
	{ "mirror", "--strict-tls", {
	    "stop when a Gemini host shows another key than before",
	    "Gemini 主机换了密钥就停止" } },
	{ "mirror", "--accept-serial N", {
	    "take edition N though it is older, or from the future",
	    "接受序号 N，即使更旧或在未来" } },
	{ "mirror", "--parts", {
	    "FILEs of parts in place of URLs: put a letter together",
	    "参数是装有小块的文件而非网址：拼成一封信" } },
	{ "mirror", "--listen WHERE", {
	    "to a cast: ADDR:PORT, a device's /PATH, or - for a pipe",
	    "收听播发：ADDR:PORT、设备 /PATH，或 - 表示管道" } },
	{ "mirror", "--status FILE", {
	    "how it went, for Prometheus, at each run",
	    "每次运行后写出状态（Prometheus 格式）" } },
	{ "mirror", "--max-size BYTES", {
	    "refuse larger packages; 67108864 (64 MiB) without it",
	    "拒绝更大的包；不写为 67108864（64 MiB）" } },
	{ "new", "-l LANG,...", {
	    "its languages, at most 8 BCP 47 tags; en,zh without it",
	    "语言，最多 8 个 BCP 47 标记；不写为 en,zh" } },
	{ "new", "--lang en|zh", {
	    "the language of comments and guide; by the locale",
	    "注释和指南的语言；不写则按系统语言" } },
	{ "search", "-p KEY.pub", {
	    "the package must be proven by this key; may repeat",
	    "包必须由此公钥验证；可重复" } },
	{ "search", "-P KEYSTRING", {
	    "the same, the 56 characters of a public key",
	    "同上，直接写公钥的 56 个字符" } },
	{ "search", "--lang DIR", {
	    "the pages of this language folder only",
	    "只找这个语言目录的页面" } },
	{ "serve", "-n", {
	    "check all that a start would check, and end",
	    "只检查启动时要检查的一切，然后结束" } },
	{ "serve", "-c CONF", {
	    "settings, see apeng.yml(5); the command line overrules",
	    "设置文件，见 apeng.yml(5)；命令行优先" } },
	{ "serve", "-p KEY.pub", {
	    "a key that proves packages; KEY.pub=ID: only that one",
	    "验证包的公钥；可重复；KEY.pub=ID 只限该包" } },
	{ "serve", "-P KEYSTRING", {
	    "the same, the 56 characters of a public key; may repeat",
	    "同上，直接写公钥的 56 个字符；可重复" } },
	{ "serve", "--unsigned", {
	    "serve packages without a signature, with a warning",
	    "提供未签名的包，并给出警告" } },
	{ "serve", "--host NAME", {
	    "a public name of this server; may repeat",
	    "本服务器的公开名称；可重复" } },
	{ "serve", "--gemini ADDR:PORT", {
	    "listen there (off: not at all); loopback:1965 without it",
	    "监听地址（off 关闭）；不写为本机 1965" } },
	{ "serve", "--gopher ADDR:PORT", {
	    "listen there (off: not at all); loopback:7070 without it",
	    "监听地址（off 关闭）；不写为本机 7070" } },
	{ "serve", "--spartan ADDR:PORT", {
	    "listen there, port 300 where none is said; off without it",
	    "监听地址，默认端口 300；不写即关闭" } },
	{ "serve", "--certs DIR", {
	    "where NAME.key and NAME.crt are; see apeng cert",
	    "NAME.key、NAME.crt 所在目录；见 apeng cert" } },
	{ "serve", "--workers N", {
	    "processes that answer; as many as processors without it",
	    "应答进程数；不写与处理器数相同" } },
	{ "serve", "--SETTING VALUE", {
	    "any key of apeng.yml(5): --limits-per-address 64",
	    "apeng.yml(5) 的任一项：--limits-per-address 64" } },
	{ "serve", "--watch DIR", {
	    "compile and serve this capsule anew at every save",
	    "每次保存都重新编译并提供这个内容目录" } },
	{ "serve", "--lang en|zh", {
	    "the language of what --watch finds; by the locale",
	    "--watch 提示的语言；不写则按系统语言" } },
	{ "verify", "-p KEY.pub", {
	    "a public key file; may repeat",
	    "公钥文件；可重复" } },
	{ "verify", "-P KEYSTRING", {
	    "the 56 characters of a public key; may repeat",
	    "公钥的 56 个字符；可重复" } },
	{ "verify", "--head", {
	    "print the signed lines and their signature instead",
	    "改为打印已签名的各行及其签名" } },
};

const char *
help_what(enum tongue t, const char *command)
{
	size_t	 i;

	for (i = 0; i < sizeof(helps) / sizeof(helps[0]); i++)
		if (strcmp(helps[i].command, command) == 0)
			return helps[i].says[t];
	return "";
}

void
help_options(FILE *fp, enum tongue t, const char *command)
{
	size_t	 i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (strcmp(options[i].command, command) == 0)
			fprintf(fp, "  %-18s  %s\n", options[i].option,
			    options[i].says[t]);
}
