/* SPDX-License-Identifier: ISC */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "lib/pkgs.h"
#include "lib/sample.h"
#include "package/store.h"
#include "package/writer.h"
#include "proto/site.h"
#include "serve/site.h"

static void	 must(int, const char *);
static void	 table(struct buf *, const char *, const char *);
static struct pkg *open_sample(const char *, const char *,
		    const struct sign_key *, struct buf *);

static const struct pkgs_file files[] = {
	{ "metadata.txt", "gpubVersion: 1.0.0\ntitle: Sample\n" },
	{ "index.gmi", "# Sample\n\n=> en/index.gmi English\n"
	    "=> zh/index.gmi 中文\n" },
	{ "en/index.gmi", "# Sample\n\nA valley.\n\n"
	    "=> history.gmi History\n=> facts.gmi Facts\n" },
	{ "en/history.gmi", "# History\n\nFounded in 1984, on a river.\n\n"
	    "=> ../zh/history.gmi 中文\n=> https://a.example/?b=1 Outside\n" },
	{ "en/facts.gmi", "# Facts\n\n* Water: 2402 km²\n* Rail: open\n" },
	{ "zh/index.gmi", "# 样本\n\n一个山谷。\n\n=> history.gmi 历史\n"
	    "=> facts.gmi 数字\n" },
	{ "zh/history.gmi", "# 历史\n\n一九八四年设县，临河。\n\n"
	    "=> ../en/history.gmi English\n" },
	{ "zh/facts.gmi", "# 数字\n\n* 水：2402平方公里\n" },
	{ "data/figures.csv", "id,value\narea,2402\n" },
	{ "feed.xml", "<feed/>\n" },
	{ "robots.txt", "User-agent: *\nDisallow:\n.hidden\n" },
	{ "favicon.txt", "🏞" },
	{ "cover.png", "\x89PNG\r\n" }
};

static void
must(int good, const char *why)
{
	if (good)
		return;
	fprintf(stderr, "tests/lib/sample.c: %s\n", why);
	abort();
}

static void
table(struct buf *b, const char *id, const char *host)
{
	buf_fmt(b, "apeng-site 1\nid\t%s\n", id);
	if (host != NULL)
		buf_fmt(b, "host\t%s\n", host);
	buf_str(b, "lang\ten\ten\tEnglish\tSample\tSample\n"
	    "lang\tzh\tzh-Hans\t中文\t样本\t样本\n"
	    "tree\tascii\ten\ntree\tgb\tzh\n"
	    "contact\thistory\n"
	    "section\ten\tmain\tMain\tMain\n"
	    "section\tzh\tmain\t主要\t主要\n"
	    "page\ten\tindex\t-\t2026-11-23\tSample\tSample\n"
	    "page\ten\thistory\tmain\t2026-11-23\tHistory\tHistory\n"
	    "page\ten\tfacts\tmain\t2026-11-23\tFacts\tFacts\n"
	    "page\tzh\tindex\t-\t2026-11-23\t样本\t样本\n"
	    "page\tzh\thistory\tmain\t2026-11-23\t历史\t历史\n"
	    "page\tzh\tfacts\tmain\t2026-11-23\t数字\t数字\n");
}

static struct pkg *
open_sample(const char *path, const char *id, const struct sign_key *key,
    struct buf *site)
{
	struct pkg_writer	*w;
	struct pub_key		 pub;
	struct head		 h = { .serial = 2026112301,
				    .published = 1795392000,
				    .expires = 1826928000 };
	struct err		 e = { .msg = "" };
	struct pkg		*p;
	size_t			 i;
	int			 fd;

	snprintf(h.id, sizeof(h.id), "%s", id);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	must(fd != -1, path);
	w = pkg_writer_new(path, &e);
	must(w != NULL, e.msg);
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		must(pkg_add(w, files[i].path, files[i].body,
		    strlen(files[i].body), &e) == 0, e.msg);
	must(pkg_add(w, "data/site.txt", site->data, site->len, &e) == 0,
	    e.msg);
	must(pkg_seal(w, &h, &e) == 0 && pkg_write(w, fd, &h, key, &e) == 0,
	    e.msg);
	pkg_writer_free(w);
	if (key != NULL)
		sign_key_public(key, &pub);
	p = pkg_open(fd, path, &pub, key != NULL, &e);
	must(p != NULL, e.msg);
	return p;
}

struct site *
sample_site(const char *id, const char *host, int is_signed)
{
	struct buf	 site = BUF_INIT;
	struct sign_key	*key = NULL;
	struct store	*st = NULL;
	struct site	*s;
	struct pkg	*p;
	struct err	 e = { .msg = "" };
	char		 dir[] = "/tmp/apeng-sample-XXXXXX", path[64];

	must(mkdtemp(dir) != NULL, dir);
	snprintf(path, sizeof(path), "%s/sample.gpub", dir);
	if (is_signed)
		key = pkgs_key(7, NULL);
	table(&site, id, host);
	p = open_sample(path, id, key, &site);
	if (is_signed)
		must((st = store_open(path, p, &e)) != NULL, e.msg);
	must((s = site_new(p, st, &e)) != NULL, e.msg);
	unlink(path);
	rmdir(dir);
	sign_key_free(key);
	buf_free(&site);
	return s;
}

struct sites *
sample_sites(const struct site_names *names, int is_signed)
{
	struct sites	*ss;
	struct err	 e = { .msg = "" };

	must((ss = sites_new(names, &e)) != NULL, e.msg);
	must(sites_add(ss, sample_site("sample", "sample.example", is_signed),
	    &e) == 0, e.msg);
	return ss;
}
