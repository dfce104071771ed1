/* SPDX-License-Identifier: ISC */
/* The schema for editors. */
#ifndef CONTENT_JSON_H
#define CONTENT_JSON_H

#include <stddef.h>

struct buf;
struct language;

/*
 * JSON Schema (draft 7, as yaml-language-server reads it) for a capsule in
 * these languages (their dirs), ended by LF.  -1: no memory.
 */
int	 schema_json(struct buf *, const char *const *dir, size_t n,
	    const struct language *);

#endif
