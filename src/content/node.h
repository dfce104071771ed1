/* SPDX-License-Identifier: ISC */
/* A node of a YAML document: yaml.h. */
#ifndef CONTENT_NODE_H
#define CONTENT_NODE_H

#include <stddef.h>

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml_node {
	enum yaml_kind	 kind;
	unsigned	 plain:1;	/* scalar without quotes or | > */
	unsigned	 lines:1;	/* scalar that spans several lines */
	unsigned	 literal:1;	/* scalar behind |: its line ends are kept */
	unsigned	 flow:1;	/* {} or [] */
	unsigned	 line, column;
	unsigned	 key_line, key_column;
	const char	*key;		/* of a child of a map, else NULL */
	const char	*text;		/* scalar: UTF-8 without NUL */
	size_t		 len;		/* bytes of text */
	size_t		 n;		/* children */
	struct yaml_node *child;	/* the first, NULL: none */
	struct yaml_node *next;		/* the next of the same parent */
};

#endif
