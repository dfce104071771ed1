/* SPDX-License-Identifier: ISC */
/*
 * One scalar of the YAML into what the target stores: numbers, dates, names
 * that must exist.  What is wrong is reported at the node, with the remedy,
 * and the target is left as it was.  The text is an author's: valid UTF-8,
 * else anything.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hostname.h"
#include "base/nearest.h"
#include "content/arena.h"
#include "content/diag.h"
#include "content/files.h"
#include "content/kind.h"
#include "content/model.h"
#include "content/reader.h"
#include "content/say.h"
#include "content/scalar.h"
#include "content/schema.h"
#include "content/value.h"
#include "content/yaml.h"
#include "lang/lang.h"
#include "proto/site.h"

/* After this many errors the nearest name is no longer looked for. */
#define NEAREST_ERRORS	200

const char *
read_string(struct reader *r, const struct yaml_node *node)
{
	const char	*s = node->text;

	if (r->copy && (s = arena_copy(r->arena, s, node->len)) == NULL)
		read_nomem(r);
	return s;
}

int
read_is_string(struct reader *r, const struct yaml_node *node,
    const struct path *path)
{
	if (node->kind != YAML_SCALAR || (node->plain &&
	    yaml_scalar(node) == YAML_NULL)) {
		read_wrong(r, node, path, "want a string");
		return 0;
	}
	if (node->plain && yaml_scalar(node) == YAML_BOOL) {
		read_wrong(r, node, path, "want a string: YAML takes this "
		    "word for a truth value, put it in quotes");
		return 0;
	}
	return 1;
}

void
read_number(struct reader *r, const struct yaml_node *node,
    const struct schema_key *key, void *to, const struct path *path)
{
	unsigned long long	 v = 0;
	const char		*p = node->text;
	size_t			 n = 0;

	if (node->kind == YAML_SCALAR)
		n = strspn(p, "0123456789");
	if (n == 0 || p[n] != '\0' || (n > 1 && *p == '0') || !node->plain) {
		read_wrong(r, node, path, n > 0 && p[n] == '\0' &&
		    !node->plain ? "want a number without quotes" :
		    "want a whole number");
		return;
	}
	for (; *p != '\0' && v <= key->max; p++)
		v = v * 10 + (unsigned)(*p - '0');
	if (v < key->min || v > key->max) {
		read_wrong(r, node, path, "want %llu to %llu", key->min,
		    key->max);
		return;
	}
	if (key->type == TYPE_BIGINT)
		*(uint64_t *)to = v;
	else
		*(unsigned *)to = (unsigned)v;
}

/*
 * 1: 17.845 in a capsule that has a language, as German, whose readers write
 * 17,845 so: the author may have meant either.
 */
static int
is_ambiguous(const struct reader *r, const char *s)
{
	const struct language	*l;
	size_t			 i, n;

	s += *s == '-';
	n = strspn(s, "0123456789");
	if (n < 1 || n > 3 || *s == '0' || s[n] != '.' ||
	    strspn(s + n + 1, "0123456789") != 3)
		return 0;
	for (i = 0; i < r->nlang; i++)
		if ((l = lang_of(r->lang[i].tag)) != NULL &&
		    strcmp(l->number.thousands, ".") == 0)
			return 1;
	return 0;
}

void
read_value(struct reader *r, const struct yaml_node *node,
    struct value *to, const struct path *path)
{
	char		 shown[READ_SHOWN];
	const char	*why;

	if (node->kind != YAML_SCALAR) {
		read_wrong(r, node, path, "want a number");
		return;
	}
	to->line = node->line;
	to->column = node->column;
	why = kind_value(node->text, node->plain &&
	    yaml_scalar(node) == YAML_NUMBER, &to->number, &to->is_worded);
	if (why == NULL && is_ambiguous(r, node->text))
		why = "some languages here write thousands so: want 17845 for "
		    "a whole number, or another count of decimals than three, "
		    "as 17.8450";
	if (why == NULL)
		to->text = read_string(r, node);
	else if (*node->text >= '0' && *node->text <= '9') {
		/* Its spaces must be removed, not replaced by others. */
		read_shown(r, node, shown, sizeof(shown));
		read_bad(r, node->line, node->column, path, "%s, %s", shown,
		    diag_say(r->d, why));
	} else
		read_wrong(r, node, path, "%s", diag_say(r->d, why));
}

/* The years of a date: not so many that those of other calendars fit in. */
#define DATE_YEAR_MIN	1970
#define DATE_YEAR_MAX	2069

/*
 * Calendars whose years an office may write out of habit, with the years
 * that mean DATE_YEAR_MIN to DATE_YEAR_MAX, and the common year of one.  Saka
 * years above 1969 and all Ethiopian ones of today are common years, too,
 * though not those that were meant: nothing in a date tells them apart.
 */
static const struct calendar {
	const char	*name;
	int		 from, to;
	int		 add, percent;
} calendars[] = {
	{ "Minguo", 59, 158, 1911, 100 },
	{ "Persian", 1349, 1424, 621, 100 },
	{ "Hijri", 1425, 1494, 622, 97 },	/* its years are shorter */
	{ "Saka", 1892, 1969, 78, 100 },
	{ "Bikram Sambat", 2070, 2126, -57, 100 },
	{ "Buddhist", 2513, 2612, -543, 100 },
};

/* The year of YYYY-MM-DD, whatever the days of its months; 0: another form. */
static int
year_of_day(const char *s)
{
	size_t	 n = strspn(s, "0123456789");

	if ((n != 3 && n != 4) || s[n] != '-' ||
	    strspn(s + n + 1, "0123456789") != 2 || s[n + 3] != '-' ||
	    strspn(s + n + 4, "0123456789") != 2 || s[n + 6] != '\0')
		return 0;
	return (int)strtol(s, NULL, 10);
}

/*
 * A day of the common calendar.  With the year of another one the edition
 * would be the newest for centuries, or older than all before it.
 */
static void
read_date(struct reader *r, const struct yaml_node *node, const char **to,
    const struct path *path)
{
	const struct calendar	*c, *end = calendars +
				    sizeof(calendars) / sizeof(*calendars);
	const char		*s = node->text;
	int			 year = year_of_day(s);

	if (year >= DATE_YEAR_MIN && year <= DATE_YEAR_MAX &&
	    strlen(s) == DATE_LEN && clock_parse_date(s) != -1) {
		*to = read_string(r, node);
		return;
	}
	for (c = calendars; c < end; c++)
		if (year >= c->from && year <= c->to)
			break;
	if (year == 0 || (year >= DATE_YEAR_MIN && year <= DATE_YEAR_MAX))
		read_wrong(r, node, path, "want a date that exists, as "
		    "2026-11-23");
	else if (c == end)
		read_wrong(r, node, path, "want a year from %d to %d, as in "
		    "2026-11-23", DATE_YEAR_MIN, DATE_YEAR_MAX);
	else
		read_wrong(r, node, path, "want a day of the common calendar, "
		    "from %d to %d: the %s year %d is about %d there",
		    DATE_YEAR_MIN, DATE_YEAR_MAX, diag_say(r->d, c->name),
		    year, year * c->percent / 100 + c->add);
}

/* 201, -221, 1976-08 or 1976-08-14; months and days only AD. */
void
read_moment(struct reader *r, const struct yaml_node *node,
    struct moment *to, const struct path *path)
{
	const char	*s = node->text;
	struct moment	 m;

	if (node->kind == YAML_SCALAR && kind_moment(s, node->plain, &m)) {
		*to = m;
		return;
	}
	read_wrong(r, node, path, "want a year from -9999 (BC) to 2999, a "
	    "month as 1976-08 or a day that exists, as 1976-08-14");
}

void
read_enum(struct reader *r, const struct yaml_node *node,
    const struct schema_key *key, unsigned *to, const struct path *path)
{
	struct nearest	 near;
	char		 all[200];
	size_t		 i, len = 0;

	if (!read_is_string(r, node, path))
		return;
	for (i = 0; key->names[i] != NULL; i++)
		if (strcmp(node->text, key->names[i]) == 0) {
			*to = (unsigned)i;
			return;
		}
	nearest_begin(&near, node->text);
	for (i = 0; key->names[i] != NULL; i++) {
		nearest_try(&near, key->names[i]);
		len += (size_t)snprintf(all + len, sizeof(all) - len, "%s%s",
		    i == 0 ? "" : ", ", key->names[i]);
	}
	if (near.name != NULL)
		read_wrong(r, node, path, "want one of: %s; nearest is \"%s\"",
		    all, near.name);
	else
		read_wrong(r, node, path, "want one of: %s", all);
}

void
read_lang(struct reader *r, const struct yaml_node *node, const char **to,
    const struct path *path)
{
	struct nearest	 near;
	size_t		 i;

	if (!read_is_string(r, node, path))
		return;
	nearest_begin(&near, node->text);
	for (i = 0; i < r->nlang; i++) {
		if (strcmp(node->text, r->lang[i].dir) == 0) {
			*to = r->lang[i].dir;
			return;
		}
		nearest_try(&near, r->lang[i].dir);
	}
	if (r->nlang > 0)
		read_wrong(r, node, path, "want a language of this capsule"
		    ", as \"%s\"", near.name != NULL ? near.name :
		    r->lang[0].dir);
}

/* No name is near it: list as many as there is room for. */
static void
no_unit(struct reader *r, const struct yaml_node *node,
    const struct path *path)
{
	char	 all[200] = "";
	size_t	 i, len = 0;

	for (i = 0; i < r->nunit && len + 40 < sizeof(all); i++)
		len += (size_t)snprintf(all + len, sizeof(all) - len,
		    "%s%.30s", i == 0 ? "" : ", ", r->unit[i].id);
	read_wrong(r, node, path, "no such unit in capsule.yml, which has: "
	    "%s%s", all, i < r->nunit ? " ..." : "");
}

void
read_unit(struct reader *r, const struct yaml_node *node, size_t *to,
    const struct path *path)
{
	struct nearest	 near;
	size_t		 i;

	if (!read_is_string(r, node, path))
		return;
	if (r->nunit == 0 && r->nlang == 0)
		return;			/* capsule.yml was not readable */
	for (i = 0; i < r->nunit; i++)
		if (strcmp(node->text, r->unit[i].id) == 0) {
			*to = i;
			return;
		}
	nearest_begin(&near, node->text);
	for (i = 0; i < r->nunit && r->errors < NEAREST_ERRORS; i++)
		nearest_try(&near, r->unit[i].id);
	if (near.name != NULL)
		read_wrong(r, node, path, "no such unit in capsule.yml, "
		    "nearest is \"%s\"", near.name);
	else
		no_unit(r, node, path);
}

void
read_node(struct reader *r, const struct yaml_node *node, size_t *to,
    const struct path *path)
{
	const struct block_map	*m = r->block != NULL &&
				    r->block->type == BLOCK_MAP ?
				    &r->block->map : NULL;
	struct nearest		 near;
	size_t			 i;

	if (!read_is_string(r, node, path))
		return;
	for (i = 0; m != NULL && i < m->n; i++)
		if (m->node[i].id != NULL &&
		    strcmp(node->text, m->node[i].id) == 0) {
			*to = i;
			return;
		}
	nearest_begin(&near, node->text);
	for (i = 0; m != NULL && i < m->n; i++)
		if (m->node[i].id != NULL)
			nearest_try(&near, m->node[i].id);
	if (near.name != NULL)
		read_wrong(r, node, path, "no such node of this map, nearest "
		    "is \"%s\"", near.name);
	else
		read_wrong(r, node, path, "no such node of this map");
}

void
read_at(struct reader *r, const struct yaml_node *node, unsigned *to,
    const struct path *path)
{
	static const struct schema_key axis[2] = {
		{ .type = TYPE_INT, .max = MAP_X_MAX },
		{ .type = TYPE_INT, .max = MAP_Y_MAX },
	};
	const struct yaml_node	*c;
	struct path		 here = { path, NULL, 0 };

	if (node->kind != YAML_LIST || node->n != 2) {
		read_wrong(r, node, path, "want [column, line], as [0, 3]");
		return;
	}
	for (c = node->child; c != NULL; c = c->next, here.index++)
		read_number(r, c, &axis[here.index], &to[here.index], &here);
}

/* 1: it is no language tag; that is reported. */
static int
bad_tag(struct reader *r, const struct yaml_node *node,
    const struct path *path)
{
	const char	*part;
	size_t		 len;

	switch (tag_check(node->text, &part, &len)) {
	case TAG_GOOD:
		if (node->len < SITE_TAG_BYTES)
			return 0;
		read_wrong(r, node, path, "at most %d bytes",
		    SITE_TAG_BYTES - 1);
		break;
	case TAG_MARK:
		read_wrong(r, node, path, "want a language tag of letters and "
		    "digits, with - between its parts, as zh-Hant or pt-BR");
		break;
	case TAG_PART:
		read_wrong(r, node, path, "\"%.*s\" is neither a script (Hant) "
		    "nor a region (TW) nor another part of a language tag that "
		    "may stand there", (int)(len < 40 ? len : 40), part);
		break;
	case TAG_TWICE:
		read_wrong(r, node, path, "\"%.*s\" stands in the language tag "
		    "twice", (int)(len < 40 ? len : 40), part);
		break;
	case TAG_COUNTRY:
		read_wrong(r, node, path, "that is a country; the tag of its "
		    "language is \"%.*s\"", (int)len, part);
		break;
	default:
		read_wrong(r, node, path, "want a language tag, as en or "
		    "zh-Hans");
	}
	return 1;
}

static void
no_page(struct reader *r, const struct yaml_node *node,
    const struct path *path)
{
	struct nearest	 near;
	size_t		 i;

	nearest_begin(&near, node->text);
	for (i = 0; i < r->files->n && r->errors < NEAREST_ERRORS; i++)
		nearest_try(&near, r->files->file[i].id);
	if (near.name != NULL)
		read_wrong(r, node, path, "no such page under pages/, "
		    "nearest is \"%s\"", near.name);
	else
		read_wrong(r, node, path, "no such page under pages/");
}

/* 0: it is no id, or must not name a file; that is reported. */
static int
id_is_right(struct reader *r, const struct yaml_node *node,
    const struct schema_key *key, const struct path *path)
{
	const char	*s = node->text;

	if ((key->flags & NAMES_FILES) != 0 && file_is_device(s)) {
		read_wrong(r, node, path, "is the name of a device on "
		    "DOS and Windows, where no file can have it: "
		    "choose another");
		return 0;
	}
	if (kind_is_id(s, (size_t)key->min, (size_t)key->max))
		return 1;
	read_wrong(r, node, path, key->min > 0 ?
	    "want 3 to %llu characters of a-z, 0-9 and -, a "
	    "letter first" : "want at most %llu characters of "
	    "a-z, 0-9 and -, a letter first", key->max);
	return 0;
}

/* The types that are one string; the target is set when it is right. */
void
read_name(struct reader *r, const struct yaml_node *node,
    unsigned type, const struct schema_key *key, const char **to,
    const struct path *path)
{
	const char	*s = node->text, *why = NULL;
	char		 ascii[HOSTNAME_MAX];

	if (!read_is_string(r, node, path))
		return;
	switch (type) {
	case TYPE_ID:
		if (!id_is_right(r, node, key, path))
			return;
		break;
	case TYPE_PAGE:
		if (page_files_find(r->files, s) == NULL) {
			no_page(r, node, path);
			return;
		}
		break;
	case TYPE_HOST:
		if (!kind_is_host(s) && hostname_ascii(s, ascii) == 0) {
			read_wrong(r, node, path, "want the host name as the "
			    "net has it, in its xn-- form: %s", ascii);
			return;
		}
		why = kind_is_host(s) ? NULL :
		    "want a host name in small letters, as town.example";
		break;
	case TYPE_TAG:
		if (bad_tag(r, node, path))
			return;
		break;
	case TYPE_KEY:
		why = kind_is_key(s) ? NULL : "want a minisign public key: RW "
		    "and 54 more characters";
		break;
	case TYPE_FACT:
		why = kind_is_fact(s) ? NULL : "want the id of a fact: at "
		    "most 30 of A-Z a-z 0-9 . _ -";
		break;
	case TYPE_DATE:
		read_date(r, node, to, path);
		return;
	case TYPE_URL:
		why = kind_url(s);
		break;
	case TYPE_PHONE:
		why = kind_phone(s);
		break;
	case TYPE_MAIL:
		why = kind_mail(s);
		break;
	case TYPE_HOURS:
		why = kind_hours(s);
		break;
	case TYPE_TIME:
		why = kind_time(s, 0);
		break;
	case TYPE_DEPARTURE:
		why = kind_time(s, 1);
		break;
	case TYPE_DAYS:
		why = kind_days(s);
		break;
	default:
		why = kind_text(s, node->len, 0, node->lines);
		if (why == NULL && node->len > SCHEMA_STRING_MAX)
			why = "at most 300 bytes";
	}
	if (why != NULL)
		read_wrong(r, node, path, "%s", diag_say(r->d, why));
	else
		*to = read_string(r, node);
}
