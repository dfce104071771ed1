/* SPDX-License-Identifier: ISC */
/*
 * What the blocks of an office must agree on in themselves: an event's days
 * with each other, a timetable's lines with their number of times.
 */
#include <string.h>

#include "content/blocks.h"
#include "content/diag.h"
#include "content/model.h"
#include "content/reader.h"
#include "content/say.h"
#include "content/schema.h"
#include "content/yaml.h"

#define STEPS_MAX	99

/* Report at that key of the record or, if it is absent, at the record. */
static void
bad_key(struct reader *r, const struct yaml_node *record,
    const struct path *here, const char *key, const char *why)
{
	const struct yaml_node	*at = yaml_get(record, key);
	const struct path	 path = { here, key, 0 };

	if (at == NULL)
		at = record;
	read_bad(r, at->line, at->column, &path, "%s", diag_say(r->d, why));
}

/* 1: in at least one language the text ends in a closing bracket. */
static int
ends_in_bracket(const struct words *w)
{
	static const char *const close[] = { ")", "）" };
	size_t			 l, i, n;

	for (l = 0; l < LANG_MAX; l++)
		for (i = 0; w->in[l] != NULL && i < 2; i++) {
			n = strlen(w->in[l]);
			if (n >= strlen(close[i]) && strcmp(w->in[l] + n -
			    strlen(close[i]), close[i]) == 0)
				return 1;
		}
	return 0;
}

static int
has_bracket(const struct words *w)
{
	static const char *const marks[] = { "(", ")", "（", "）" };
	size_t			 l, i;

	for (l = 0; l < LANG_MAX; l++)
		for (i = 0; w->in[l] != NULL && i < 4; i++)
			if (strstr(w->in[l], marks[i]) != NULL)
				return 1;
	return 0;
}

static void
check_event(struct reader *r, const struct yaml_node *node,
    const struct happening *h, const struct path *here)
{
	if (h->date == NULL)
		return;			/* an error already */
	if (h->last != NULL && strcmp(h->last, h->date) <= 0)
		bad_key(r, node, here, "last",
		    "the last day is not behind the first");
	if (h->to != NULL && h->from == NULL)
		bad_key(r, node, here, "to", "want a \"from\" beside it");
	if (h->until != NULL && h->every == EVERY_NONE)
		bad_key(r, node, here, "until",
		    "want \"every\" beside it: an event of several days has a "
		    "\"last\"");
	else if (h->until != NULL && strcmp(h->until, h->date) < 0)
		bad_key(r, node, here, "until", "it ends before it begins");
	if (h->when.in[0] != NULL && h->every != EVERY_NONE)
		bad_key(r, node, here, "when", "an event that comes again has "
		    "other days, too: write these into a text");
	if (has_bracket(&h->when))
		bad_key(r, node, here, "when", "want no parenthesis in it: "
		    "readers see it in one");
	if (h->place.in[0] == NULL && ends_in_bracket(&h->title))
		bad_key(r, node, here, "title", "ends in a parenthesis, which "
		    "readers take for the place: write it as place:");
}

/* Each link of a list has one target; links of steps would not be shown. */
static void
check_links(struct reader *r, const struct yaml_node *body,
    const struct list_item *item, size_t n, int is_list, const char *key)
{
	const struct path	 list = { NULL, key, 0 };
	struct path		 here = { &list, NULL, 0 };

	for (; here.index < n; here.index++, item++) {
		if (item->to != NULL && item->url != NULL)
			bad_key(r, block_nth(body, here.index), &here, "url",
			    "want either \"to\" or \"url\", not both");
		else if (!is_list && (item->to != NULL || item->url != NULL))
			bad_key(r, block_nth(body, here.index), &here,
			    item->to != NULL ? "to" : "url", "a step is no "
			    "link: write a links: block behind the steps");
	}
}

void
block_check_list(struct reader *r, const struct yaml_node *body,
    struct block *b)
{
	check_links(r, body, b->list.item, b->list.n, 1, "list");
}

void
block_check_events(struct reader *r, const struct yaml_node *body,
    struct block *b)
{
	struct path		 events = { NULL, "events", 0 };
	struct path		 here = { &events, NULL, 0 };

	if (b->events.n > HAPPENINGS_MAX)
		read_bad(r, body->line, body->column, &events,
		    "%zu items, at most %llu", b->events.n,
		    (unsigned long long)HAPPENINGS_MAX);
	for (; here.index < b->events.n; here.index++)
		check_event(r, block_nth(body, here.index),
		    &b->events.event[here.index], &here);
}

void
block_check_steps(struct reader *r, const struct yaml_node *body,
    struct block *b)
{
	const struct path	 steps = { NULL, "steps", 0 };

	check_links(r, body, b->steps.step, b->steps.n, 0, "steps");
	if (b->steps.n > STEPS_MAX)
		read_bad(r, body->line, body->column, &steps,
		    "%zu items, at most %llu", b->steps.n,
		    (unsigned long long)STEPS_MAX);
}

void
block_check_warning(struct reader *r, const struct yaml_node *body,
    struct block *b)
{
	const struct path	 here = { NULL, "warning", 0 };

	if (b->warning.until != NULL && b->warning.date != NULL &&
	    strcmp(b->warning.until, b->warning.date) < 0)
		bad_key(r, body, &here, "until", "it ends before it begins");
}

/* 1: a time of this stop was wrong and left out; it was reported. */
static int
lacks_times(const struct yaml_node *stop, size_t ntime)
{
	const struct yaml_node	*times = yaml_get(stop, "times");

	return times == NULL || times->n != ntime;
}

void
block_check_timetable(struct reader *r, const struct yaml_node *body,
    struct block *b)
{
	const struct yaml_node	*list = yaml_get(body, "stops"), *at;
	const struct block_timetable *t = &b->timetable;
	struct path		 table = { NULL, "timetable", 0 };
	struct path		 stops = { &table, "stops", 0 };
	struct path		 here = { &stops, NULL, 1 };

	for (; here.index < t->n; here.index++) {
		if (t->stop[here.index].ntime == t->stop[0].ntime)
			continue;
		at = block_nth(list, here.index);
		if (lacks_times(at, t->stop[here.index].ntime) ||
		    lacks_times(block_nth(list, 0), t->stop[0].ntime))
			continue;
		read_bad(r, at->line, at->column, &here, "%zu times, but the "
		    "first stop has %zu: write \"-\" where there is none",
		    t->stop[here.index].ntime, t->stop[0].ntime);
	}
}
