/* SPDX-License-Identifier: ISC */
/*
 * What --help says, in English; src/lang/xx.txt has the translations.  A
 * test holds each to the columns that a terminal has.
 */
#include <string.h>

#include "cmd/help.h"
#include "lang/lang.h"

struct option_help {
	const char	*command, *option, *says;
};

static const struct {
	const char	*command, *says;
} helps[] = {
	{ "attach", "put photos and documents into a capsule's folder files/" },
	{ "build", "compile a capsule's YAML into a package, ID.gpub" },
	{ "cast", "send editions round and round where nobody can ask: radio" },
	{ "cat", "print a page of a package, as gemtext or as a view shows it" },
	{ "cert", "make a host's TLS key and certificate, DIR/NAME.key and "
	    ".crt" },
	{ "check", "report all that is wrong with a capsule's YAML, write "
	    "nothing" },
	{ "export", "write a package as folders for other servers and for a "
	    "stick" },
	{ "import", "update figures by their id from a spreadsheet's table" },
	{ "keygen", "make a publisher's key, NAME.key and NAME.pub, and a "
	    "reserve" },
	{ "letter", "write an edition as a file, or as parts, for any carrier" },
	{ "mirror", "fetch a package, or what is new of it, over a bad line" },
	{ "new", "write a commented starter capsule for another district" },
	{ "search", "find the pages of a package that hold all of the words" },
	{ "serve", "serve packages, or, with --watch, a capsule being written" },
	{ "verify", "prove a package from the file alone" },
};

static const struct option_help	 options[] = {
	{ "attach", "--budget KB",
	    "scale a picture down to so many KB; 40 without it" },
	{ "attach", "--as NAME",
	    "what the file is called; its own name without it" },
	{ "build", "-k KEY",
	    "sign with this secret key file; keygen makes one" },
	{ "build", "--unsigned",
	    "no signature: for trying things out" },
	{ "build", "-o FILE",
	    "the package; ID.gpub in this folder without it" },
	{ "build", "--renew",
	    "a new serial and expiry though no page has changed" },
	{ "build", "--serial-above N",
	    "a serial of N + 1 or more: the last edition is lost" },
	{ "build", "--replaces FILE",
	    "the edition before: its serial, keys and deltas go on" },
	{ "build", "--serial-anew",
	    "a serial of the newest date, whatever went before" },
	{ "build", "--dated-ahead",
	    "dates after tomorrow are meant" },
	{ "build", "--no-blobs",
	    "do not make FILE.store, which mirrors fetch from" },
	{ "build", "--readable-key",
	    "KEY may be readable by others: FAT keeps no modes" },
	{ "build", "--lang LANG",
	    "the language of findings; by the locale without it" },
	{ "cast", "--to ADDR:PORT",
	    "datagrams to this address, or to a multicast group" },
	{ "cast", "--kiss",
	    "KISS frames to standard output, for a modem or a pipe" },
	{ "cast", "--call CALL",
	    "KISS frames with AX.25 headers from this call sign" },
	{ "cast", "--frame BYTES",
	    "length of a frame, 64 to 1400; 200 without it" },
	{ "cast", "--rate BITS",
	    "bits a second, 9600 without it; 0: no limit" },
	{ "cast", "--count N",
	    "end after so many frames; never without it" },
	{ "cast", "--deltas N",
	    "also what is new since the last N editions; 2 without it" },
	{ "cast", "--hops N",
	    "routers that a multicast may pass; 1 without it" },
	{ "cat", "-p KEY.pub",
	    "the package must be proven by this key; may repeat" },
	{ "cat", "-P KEYSTRING",
	    "the same, the 56 characters of a public key" },
	{ "cat", "--view VIEW",
	    "ascii, gb, hz, 40 or a language: as Gopher shows it" },
	{ "cert", "--host NAME",
	    "the name that readers use (required)" },
	{ "cert", "--ip ADDR",
	    "an address that the certificate names too; may repeat" },
	{ "cert", "--renew",
	    "a new certificate for the key that is there" },
	{ "cert", "--readable-key",
	    "also where others can read the key: FAT keeps no modes" },
	{ "check", "--schema",
	    "print the JSON Schema of this capsule's YAML instead" },
	{ "check", "--lang LANG",
	    "the language of findings; by the locale without it" },
	{ "export", "-p KEY.pub",
	    "the package must be proven by this key; may repeat" },
	{ "export", "-P KEYSTRING",
	    "the same, the 56 characters of a public key" },
	{ "export", "--origin",
	    "instead, what mirrors ask for, for any file server" },
	{ "export", "--files",
	    "with --origin: the files beside the text, too" },
	{ "export", "--book",
	    "instead, one file DIR: a book with the files in it" },
	{ "export", "--small-parts",
	    "also parts of 512 bytes, for lines that break very often" },
	{ "import", "-n",
	    "only show what would change" },
	{ "import", "--date DATE",
	    "the day of this change, for the pages that change" },
	{ "import", "--change LANG=TEXT",
	    "what changed, for these pages; one for each language" },
	{ "import", "--decimal MARK",
	    "comma or point; by default comma in files with ;" },
	{ "import", "--lang LANG",
	    "the language of findings; by the locale without it" },
	{ "keygen", "-o NAME",
	    "the files' name, before .key and .pub (required)" },
	{ "keygen", "-W",
	    "no password for the secret keys; asked for without it" },
	{ "keygen", "--readable-key",
	    "also where others can read the keys: FAT keeps no modes" },
	{ "letter", "-o OUT",
	    "the letter; with --part a folder; - prints" },
	{ "letter", "--from EDITION|FILE",
	    "only what is new since SERIAL-CORE16 or a package" },
	{ "letter", "--part BYTES",
	    "cut into parts of so many bytes: 140 for a text message" },
	{ "letter", "--spare N",
	    "so many parts more, each of which replaces any lost one" },
	{ "letter", "--text",
	    "parts as lines of text; BYTES counts characters" },
	{ "letter", "--qr",
	    "parts as QR codes, pictures and a sheet to print" },
	{ "mirror", "-p KEY.pub",
	    "the publisher's public key (required), up to 8 times" },
	{ "mirror", "-P KEYSTRING",
	    "the same, the 56 characters of a public key" },
	{ "mirror", "--trust-anew",
	    "the keys given count, whatever was learned before" },
	{ "mirror", "-o FILE",
	    "the package to keep up to date (required)" },
	{ "mirror", "--once",
	    "give up after six rounds without a byte (half a minute)" },
	{ "mirror", "--every TIME",
	    "again and again, TIME apart: 90, 10m, 6h, 1d" },
	{ "mirror", "--strict-tls",
	    "stop when a Gemini host shows another key than before" },
	{ "mirror", "--accept-serial N",
	    "take edition N though it is older, or from the future" },
	{ "mirror", "--parts",
	    "FILEs of parts in place of URLs: put a letter together" },
	{ "mirror", "--listen WHERE",
	    "to a cast: ADDR:PORT, a device's /PATH, or - for a pipe" },
	{ "mirror", "--status FILE",
	    "how it went, for Prometheus, at each run" },
	{ "mirror", "--files BYTES|all|none",
	    "files beside the text, of at most so many bytes; none" },
	{ "mirror", "--max-size BYTES",
	    "refuse larger packages; 67108864 (64 MiB) without it" },
	{ "new", "-l LANG,...",
	    "its languages, at most 8 BCP 47 tags; en,zh without it" },
	{ "new", "--lang LANG",
	    "the language of comments and guide; by the locale" },
	{ "search", "-p KEY.pub",
	    "the package must be proven by this key; may repeat" },
	{ "search", "-P KEYSTRING",
	    "the same, the 56 characters of a public key" },
	{ "search", "--lang DIR",
	    "the pages of this language folder only" },
	{ "serve", "-n",
	    "check all that a start would check, and end" },
	{ "serve", "-c CONF",
	    "settings, see apeng.yml(5); the command line overrules" },
	{ "serve", "-p KEY.pub",
	    "a key that proves packages; KEY.pub=ID: only that one" },
	{ "serve", "-P KEYSTRING",
	    "the same, the 56 characters of a public key; may repeat" },
	{ "serve", "--unsigned",
	    "serve packages without a signature, with a warning" },
	{ "serve", "--host NAME",
	    "a public name of this server; may repeat" },
	{ "serve", "--gemini ADDR:PORT",
	    "listen there (off: not at all); loopback:1965 without it" },
	{ "serve", "--gopher ADDR:PORT",
	    "listen there (off: not at all); loopback:7070 without it" },
	{ "serve", "--spartan ADDR:PORT",
	    "listen there, port 300 where none is said; off without it" },
	{ "serve", "--certs DIR",
	    "where NAME.key and NAME.crt are; see apeng cert" },
	{ "serve", "--workers N",
	    "processes that answer; as many as processors without it" },
	{ "serve", "--SETTING VALUE",
	    "any key of apeng.yml(5): --limits-per-address 64" },
	{ "serve", "--watch DIR",
	    "compile and serve this capsule anew at every save" },
	{ "serve", "--lang LANG",
	    "the language of what --watch finds; by the locale" },
	{ "verify", "-p KEY.pub",
	    "a public key file; may repeat" },
	{ "verify", "-P KEYSTRING",
	    "the 56 characters of a public key; may repeat" },
	{ "verify", "--head",
	    "print the signed lines and their signature instead" },
	{ "verify", "--evidence",
	    "FILE proves that one serial was signed with two contents" },
};

const char *
help_what(const struct language *l, const char *command)
{
	size_t	 i;

	for (i = 0; i < sizeof(helps) / sizeof(helps[0]); i++)
		if (strcmp(helps[i].command, command) == 0)
			return lang_say(l, helps[i].says);
	return "";
}

void
help_options(FILE *fp, const struct language *l, const char *command)
{
	size_t	 i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (strcmp(options[i].command, command) == 0)
			fprintf(fp, "  %-18s  %s\n", options[i].option,
			    lang_say(l, options[i].says));
}
