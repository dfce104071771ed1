#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"
#include "serve/log.h"

#define LINE_MAX_LOG	1024

static int	 add(struct log *, const char *, size_t);

void
log_init(struct log *l, int fd, int full, uint64_t *lost)
{
	memset(l, 0, sizeof(*l));
	l->fd = fd;
	l->full = full;
	l->lost = lost;
	l->second = -1;
}

static int
add(struct log *l, const char *line, size_t len)
{
	int	 first;

	if (len > sizeof(l->buf) - l->len)
		log_flush(l);
	first = l->len == 0;
	memcpy(l->buf + l->len, line, len);
	l->len += len;
	return first;
}

int
log_put(struct log *l, const struct log_line *r)
{
	char	 line[LINE_MAX_LOG], ip[ADDR_TEXT];
	char	 path[LOG_PATH_MAX * 4 + 1];
	int64_t	 now;
	int	 n;

	if (l->fd == -1)
		return 0;
	if ((now = clock_wall()) != l->second) {
		clock_format(now, l->stamp);
		l->second = now;
	}
	if (l->full)
		addr_ip(r->peer, ip);
	else
		addr_short(r->peer, ip);
	text_escape(path, sizeof(path), r->path, r->pathlen < LOG_PATH_MAX ?
	    r->pathlen : LOG_PATH_MAX);
	n = snprintf(line, sizeof(line), "%s %s %s %02d %llu%s %llu %s\n",
	    l->stamp, r->proto, ip, r->status, (unsigned long long)r->bytes,
	    r->cut ? "-cut" : "", (unsigned long long)r->ms, path);
	if (n < 0 || (size_t)n >= sizeof(line))
		return 0;
	return add(l, line, (size_t)n);
}

void
log_flush(struct log *l)
{
	char	 note[64];
	size_t	 i, lines = 0;
	int	 n;

	if (l->len == 0)
		return;
	if (l->dropped > 0) {
		n = snprintf(note, sizeof(note), "%s log: %llu lines lost\n",
		    l->stamp, (unsigned long long)l->dropped);
		if (write(l->fd, note, (size_t)n) == n)
			l->dropped = 0;
	}
	if (write(l->fd, l->buf, l->len) == -1) {
		for (i = 0; i < l->len; i++)
			lines += l->buf[i] == '\n';
		l->dropped += lines;
		if (l->lost != NULL)
			*l->lost += lines;
	}
	l->len = 0;
}

void
log_path(int gemini, const uint8_t *data, size_t len, const char **path,
    size_t *pathlen)
{
	const char	*s = (const char *)data, *p;
	size_t		 n;

	for (n = 0; n < len && s[n] != '\r' && s[n] != '\n' &&
	    s[n] != (gemini ? '?' : '\t'); n++)
		;
	*path = s;
	*pathlen = n;
	if (!gemini || (p = memmem(s, n, "://", 3)) == NULL)
		return;
	p += 3;
	n -= (size_t)(p - s);
	if ((s = memchr(p, '/', n)) == NULL) {
		*path = "/";
		*pathlen = 1;
		return;
	}
	*path = s;
	*pathlen = n - (size_t)(s - p);
}

int
log_pipe(int fds[2], struct err *e)
{
	/* Two loggers may wait at one end for a moment: one finds nothing. */
	if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) == -1) {
		err_sys(e, "pipe");
		return -1;
	}
	return 0;
}

void
log_say(int fd, const struct log_target *t, const char *fmt, ...)
{
	char	 raw[LINE_MAX_LOG / 2], text[LINE_MAX_LOG - 64];
	char	 line[LINE_MAX_LOG], stamp[21];
	va_list	 ap;
	int	 n;

	va_start(ap, fmt);
	n = vsnprintf(raw, sizeof(raw), fmt, ap);
	va_end(ap);
	if (n < 0)
		return;
	text_escape(text, sizeof(text), raw, strlen(raw));
	fprintf(stderr, "apeng serve: %s\n", text);
	if (fd == -1 || (t->kind != LOG_FILE && t->kind != LOG_SYSLOG))
		return;
	clock_format(clock_wall(), stamp);
	n = snprintf(line, sizeof(line), "%s server: %s\n", stamp, text);
	if (n > 0 && write(fd, line, (size_t)n) == -1)
		return;		/* a full log must not stop anything */
}
