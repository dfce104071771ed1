/* SPDX-License-Identifier: ISC */
/*
 * Tell what a plain scalar is by the core schema of YAML 1.2: null, a truth
 * value, a number or a string; libyaml leaves that open.  So "no" is a string
 * and 0x1f a number.  The first character decides which test is made.  The
 * node is from yaml.c: its text ends with NUL and has no other.
 */
#include <string.h>

#include "content/node.h"
#include "content/scalar.h"

static int
is_one_of(const char *s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(s, *list) == 0)
			return 1;
	return 0;
}

static size_t
digits(const char *s)
{
	return strspn(s, "0123456789");
}

static int
is_number(const char *s)
{
	static const char *const special[] = { ".inf", ".Inf", ".INF",
	    ".nan", ".NaN", ".NAN", NULL };
	size_t	 whole, part = 0;

	if (strncmp(s, "0x", 2) == 0)
		return s[2] != '\0' &&
		    s[2 + strspn(s + 2, "0123456789abcdefABCDEF")] == '\0';
	if (strncmp(s, "0o", 2) == 0)
		return s[2] != '\0' && s[2 + strspn(s + 2, "01234567")] == '\0';
	if (*s == '-' || *s == '+')
		s++;
	if (is_one_of(s, special))
		return 1;
	whole = digits(s);
	s += whole;
	if (*s == '.') {
		part = digits(++s);
		s += part;
	}
	if (whole + part == 0)
		return 0;
	if (*s == 'e' || *s == 'E') {
		s++;
		if (*s == '-' || *s == '+')
			s++;
		if (digits(s) == 0)
			return 0;
		s += digits(s);
	}
	return *s == '\0';
}

enum yaml_scalar
yaml_scalar(const struct yaml_node *node)
{
	static const char *const null[] = { "", "~", "null", "Null", "NULL",
	    NULL };
	static const char *const truth[] = { "true", "True", "TRUE", "false",
	    "False", "FALSE", NULL };

	if (node->kind != YAML_SCALAR || !node->plain)
		return YAML_STRING;
	if (node->len == 0 || strchr("~nN", *node->text) != NULL)
		return is_one_of(node->text, null) ? YAML_NULL : YAML_STRING;
	if (strchr("tTfF", *node->text) != NULL)
		return is_one_of(node->text, truth) ? YAML_BOOL : YAML_STRING;
	if (strchr("+-.0123456789", *node->text) != NULL)
		return is_number(node->text) ? YAML_NUMBER : YAML_STRING;
	return YAML_STRING;
}
