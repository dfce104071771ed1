/* SPDX-License-Identifier: ISC */
/* Which columns hold telephone numbers. */
#include "content/phones.h"
#include "lib/test.h"

enum what { NONE, IS, MAY };

static void
columns(void **state)
{
	static const struct {
		enum what	 what;
		const char	*cell[5];
	} cases[] = {
		{ IS, { "+977 9841-234567", "066-570123" } },
		{ IS, { "02379223345", "9841234567" } },
		{ IS, { "77 12 34 56", "75 00 00 02", "113" } },
		{ IS, { "(066) 570123", "-", "none yet" } },
		{ IS, { "०६६-५७०१२३" } },
		{ IS, { "9841 234567" } },
		{ IS, { "555-01-23-45" } },
		{ MAY, { "9841234567", "9851234568" } },
		{ NONE, { "9841234500", "9851234568" } },	/* round */
		{ NONE, { "9841234567" } },			/* one alone */
		{ NONE, { "9841234567", "985123456" } },
		{ NONE, { "1234567", "2345678" } },		/* people */
		{ NONE, { "12 345 678", "1 234 567" } },
		{ NONE, { "1 23 45 678" } },			/* lakhs */
		{ NONE, { "0.1234567", "0,1234567" } },
		{ NONE, { "02379223345", "4.5" } },
		{ NONE, { "02379223345", "-12" } },
		{ NONE, { "02379223345", "12", "340" } },	/* a slip */
		{ NONE, { "0320", "450" } },
		{ NONE, { "2018-2025", "2019-2026" } },
		{ NONE, { "95000-120000", "700" } },
		{ NONE, { "East", "West", "" } },
		{ NONE, { "\xff", "+", "()", "1800+" } },
		{ NONE, { "1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9", "1", "2" } },
	};
	struct phones	 p;
	size_t		 i, k;
	enum what	 got;

	(void)state;
	for (i = 0; i < N(cases); i++) {
		memset(&p, 0, sizeof(p));
		for (k = 0; k < N(cases[i].cell) && cases[i].cell[k] != NULL;
		    k++)
			phones_count(&p, cases[i].cell[k]);
		got = phones_is_column(&p) ? IS :
		    phones_may_be_column(&p) ? MAY : NONE;
		if (got != cases[i].what)
			fail_msg("%s: %d", cases[i].cell[0], (int)got);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
