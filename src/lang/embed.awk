# SPDX-License-Identifier: ISC
# Write the languages as C, for lang.c: awk -f embed.awk xx.txt... >lang.c
# en.txt must be the first.  A line that is not in the format of en.txt fails.

function fail(what) {
	print FILENAME ":" FNR ": " what | "cat >&2"
	close("cat >&2")
	failed = 1
	exit 1
}

# A text as a C string.  \uXXXX is not changed, since C has it, too.
function quoted(s,    out, i, c, rest) {
	out = ""
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		rest = substr(s, i, 2)
		if (c == "\n") {
			out = out "\\n"
			continue
		}
		if (c == "\"" || (c == "\\" && rest != "\\u"))
			out = out "\\"
		out = out c
	}
	return "\"" out "\""
}

# Add a complete text with its English to the messages of the language.
function message() {
	if (english != "" && own_text == "")
		fail("a text without its translation above")
	if (english == "")
		return
	if (said[lang, english]++)
		fail("its text stands there twice: " english)
	messages = messages "\t{ " quoted(english) ",\n\t  " \
	    quoted(own_text) " },\n"
	english = own_text = ""
}

function constant(id) {
	id = toupper(id)
	gsub(/-/, "_", id)
	return "LANG_" id
}

# A tag as C, with the members of struct tag: language, script, region.
function tag(s,    part, k, n, script, region) {
	n = split(tolower(s), part, "-")
	script = region = ""
	for (k = 2; k <= n; k++) {
		if (part[k] ~ /^[a-z][a-z][a-z][a-z]$/)
			script = part[k]
		else if (part[k] ~ /^[a-z][a-z]$/)
			region = part[k]
		else
			fail("tags: " s ", want a language, perhaps a script " \
			    "and a region")
	}
	return "{ \"" part[1] "\", \"" script "\", \"" region "\" }"
}

# Write a complete language: its own fields, then its array of texts.  What it
# lacks is taken from English.
function finish(    i, n, list) {
	if (lang == "")
		return
	message()
	for (i = 0; i < nids; i++)
		if (!((lang, ids[i]) in seen))
			texts = texts english_text[ids[i]]
	printf "%s};\n", texts
	printf "static const struct lang_message said_%s[] = {\n", lang
	printf "%s\t{ NULL, NULL }\n};\n", messages
	rows = rows "\t{ " own ".text = text_" lang ", .said = said_" lang \
	    ", },\n"
	n = split(tags, list, " ")
	for (i = 1; i <= n; i++)
		tag_rows = tag_rows "\t{ " (nlang + 0) ", " tag(list[i]) \
		    " },\n"
	nlang++
}

BEGIN {
	print "/* Generated from src/lang/ by embed.awk. */"
	print "#include \"lang/lang.h\"\n"
}

FNR == 1 {
	finish()
	lang = FILENAME
	sub(/.*\//, "", lang)
	sub(/\.txt$/, "", lang)
	gsub(/-/, "_", lang)
	texts = "static const char *const text_" lang "[LANG_N] = {\n"
	messages = own = english = own_text = tags = ""
}

/^#/ || /^$/ {
	message()
	next
}

# Lines with the same sign below each other are one text.
/^\? / {
	if (english != "" && own_text == "")
		english = english "\n" substr($0, 3)
	else {
		message()
		english = substr($0, 3)
	}
	next
}

/^! / {
	if (english == "")
		fail("a translation without its text above")
	own_text = own_text (own_text != "" ? "\n" : "") substr($0, 3)
	next
}

{ message() }

/^[a-z0-9-]+ +[^ ]/ {
	id = $1
	text = $0
	sub(/^[^ ]+ +/, "", text)
	if (text ~ /^".*"$/)
		text = substr(text, 2, length(text) - 2)
	if (seen[lang, id]++)
		fail(id " stands here twice")
	if (id == "tags")
		tags = text
	if (id == "tags" || id == "name" || id == "english" ||
	    id == "script" || id == "plural")
		own = own "." id " = " quoted(id == "script" ? \
		    tolower(text) : text) ", "
	else if (id == "marks")
		own = own ".marks = &idiom_" text ", "
	else if (id == "zero")
		own = own ".zero_one = " (text == "singular") ", "
	else if (id == "grouping")
		own = own ".number.lakh = " (text == "lakh") ", "
	else if (id == "more" || id == "myriad" || id == "myriads")
		own = own ".number." id " = " quoted(text) ", "
	else {
		line = "\t[" constant(id) "] = " quoted(text) ",\n"
		texts = texts line
		if (nlang == 0) {
			ids[nids++] = id
			english_text[id] = line
		}
		if (id == "thousands" || id == "decimal" || (id == "digits" && \
		    text != "0123456789"))
			own = own ".number." id " = " quoted(text) ", "
	}
	next
}

{ fail("want an id and a text, or ? and !, or #") }

END {
	if (failed)
		exit 1
	finish()
	print "const struct language lang_all[] = {\n" rows "};"
	print "const struct lang_tag lang_tags[] = {\n" tag_rows "};"
	print "const size_t lang_ntags = sizeof(lang_tags) / " \
	    "sizeof(*lang_tags);"
	print "const size_t lang_nall = sizeof(lang_all) / sizeof(*lang_all);"
}
