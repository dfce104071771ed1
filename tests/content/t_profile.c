/* SPDX-License-Identifier: ISC */
#include "content/diag.h"
#include "content/profile.h"
#include "lib/test.h"

#define SAMPLE	"tests/content/sample"

struct seen {
	size_t	 n, blocks;
	int	 heads_first, chart, map, links;
	size_t	 stop_at;
};

static int
see(const struct profile *p, const struct page *page, void *arg)
{
	struct seen		*s = arg;
	const struct block	*b;
	size_t			 i;

	/* In reading order, and every other page's title is known. */
	if (page->head != &p->page[s->n])
		return -1;
	for (i = 0, s->heads_first = 1; i < p->npage; i++)
		if (p->page[i].title.in[0] == NULL ||
		    p->page[i].date == NULL)
			s->heads_first = 0;
	for (i = 0; i < page->nblock; i++) {
		b = &page->block[i];
		s->blocks++;
		if (b->type == BLOCK_CHART) {
			s->chart = 1;
			assert_int_equal(b->chart.n, 4);
			assert_string_equal(b->chart.bar[1].value.text, "8.5");
			assert_true(b->chart.bar[1].value.number == 8.5);
			assert_string_equal(b->chart.bar[0].label.in[1],
			    "地区生产总值");
			assert_string_equal(b->chart.bar[2].label.in[1],
			    "预算收入");
			assert_string_equal(b->chart.bar[0].figure, "gdp");
			assert_int_equal(b->chart.unit, 0);
		}
		if (b->type == BLOCK_MAP) {
			s->map = 1;
			assert_int_equal(b->map.nedge, 3);
			assert_int_equal(b->map.edge[1].to, 2);
			assert_int_equal(b->map.edge[1].status, LINE_FASTER);
			assert_int_equal(b->map.node[2].x, 30);
		}
		if (b->type == BLOCK_LINKS && s->n == 1) {
			s->links = 1;
			assert_null(b->links.link[0].label.in[0]);
			assert_string_equal(b->links.link[0].to, "economy");
		}
	}
	return ++s->n == s->stop_at ? -1 : 0;
}

static void
sample(void **state)
{
	struct seen	 s = { .n = 0 };
	struct profile	*p;
	struct diag	*d = diag_new();

	(void)state;
	p = profile_load(SAMPLE "//", d, see, &s);
	if (p == NULL)
		fail_msg("%s", diag_line(d, 0, NULL));
	assert_int_equal(s.n, 11);
	assert_true(s.heads_first && s.chart && s.map && s.links);
	assert_string_equal(p->dir, SAMPLE);
	assert_string_equal(p->id, "qinghe");
	assert_int_equal(p->nlang, 2);
	assert_string_equal(p->tree_dir[trees_find("ascii") - tree_rows],
	    "en");
	assert_string_equal(p->tree_dir[trees_find("gb") - tree_rows], "zh");
	assert_int_equal(p->npage, 11);
	assert_int_equal(p->page[0].generate, GENERATE_HOME);
	assert_int_equal(p->page[0].section, SIZE_MAX);
	assert_string_equal(p->page[1].id, "glance");
	assert_string_equal(p->page[1].file, SAMPLE "/pages/glance.yml");
	assert_int_equal(p->nsection, 3);
	assert_int_equal(p->section[1].first, 4);
	assert_int_equal(p->section[1].n, 2);
	assert_int_equal(profile_page(p, "tourism"), 5);
	assert_int_equal(profile_page(p, "nowhere"), SIZE_MAX);
	assert_int_equal(profile_lang(p, "zh"), 1);
	assert_int_equal(profile_lang(p, "fr"), SIZE_MAX);
	assert_string_equal(p->newest, "2026-11-23");
	assert_string_equal(p->notice[0].until, "2026-12-31");
	assert_int_equal(p->nunit, 4);
	assert_int_equal(p->nreplace, 1);
	assert_int_equal(p->expires_days, 365);
	profile_free(p);
	diag_free(d);
}

static void
stopped(void **state)
{
	struct seen	 s = { .stop_at = 3 };
	struct diag	*d = diag_new();

	(void)state;
	assert_null(profile_load(SAMPLE, d, see, &s));
	assert_int_equal(s.n, 3);
	assert_int_equal(diag_count(d, DIAG_ERROR), 0);
	diag_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sample), cmocka_unit_test(stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
