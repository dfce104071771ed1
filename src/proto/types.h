/* SPDX-License-Identifier: ISC */
/* What a file's name says of its content, to Gopher and to Gemini. */
#ifndef PROTO_TYPES_H
#define PROTO_TYPES_H

#include <stddef.h>

struct type {
	const char	*suffix;	/* ".gmi" */
	char		 item;		/* Gopher's item type */
	const char	*mime;		/* Gemini's meta */
};

/* Never NULL: what has no known suffix is bytes, type 9. */
const struct type	*type_of(const char *path, size_t len);
/* 1: text, which has lines. */
int			 type_is_text(const struct type *);

#endif
