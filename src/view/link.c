/* SPDX-License-Identifier: ISC */
/*
 * Where a link of a gemtext page leads, seen from Gopher: to a page, a file,
 * the package, the search, a telephone number, or elsewhere.
 *
 * A relative link is joined to the page's folder and looked up in the site
 * table.  The page may be a stranger's: a path that leaves the package or is
 * too long leads nowhere, and URLs of other schemes are passed on only when
 * they are known ones.
 */
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "proto/site.h"
#include "proto/url.h"
#include "view/link.h"

/* Join path to folder dir, without . and .. segments; -1: it leads outside. */
static int
resolve(const char *dir, const char *path, size_t len,
    char out[LINK_PATH_MAX + 1])
{
	size_t	 used = 0, n;

	out[0] = '\0';
	if (len > 0 && path[0] == '/') {
		path++;
		len--;
	} else {
		used = strlen(dir);
		if (used >= LINK_PATH_MAX)
			return -1;
		memcpy(out, dir, used);
	}
	while (len > 0) {
		for (n = 0; n < len && path[n] != '/'; n++)
			;
		if (n == 2 && memcmp(path, "..", 2) == 0) {
			if (used == 0)
				return -1;
			while (used > 0 && out[--used] != '/')
				;
		} else if (n > 0 && !(n == 1 && *path == '.')) {
			if (used + n + 1 > LINK_PATH_MAX)
				return -1;
			if (used > 0)
				out[used++] = '/';
			memcpy(out + used, path, n);
			used += n;
		}
		path += n;
		len -= n;
		if (len > 0) {
			path++;
			len--;
		}
	}
	out[used] = '\0';
	return 0;
}

/* The page that path, DIR/ID.gmi, names in the table; NULL: none. */
static const struct site_page *
find_page(const struct site_table *site, const char *path)
{
	char		 dir[LINK_PATH_MAX + 1], id[LINK_PATH_MAX + 1];
	const char	*slash;
	size_t		 n;

	if ((slash = strchr(path, '/')) == NULL)
		return NULL;
	memcpy(dir, path, (size_t)(slash - path));
	dir[slash - path] = '\0';
	n = strlen(slash + 1);
	if (n < 5 || strcmp(slash + 1 + n - 4, ".gmi") != 0)
		return NULL;
	memcpy(id, slash + 1, n - 4);
	id[n - 4] = '\0';
	return site_table_page(site, dir, id);
}

static void
resolve_path(const struct site_table *site, struct link *l)
{
	char	 whole[LINK_PATH_MAX + 16];
	size_t	 n;

	if (l->path[0] == '\0' || strcmp(l->path, "index.gmi") == 0) {
		l->kind = LINK_ROOT;
		return;
	}
	n = strlen(l->path);
	if (strcmp(l->path, "search") == 0 || (n > 11 &&
	    strcmp(l->path + n - 11, "/search.gmi") == 0)) {
		l->kind = LINK_SEARCH;
		return;
	}
	/* The path of a folder means the folder's index. */
	if (site_table_lang(site, l->path) != NULL)
		l->page = site_table_page(site, l->path, "index");
	if (l->page == NULL)
		l->page = find_page(site, l->path);
	if (l->page != NULL) {
		l->kind = LINK_PAGE;
		return;
	}
	memcpy(whole, site->id, strnlen(site->id, LINK_PATH_MAX));
	whole[strnlen(site->id, LINK_PATH_MAX)] = '\0';
	strcat(whole, ".gpub");
	if (strcmp(whole, l->path) == 0)
		l->kind = LINK_PACKAGE;
	else if (file_path_ok(l->path, strlen(l->path)) &&
	    (strlen(l->path) < 4 ||
	    strcmp(l->path + strlen(l->path) - 4, ".gmi") != 0))
		l->kind = LINK_FILE;
}

/* Most links are ID.gmi, a page beside this one: no need to parse them. */
static int
resolve_neighbour(const struct site_table *site, const char *dir,
    const char *url, size_t len, struct link *l)
{
	char	 id[64];
	size_t	 i;

	if (len < 5 || len - 4 >= sizeof(id) ||
	    memcmp(url + len - 4, ".gmi", 4) != 0)
		return 0;
	for (i = 0; i < len - 4; i++)
		if (!((url[i] >= 'a' && url[i] <= 'z') || url[i] == '-' ||
		    url[i] == '_' || (url[i] >= '0' && url[i] <= '9')))
			return 0;
	memcpy(id, url, len - 4);
	id[len - 4] = '\0';
	if ((l->page = site_table_page(site, dir, id)) == NULL)
		return 0;
	l->kind = LINK_PAGE;	/* no path: page is enough */
	return 1;
}

void
link_resolve(const struct site_table *site, const char *dir, const char *url,
    size_t len, struct link *l)
{
	struct url	 u;

	l->kind = LINK_DEAD;
	l->page = NULL;
	l->path[0] = '\0';
	l->scheme_ok = 0;
	if (resolve_neighbour(site, dir, url, len, l))
		return;
	if (url_parse(url, len, &u, NULL) == -1)
		return;
	if (u.scheme.given) {
		if (site_is_package(site, &u)) {
			l->kind = LINK_PACKAGE;
			return;
		}
		l->kind = url_is(&u.scheme, "tel") ? LINK_PHONE : LINK_URL;
		l->scheme_ok = url_scheme_of(&u) != NULL;
		return;
	}
	if (u.host.given || resolve(dir, u.path.at, u.path.len, l->path) == -1)
		return;
	resolve_path(site, l);
}
