/* SPDX-License-Identifier: ISC */
/*
 * How a run tells its caller something.  A line may quote what a stranger sent,
 * so that every line is escaped here.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "mirror/run.h"

const struct pkg *
mirror_base(const struct mirror *m)
{
	return m->cur != NULL ? m->cur : m->other;
}

void
mirror_say(const struct mirror *m, enum mirror_say how, const char *fmt, ...)
{
	char	 raw[ERR_MAX], line[ERR_MAX];
	va_list	 ap;

	if (m->conf->say == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(raw, sizeof(raw), fmt, ap);
	va_end(ap);
	text_escape(line, sizeof(line), raw, strlen(raw));
	m->conf->say(m->conf->arg, how, line);
}
