/* SPDX-License-Identifier: ISC */
/*
 * Which columns of a table hold telephone numbers.  A number of the statistics
 * is grouped and stands at the right; a telephone number must stay as it was
 * typed.  Cells are told apart by their form alone: a plus or a zero in front,
 * hyphens, or groups that are none of thousands.  The cells are an author's and
 * may hold any character.
 */
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "content/phones.h"

#define GROUPS		8		/* of digits, in one number */
#define SURE_DIGITS	6		/* fewer prove nothing: 0123 */
#define PLAIN_DIGITS	9		/* a mobile number, without a zero */

/* A cell taken apart. */
struct form {
	size_t	 digits;
	size_t	 group[GROUPS];		/* digits of each */
	size_t	 ngroup;
	int	 plus, zero;		/* 1: it begins with one */
	int	 hyphens;
	int	 is_point;		/* a mark of decimals or thousands */
	int	 round;			/* zeros at the end */
};

/* One character; -1: no number has it. */
static int
form_char(struct form *f, uint32_t cp)
{
	int	 digit = text_digit(cp);

	if (digit != -1) {
		if (f->digits++ == 0)
			f->zero = digit == 0;
		f->round = digit == 0 ? f->round + 1 : 0;
		if (f->ngroup == 0)
			f->ngroup = 1;
		f->group[f->ngroup - 1]++;
		return 0;
	}
	if (cp == '+' && f->digits == 0 && !f->plus) {
		f->plus = 1;
		return 0;
	}
	if (cp == '.' || cp == ',')
		f->is_point = 1;
	else if (cp == '-' || cp == 0x2010 || cp == 0x2011)
		f->hyphens++;
	else if (cp != ' ' && cp != 0xa0 && cp != 0x202f && cp != '(' &&
	    cp != ')' && cp != '/')
		return -1;
	if (f->ngroup > 0 && f->group[f->ngroup - 1] > 0 &&
	    f->ngroup < GROUPS)
		f->ngroup++;
	return 0;
}

/* 1: thousands, or lakhs: 12 345 678, 1 23 45 678. */
static int
is_grouped_number(const struct form *f)
{
	size_t	 i, all3 = 1, lakh = 1;

	for (i = 0; i < f->ngroup; i++) {
		if (i > 0 && f->group[i] != 3)
			all3 = 0;
		if (i > 0 && f->group[i] != (i + 1 < f->ngroup ? 2 : 3))
			lakh = 0;
	}
	return (all3 && f->group[0] <= 3) || (lakh && f->group[0] <= 2);
}

static int
is_sure(const struct form *f)
{
	size_t	 a = f->group[0], b = f->group[1];

	if (f->digits < SURE_DIGITS)
		return 0;
	if (f->plus || f->zero || f->hyphens > 1)
		return 1;
	/* 9841-234567 is no range, 2018-2025 and 95-120 may be. */
	if (f->hyphens == 1)
		return f->ngroup > 2 || (a > b ? a - b : b - a) > 1;
	return f->ngroup > 1 && !is_grouped_number(f);
}

void
phones_count(struct phones *p, const char *s)
{
	struct form	 f;
	uint32_t	 cp;
	size_t		 n;
	int		 minus = *s == '-';

	memset(&f, 0, sizeof(f));
	for (; *s != '\0'; s += n)
		if ((n = text_utf8_next(s, strlen(s), &cp)) == 0 ||
		    form_char(&f, cp) == -1)
			return;
	/* A blank at the end is no group. */
	if (f.ngroup > 0 && f.group[f.ngroup - 1] == 0)
		f.ngroup--;
	if (f.digits == 0)
		return;
	if (f.is_point || minus)
		p->not++;
	else if (is_sure(&f))
		p->sure++;
	else {
		p->others++;
		if (f.ngroup > 1)
			return;
		p->digits = p->plain == 0 || p->digits == f.digits ?
		    f.digits : 0;
		p->plain++;
		p->is_round |= f.round > 1;
	}
}

int
phones_is_column(const struct phones *p)
{
	return p->sure > 0 && p->sure >= p->others && p->not == 0;
}

int
phones_may_be_column(const struct phones *p)
{
	return p->plain > 1 && p->plain == p->others && p->not == 0 &&
	    p->digits >= PLAIN_DIGITS && !p->is_round;
}
