/* The inside of open sites, for the answers alone. */
#ifndef SERVE_OPEN_H
#define SERVE_OPEN_H

#include "proto/site.h"
#include "serve/answer.h"
#include "serve/site.h"
#include "view/view.h"

struct cache;

struct site {
	unsigned		 count;
	struct pkg		*pkg;
	struct store		*store;		/* NULL: none */
	struct site_table	*table;
	struct cache		*cache;
};

struct sites {
	size_t		 n;
	struct site	*site[SITES_MAX];
	size_t		 nhost;
	char		**host;			/* brackets removed */
	unsigned	 gemini_port, gopher_port;
	char		*gopher_host;
};

/* The site whose id is these bytes, NULL: none. */
struct site	*sites_by_id(const struct sites *, const char *, size_t);
/*
 * The site that a host names: a package's own name, one of the server's
 * (the default site's), the connection's own address, or localhost on a
 * loopback address.  host is in lower case, a literal without brackets.
 * NULL: not ours.
 */
struct site	*sites_by_host(const struct sites *, const struct asked *,
		    const char *host, int is_literal);
/* What menus of this connection say. */
const char	*sites_gopher_host(const struct sites *,
		    const struct asked *);
unsigned	 sites_gopher_port(const struct sites *,
		    const struct asked *);

/*
 * For view and search: the pages of s, with these menu fields.  prefix: ""
 * or "/ID".
 */
void	site_source(struct site *, const char *host, unsigned port,
	    const char *prefix, struct view_source *);
/* Hand bytes of s to the reply, which then holds a count of s. */
void	reply_borrow(struct reply *, struct site *, const void *, size_t);
/* The reply's own buffer is its body. */
void	reply_own(struct reply *);
/* Hand a cached reply over, with its count. */
void	reply_view(struct reply *, struct cached *);

/*
 * /.apeng/REST, alike on both protocols: fills the reply's own and body.
 * 1 answered; 0 no such thing; -1 malformed; -2 no memory.
 */
int	answer_mirror(struct site *, const char *rest, size_t len,
	    struct reply *);

#endif
