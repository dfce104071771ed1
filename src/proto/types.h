/* SPDX-License-Identifier: ISC */
/* The types of a file's content for Gopher and for Gemini, by its name. */
#ifndef PROTO_TYPES_H
#define PROTO_TYPES_H

#include <stddef.h>

struct type {
	const char	*suffix;	/* ".gmi" */
	char		 item;		/* Gopher's item type */
	const char	*mime;		/* Gemini's meta */
};

/* Never NULL: a name without a known suffix means bytes, type 9. */
const struct type	*type_of(const char *path, size_t len);
/* 1: text, which has lines. */
int			 type_is_text(const struct type *);

#endif
