/* SPDX-License-Identifier: ISC */
/*
 * What the strings of an office's blocks may be: phone numbers, mail
 * addresses, days and spans of days, times.  Each check gives NULL or what is
 * wrong in words.  The strings are an author's: valid UTF-8, else anything.
 */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "content/kind.h"
#include "content/model.h"
#include "proto/hours.h"
#include "proto/idiom.h"

#define DIGIT		"0123456789"
#define PHONE_MIN	2		/* digits */
#define PHONE_MAX	15		/* as E.164 has it */

const char *
kind_phone(const char *s)
{
	static const char	 want[] = "want a phone number, as "
				    "+86 23 7922 3344 or 023-79223344";
	const char		*p = s + (*s == '+');
	size_t			 n, i, ndigit = 0;
	uint32_t		 cp;

	for (i = 0; (n = text_utf8_next(s + i, strlen(s + i), &cp)) > 0;
	    i += n)
		if (cp >= 0x80 && text_digit(cp) != -1)
			return "want the digits 0 to 9 in a phone number";
	if (strstr(p, "(0)") != NULL)
		return "want no (0) in a phone number: from abroad it is not "
		    "dialled, so write either +49 30 ... or 030 ...";
	if (*p == '\0' || strchr(DIGIT "(", *p) == NULL ||
	    strspn(p, DIGIT " -./()") != strlen(p) ||
	    strchr(DIGIT ")", p[strlen(p) - 1]) == NULL)
		return want;
	for (; *p != '\0'; p++)
		ndigit += strchr(DIGIT, *p) != NULL;
	return ndigit < PHONE_MIN || ndigit > PHONE_MAX ? want : NULL;
}

const char *
kind_mail(const char *s)
{
	static const char	 want[] = "want a mail address in small "
				    "letters, as office@town.example";
	size_t			 n = strspn(s, "abcdefghijklmnopqrstuvwxyz"
				    DIGIT "._+-");

	if (n == 0 || n > 64 || s[n] != '@' || s[0] == '.' ||
	    s[n - 1] == '.' || strchr(s + n, '.') == NULL ||
	    !kind_is_host(s + n + 1))
		return want;
	return NULL;
}

const char *
kind_hours(const char *s)
{
	struct hours	 h;

	return hours_parse(s, &h);
}

const char *
kind_days(const char *s)
{
	static const char	 want[] = "want a day, as 2026-10-01, or "
				    "several, as 2026-10-01..2026-10-07";
	char			 first[DATE_LEN + 1];
	size_t			 len = strlen(s);

	if (len == DATE_LEN)
		return clock_parse_date(s) == -1 ? want : NULL;
	if (len != 2 * DATE_LEN + 2 || strncmp(s + DATE_LEN, "..", 2) != 0)
		return want;
	memcpy(first, s, DATE_LEN);
	first[DATE_LEN] = '\0';
	if (clock_parse_date(first) == -1 ||
	    clock_parse_date(s + DATE_LEN + 2) == -1)
		return want;
	return strcmp(first, s + DATE_LEN + 2) < 0 ? NULL :
	    "the last day is not behind the first";
}

const char *
kind_time(const char *s, int or_none)
{
	if (or_none && idiom_is_time(s, strlen(s)))
		return NULL;
	if (!or_none && strlen(s) == 5 && idiom_is_time(s, 5))
		return NULL;
	return or_none ? "want a time, as 08:30 or 08:30*, \"-\" where there "
	    "is none, or \"x\" for on request" :
	    "want a time of the day, as 08:30";
}
