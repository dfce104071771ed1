/* SPDX-License-Identifier: ISC */
/*
 * Fill in an error: one line of text and an exit status. The text may quote
 * bytes of a stranger, so control characters are escaped here for all callers.
 * Nothing is allocated, so that this works when there is no memory.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"

static void
err_fill(struct err *e, int status, int sys, const char *fmt, va_list ap)
{
	char	 raw[ERR_MAX];
	size_t	 len;
	int	 n;

	if (e == NULL)
		return;
	if ((n = vsnprintf(raw, sizeof(raw), fmt, ap)) < 0)
		n = 0;
	len = (size_t)n < sizeof(raw) ? (size_t)n : sizeof(raw) - 1;
	raw[len] = '\0';
	e->status = status;
	e->sys = sys;
	text_escape(e->msg, sizeof(e->msg), raw, len);
	if (sys != 0) {
		len = strlen(e->msg);
		snprintf(e->msg + len, sizeof(e->msg) - len, ": %s",
		    strerror(sys));
	}
}

void
err_set(struct err *e, const char *fmt, ...)
{
	va_list	 ap;

	va_start(ap, fmt);
	err_fill(e, STATUS_REFUSED, 0, fmt, ap);
	va_end(ap);
}

void
err_cannot(struct err *e, const char *fmt, ...)
{
	va_list	 ap;

	va_start(ap, fmt);
	err_fill(e, STATUS_CANNOT, 0, fmt, ap);
	va_end(ap);
}

void
err_sys(struct err *e, const char *fmt, ...)
{
	va_list	 ap;
	int	 sys = errno;

	va_start(ap, fmt);
	err_fill(e, STATUS_CANNOT, sys, fmt, ap);
	va_end(ap);
}

void
err_nomem(struct err *e)
{
	err_cannot(e, "out of memory");
}
