/* SPDX-License-Identifier: ISC */
/*
 * Small blocks of an office as gemtext.  A warning is left out once the
 * capsule's newest date has passed its last day.
 */
#include <string.h>

#include "base/buf.h"
#include "content/profile.h"
#include "lang/lang.h"
#include "proto/idiom.h"
#include "render/office.h"
#include "render/pen.h"

void
office_steps(const struct pen *p, const struct block *b)
{
	const struct list_item	*i = b->steps.step;
	struct buf		 text = BUF_INIT;
	struct pen		 aside = *p;
	size_t			 n;

	aside.b = &text;
	for (n = 0; n < b->steps.n; n++, i++) {
		buf_reset(&text);
		pen_record(&aside, pen_in(p, &i->text), NULL, NULL,
		    &i->remark);
		if (buf_ok(&text))
			idiom_step_write(p->b, n + 1, text.data, text.len);
		else
			p->b->failed = 1;
	}
	buf_free(&text);
}

enum lang_phrase
office_severity(enum severity s)
{
	static const enum lang_phrase	 words[] = {
		[SEVERITY_NOTICE] = LANG_NOTICE,
		[SEVERITY_WARNING] = LANG_WARNING,
		[SEVERITY_DANGER] = LANG_DANGER
	};

	return words[s];
}

void
office_notice(const struct pen *p, const struct notice *w)
{
	struct idiom_notice		 n;
	struct buf			 dates = BUF_INIT;

	memset(&n, 0, sizeof(n));
	buf_str(&dates, w->date);
	if (w->until != NULL && strcmp(w->until, w->date) != 0)
		buf_fmt(&dates, " - %s", w->until);
	n.level = (size_t)w->severity + 1;
	n.word = slice_of(p->v->word[office_severity(w->severity)]);
	n.dates = slice_of(dates.data);
	n.text = slice_of(pen_in(p, &w->text));
	if (buf_ok(&dates))
		idiom_notice_write(p->b, p->v->marks, &n);
	else
		p->b->failed = 1;
	buf_free(&dates);
}

void
office_warning(const struct pen *p, const struct block *b)
{
	const struct block_warning	*w = &b->warning;
	const struct notice		 n = { w->text, w->date, w->until,
					    w->severity, 0 };

	if (w->until == NULL || strcmp(w->until, p->p->newest) >= 0)
		office_notice(p, &n);
}

void
office_timetable(const struct pen *p, const struct block *b)
{
	const struct block_timetable	*t = &b->timetable;
	struct idiom_stop		 stop[STOPS_MAX];
	size_t				 i;

	for (i = 0; i < t->n && i < STOPS_MAX; i++) {
		stop[i].name = slice_of(pen_in(p, &t->stop[i].name));
		stop[i].time = t->stop[i].time;
		stop[i].ntime = t->stop[i].ntime;
	}
	pen_line(p, pen_in(p, &t->caption));
	idiom_times_write(p->b, p->v->marks, p->v->word[LANG_TIMETABLE], stop,
	    i);
}
