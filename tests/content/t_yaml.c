/* SPDX-License-Identifier: ISC */
#include "base/err.h"
#include "base/nearest.h"
#include "content/arena.h"
#include "content/damage.h"
#include "content/diag.h"
#include "content/kind.h"
#include "content/profile.h"
#include "content/scalar.h"
#include "content/yaml.h"
#include "lib/test.h"

static void
tree(void **state)
{
	static const char	 text[] = "a: 1\nb: [x, {c: 'd'}]\n"
				    "黔江: \"江\"\nf: >-\n  g\n  h\n";
	const struct yaml_node	*root, *n;
	struct diag		*d = diag_new();
	struct yaml		*y;

	(void)state;
	y = yaml_open_text("t.yml", text, sizeof(text) - 1, d);
	assert_non_null(y);
	root = yaml_root(y);
	assert_int_equal(root->kind, YAML_MAP);
	assert_int_equal(root->n, 4);
	n = yaml_get(root, "a");
	assert_int_equal(yaml_scalar(n), YAML_NUMBER);
	assert_int_equal(n->line, 1);
	assert_int_equal(n->column, 4);
	n = yaml_get(root, "b");
	assert_int_equal(n->kind, YAML_LIST);
	assert_true(n->flow);
	n = yaml_get(n->child->next, "c");
	assert_string_equal(n->text, "d");
	assert_false(n->plain);
	assert_int_equal(n->key_column, 9);
	n = yaml_get(root, "黔江");
	assert_int_equal(n->line, 3);
	assert_int_equal(n->column, 5);		/* characters, not bytes */
	n = yaml_get(root, "f");
	assert_string_equal(n->text, "g h");
	assert_true(n->lines);
	assert_null(yaml_get(root, "g"));
	assert_null(yaml_get(NULL, "g"));
	assert_null(yaml_get(n, "g"));
	yaml_close(y);
	assert_int_equal(diag_count(d, DIAG_ERROR), 0);
	y = yaml_open_text("t.yml", "", 0, d);
	assert_non_null(y);
	assert_null(yaml_root(y));
	yaml_close(y);
	assert_null(yaml_open("tests/content/nowhere.yml", d));
	assert_int_equal(diag_status(d), STATUS_CANNOT);
	diag_free(d);
}

/* What is refused, and the first line said of it. */
static void
refused(void **state)
{
	static const struct { const char *name, *text, *want; } cases[] = {
		{ "alias bomb", "a: &a [x]\nb: [*a, *a]\n",
		    "t.yml:1:4: anchor &a: anchors are not used here: put "
		    "double quotes around a text that begins with &" },
		{ "alias alone", "a: *b\n", "t.yml:1:4: alias *b: aliases "
		    "are not used here: put double quotes around a text "
		    "that begins with *" },
		{ "tag", "a: !!int 1\n", "t.yml:1:4: tag "
		    "tag:yaml.org,2002:int: tags are not used here: put "
		    "double quotes around a text that begins with !" },
		{ "key twice", "a: 1\nb: 2\na: 3\n", "t.yml:3:1: a: the key "
		    "stands here twice, first in line 1" },
		{ "key twice, far down", "a: {x: 1,\n x: 2}\n",
		    "t.yml:2:2: x: the key stands here twice, first in line "
		    "1" },
		{ "list as a key", "? [a]\n: b\n",
		    "t.yml:1:3: a list as a key, want a word" },
		{ "two documents", "a: 1\n---\nb: 2\n",
		    "t.yml:2:1: a second document (---), want one a file" },
		{ "depth", "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]",
		    "t.yml:1:17: nested more than 16 deep" },
		{ "NUL escape", "a: \"x\\0y\"\n",
		    "t.yml:1:4: a NUL character in a string" },
		{ "tab", "a:\n\tb: 1\n",
		    "t.yml:2:1: a tab: write spaces instead" },
		{ "wide colon", "a：1\nb: 2\n",
		    "t.yml:1:2: full-width \"：\": YAML wants the ASCII \": \"" },
		{ "CRLF", "a: 1\r\nb: 2\r\n", "t.yml:1:5: the lines end in "
		    "CRLF: save the file with LF (Unix) line ends" },
		{ "BOM", "\xef\xbb\xbf" "a: 1\n", "t.yml:1:1: the file begins "
		    "with a byte order mark (BOM): save it as UTF-8 without "
		    "BOM" },
		{ "GB18030", "a: \xc7\xad\xbd\xad\n", "t.yml:1:5: byte 0xbd: "
		    "the file is GB18030 (GBK, \"ANSI\"): save it as UTF-8" },
		{ "GB18030, four bytes", "a: \x81\x30\x81\x30\n", "t.yml:1:4: "
		    "byte 0x81: the file is GB18030 (GBK, \"ANSI\"): save it "
		    "as UTF-8" },
		{ "neither", "a: \xe9\n", "t.yml:1:4: byte 0xe9 is not "
		    "valid UTF-8: save the file as UTF-8" },
		{ "escape character", "a: \x1b[1m\n",
		    "t.yml:1:4: control character 0x1b: remove it" },
	};
	struct diag	*d;
	struct yaml	*y;
	const char	*line;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		d = diag_new();
		y = yaml_open_text("t.yml", cases[i].text,
		    strlen(cases[i].text), d);
		line = diag_line(d, 0, NULL);
		if (y != NULL || line == NULL ||
		    strcmp(line, cases[i].want) != 0)
			fail_msg("%s: %s", cases[i].name,
			    line == NULL ? "nothing said" : line);
		diag_free(d);
	}
}

static void
many(void **state)
{
	struct diag	*d = diag_new();
	char		*text = malloc(800000), *p = text;
	size_t		 i;

	(void)state;
	for (i = 0; i < 1000; i++)		/* more keys than pairs want */
		p += sprintf(p, "k%zu: v\n", i % 999);
	assert_null(yaml_open_text("t.yml", text, (size_t)(p - text), d));
	assert_string_equal(diag_line(d, 0, NULL), "t.yml:1000:1: k0: the key "
	    "stands here twice, first in line 1");
	assert_null(diag_line(d, 1, NULL));
	for (p = text, i = 0; i < YAML_NODES_MAX; i++)
		p += sprintf(p, "%s", i == 0 ? "[a" : ",a");
	p += sprintf(p, "]");
	assert_null(yaml_open_text("u.yml", text, (size_t)(p - text), d));
	assert_non_null(strstr(diag_line(d, 1, NULL), "more than 200000"));
	free(text);
	diag_free(d);
}

static void
scalars(void **state)
{
	static const struct { const char *text; int want; } cases[] = {
		{ "yes", YAML_STRING }, { "no", YAML_STRING },
		{ "true", YAML_BOOL }, { "False", YAML_BOOL },
		{ "tRUE", YAML_STRING }, { "~", YAML_NULL },
		{ "null", YAML_NULL }, { "nil", YAML_STRING },
		{ "7", YAML_NUMBER }, { "-7.25", YAML_NUMBER },
		{ "1e999", YAML_NUMBER }, { "0x1F", YAML_NUMBER },
		{ "0o17", YAML_NUMBER }, { "017", YAML_NUMBER },
		{ ".5", YAML_NUMBER }, { "5.", YAML_NUMBER },
		{ ".inf", YAML_NUMBER }, { "-.INF", YAML_NUMBER },
		{ ".nan", YAML_NUMBER }, { ".", YAML_STRING },
		{ "-", YAML_STRING }, { "1_000", YAML_STRING },
		{ "1800+", YAML_STRING }, { "2026-11-23", YAML_STRING },
		{ "1e", YAML_STRING }, { "0x", YAML_STRING },
		{ "", YAML_NULL },
	};
	struct yaml_node	 n = { .kind = YAML_SCALAR, .plain = 1 };
	size_t			 i;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		n.text = cases[i].text;
		n.len = strlen(n.text);
		if ((int)yaml_scalar(&n) != cases[i].want)
			fail_msg("%s", cases[i].text);
	}
	n.plain = 0;
	assert_int_equal(yaml_scalar(&n), YAML_STRING);
}

static void
values(void **state)
{
	static const struct {
		const char	*text;
		int		 plain, ok;	/* ok 2: words follow */
		double		 number;
	} cases[] = {
		{ "7", 1, 1, 7 }, { "0", 1, 1, 0 }, { "-3.5", 1, 1, -3.5 },
		{ "98.67", 1, 1, 98.67 }, { "554000", 1, 1, 554000 },
		{ "0.1", 1, 1, 0.1 }, { "123456789012345", 1, 1,
		    123456789012345.0 },
		{ "1234567890123456", 1, 0, 0 }, { "1800+", 0, 1, 1800 },
		{ "10 billion (yuan)", 0, 2, 10 }, { "30%", 0, 2, 30 },
		{ "1800+ people", 0, 2, 1800 }, { "-3.5+", 0, 1, -3.5 },
		{ "612 moh", 0, 2, 612 }, { "612 \u043c", 0, 2, 612 },
		{ "12 000", 0, 0, 0 }, { "1 234 567.5", 0, 0, 0 },
		{ "12\u00a0000", 0, 0, 0 }, { "12\u202f000", 0, 0, 0 },
		{ "12\u2009000", 0, 0, 0 }, { "12\u2007000", 0, 0, 0 },
		{ "9'000", 0, 0, 0 }, { "9\u2019000", 0, 0, 0 },
		{ "9\u00b7000", 0, 0, 0 }, { "9\u066c000", 0, 0, 0 },
		{ "4\u066b5", 0, 0, 0 }, { "4,5", 0, 0, 0 },
		{ "4\uff0c5", 0, 0, 0 }, { "1.234.567", 0, 0, 0 },
		{ "12 \u0665", 0, 0, 0 }, { "12\u0665", 0, 0, 0 },
		{ "\u0661\u0662", 0, 0, 0 }, { "\u22123", 0, 0, 0 },
		{ "8 \u4e07", 0, 0, 0 }, { "7\u00a0", 0, 0, 0 },
		{ "about 7", 0, 0, 0 }, { "554,000", 0, 0, 0 },
		{ "1.2.3", 0, 0, 0 }, { "1_000", 0, 0, 0 },
		{ "007", 1, 0, 0 }, { "1e9", 1, 0, 0 }, { "0x10", 1, 0, 0 },
		{ "5.", 1, 0, 0 }, { ".5", 1, 0, 0 }, { "", 0, 0, 0 },
		{ "-", 0, 0, 0 }, { "+7", 1, 0, 0 }, { "７", 0, 0, 0 },
		{ "7 ", 0, 0, 0 }, { "7\x01", 0, 0, 0 },
	};
	double	 number;
	size_t	 i;
	int	 good, worded;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		number = 0;
		worded = -1;
		good = kind_value(cases[i].text, cases[i].plain, &number,
		    &worded) == NULL;
		if (good != (cases[i].ok != 0) || (good &&
		    (number != cases[i].number ||
		    (worded == VALUE_WORDED) != (cases[i].ok == 2))))
			fail_msg("\"%s\": %d, %.17g", cases[i].text, good,
			    number);
	}
}

static void
kinds(void **state)
{
	(void)state;
	assert_true(kind_is_host("a.b-c.example"));
	assert_false(kind_is_host("a..b"));
	assert_false(kind_is_host("-a.b"));
	assert_false(kind_is_host("a.b."));
	assert_false(kind_is_host(""));
	assert_true(kind_is_id("a", 1, 3));
	assert_false(kind_is_id("", 0, 3));
	assert_false(kind_is_id("1a", 1, 3));
	assert_false(kind_is_id("abcd", 1, 3));
	assert_true(kind_is_fact("EC-1"));
	assert_false(kind_is_fact("-EC"));
	assert_null(kind_url("gemini://a/"));
	assert_null(kind_url("mailto:a@b.example"));
	assert_non_null(kind_url("http:a"));
	assert_non_null(kind_url("HTTP://a/"));
	assert_non_null(kind_url("data:text/html,x"));
	assert_non_null(kind_url("//a/b"));
	assert_non_null(kind_url("https://a/\tb"));
	assert_null(kind_text("第一行，“引号”。", 27, 1, 0));
	assert_non_null(kind_text(" a", 2, 1, 0));
	assert_non_null(kind_text("　黔", 6, 1, 0));
	assert_non_null(kind_text("黔　", 6, 1, 0));
	assert_non_null(kind_text("黔 江", 7, 1, 1));
	assert_null(kind_text("黔 江", 7, 1, 0));
	assert_non_null(kind_text("a\xc2\x85z", 4, 1, 0));
	assert_non_null(kind_text("a\xef\xbb\xbfz", 5, 1, 0));
	assert_non_null(kind_text("\xff", 1, 1, 0));
	assert_non_null(kind_text("a\xe4", 2, 1, 0));
	assert_null(kind_text("=> a", 4, 0, 0));
	assert_non_null(kind_text("=> a", 4, 1, 0));
	assert_null(kind_text("*a", 2, 1, 0));
}

static void
findings(void **state)
{
	struct diag	*d = diag_new();
	enum diag_level	 level;
	unsigned	 i;

	(void)state;
	assert_int_equal(diag_status(d), STATUS_DONE);
	diag_add(d, DIAG_ERROR, "b.yml", 2, 9, "four");
	diag_add(d, DIAG_WARNING, "b.yml", 2, 1, "three");
	diag_add(d, DIAG_ERROR, "b.yml", 2, 9, "five");
	diag_add(d, DIAG_ERROR, "a.yml", 7, 0, "two \x1b[1m\n");
	diag_add(d, DIAG_ERROR, "a.yml", 0, 0, "one");
	assert_string_equal(diag_line(d, 0, &level), "a.yml: one");
	assert_string_equal(diag_line(d, 1, &level),
	    "a.yml:7: two \\x1b[1m\\x0a");
	assert_string_equal(diag_line(d, 2, &level),
	    "b.yml:2:1: warning: three");
	assert_int_equal(level, DIAG_WARNING);
	assert_string_equal(diag_line(d, 3, &level), "b.yml:2:9: four");
	assert_string_equal(diag_line(d, 4, &level), "b.yml:2:9: five");
	assert_null(diag_line(d, 5, &level));
	assert_int_equal(diag_status(d), STATUS_REFUSED);
	for (i = 0; i < DIAG_MAX + 5; i++)
		diag_add(d, DIAG_ERROR, "c.yml", i + 1, 1, "x");
	assert_int_equal(diag_count(d, DIAG_ERROR), DIAG_MAX + 9);
	assert_non_null(diag_line(d, DIAG_MAX - 1, NULL));
	assert_null(diag_line(d, DIAG_MAX, NULL));
	diag_cannot(d, "d.yml", "no");
	assert_int_equal(diag_status(d), STATUS_CANNOT);
	diag_free(d);
	diag_free(NULL);
}

static void
nearest(void **state)
{
	struct nearest	 n;

	(void)state;
	nearest_begin(&n, "titel");
	nearest_try(&n, "subtitle");
	nearest_try(&n, "title");
	nearest_try(&n, "text");
	assert_string_equal(n.name, "title");
	nearest_begin(&n, "zzzzzz");
	nearest_try(&n, "title");
	assert_null(n.name);
}

static void
arenas(void **state)
{
	struct arena	 a = ARENA_INIT;
	char		*p;
	size_t		 i;

	(void)state;
	for (i = 0; i < 3000; i++) {
		p = arena_alloc(&a, i);
		assert_non_null(p);
		assert_true((uintptr_t)p % _Alignof(max_align_t) == 0);
		if (i > 0)
			assert_int_equal(p[i - 1], 0);
		memset(p, 'x', i);
		if (i % 1000 == 999)
			arena_reset(&a);
	}
	assert_null(arena_alloc(&a, SIZE_MAX - 1));
	assert_null(arena_array(&a, SIZE_MAX / 2, 3));
	assert_null(arena_copy(&a, "", SIZE_MAX));
	assert_true(a.failed);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tree), cmocka_unit_test(refused),
		cmocka_unit_test(many), cmocka_unit_test(scalars),
		cmocka_unit_test(values), cmocka_unit_test(kinds),
		cmocka_unit_test(findings), cmocka_unit_test(nearest),
		cmocka_unit_test(arenas),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
