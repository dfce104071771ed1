/* SPDX-License-Identifier: ISC */
/*
 * A YAML file from anywhere: as a document, as a page and as a capsule.yml.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "content/arena.h"
#include "content/blocks.h"
#include "content/capsule.h"
#include "content/diag.h"
#include "content/files.h"
#include "content/profile.h"
#include "content/read.h"
#include "content/schema.h"
#include "content/written.h"
#include "content/yaml.h"

int	 LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
as_page(struct reader *r, const struct yaml_node *root)
{
	struct page_head	 head;
	struct page		 page = { &head, 0, NULL };
	const struct yaml_node	*blocks;
	size_t			 i;

	memset(&head, 0, sizeof(head));
	read_map(r, root, &schema_page, &head, NULL);
	if ((blocks = yaml_get(root, "blocks")) != NULL)
		read_blocks(r, blocks, &page);
	for (i = 0; i < page.nblock; i++)
		if (page.block[i].type == BLOCK_FIGURES &&
		    page.block[i].figures.n > 0 &&
		    page.block[i].figures.figure == NULL)
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const struct lang langs[] = {
		{ "en", "en", "English" }, { "zh", "zh-Hans", "中文" },
	};
	static const struct unit units[] = {
		{ "percent", { { "%", "%" } } }, { "km2", { { "k", "k" } } },
	};
	struct page_file	 files[] = {
		{ (char *)(uintptr_t)"index", 0 },
		{ (char *)(uintptr_t)"tourism", 1 },
	};
	const struct page_files	 list = { 2, files };
	struct arena		 arena = ARENA_INIT;
	struct capsule		 capsule;
	struct profile		 profile;
	struct reader		 r;
	struct diag		*d;
	struct yaml		*y;
	const char		*line;
	size_t			 i;

	if ((d = diag_new()) == NULL)
		return 0;
	y = yaml_open_text("fuzz.yml", (const char *)data, len, d);
	if (y == NULL && diag_count(d, DIAG_ERROR) == 0)
		abort();
	memset(&r, 0, sizeof(r));
	r.d = d;
	r.dir = "/nonexistent";
	r.file = "fuzz.yml";
	r.arena = &arena;
	r.files = &list;
	if (y != NULL && yaml_root(y) != NULL) {
		r.lang = langs;
		r.nlang = 2;
		r.unit = units;
		r.nunit = 2;
		as_page(&r, yaml_root(y));
		r.nlang = r.nunit = 0;
		r.copy = 1;
		memset(&profile, 0, sizeof(profile));
		read_capsule(&r, yaml_root(y), &capsule, &profile);
	}
	for (i = 0; (line = diag_line(d, i, NULL)) != NULL; i++)
		if (strchr(line, '\n') != NULL)
			abort();
	arena_free(&arena);
	yaml_close(y);
	diag_free(d);
	return 0;
}
