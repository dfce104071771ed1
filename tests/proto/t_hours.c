/* SPDX-License-Identifier: ISC */
/* Opening hours: what they say, and what is none. */
#include "lib/test.h"
#include "proto/hours.h"

static void
good(void **state)
{
	static const struct {
		const char	*text;
		size_t		 nday, ntime;
		unsigned	 last_day, last_time;
	} cases[] = {
		{ "Mo 08:30-12:00", 1, 1, 0, 720 },
		{ "Mo-Fr 08:30-12:00 14:00-17:30", 1, 2, 4, 1050 },
		{ "Mo,We-Fr,Su 00:00-24:00", 3, 1, 6, 1440 },
		{ "Fr-Mo 22:00-02:00", 1, 1, 0, 120 },
	};
	struct hours	 h;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++)
		if (hours_parse(cases[i].text, &h) != NULL ||
		    h.nday != cases[i].nday || h.ntime != cases[i].ntime ||
		    h.day[h.nday - 1].to != cases[i].last_day ||
		    h.time[h.ntime - 1].to != cases[i].last_time)
			fail_msg("%s", cases[i].text);
}

static void
bad(void **state)
{
	static const char *const cases[] = { "", "Mo", "Mo ", "Mo-", "Mo- 1",
	    "mo 08:00-09:00", "Mo  08:00-09:00", "Mo 8:00-09:00",
	    "Mo 08:00-09:60", "Mo 08:00-24:01", "Mo 08:00-09:00 ",
	    "Mo 08:00-09:00,10:00-11:00", "Mo,08:00-09:00", "Mo 08:00",
	    "Mo 08:00-08:00", "Mo,Tu,We,Th,Fr,Sa,Su,Mo 08:00-09:00",
	    ("Mo 01:00-02:00 03:00-04:00 05:00-06:00 07:00-08:00 09:00-10:00 "
	    "11:00-12:00 13:00-14:00"), "Montag 08:00-09:00" };
	struct hours	 h;
	size_t		 i;

	(void)state;
	for (i = 0; i < N(cases); i++)
		if (hours_parse(cases[i], &h) == NULL)
			fail_msg("%s", cases[i]);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(good),
		cmocka_unit_test(bad),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
