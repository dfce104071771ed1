/* SPDX-License-Identifier: ISC */
/* One scalar each; what is wrong is reported, the target kept. */
#ifndef CONTENT_VALUE_H
#define CONTENT_VALUE_H

#include <stddef.h>

struct moment;
struct path;
struct reader;
struct schema_key;
struct value;
struct yaml_node;

/* The node's string for the target; NULL: no memory. */
const char *read_string(struct reader *, const struct yaml_node *);
/* 1: a scalar that is there; true and false are not meant as words. */
int	 read_is_string(struct reader *, const struct yaml_node *,
	    const struct path *);
/* One scalar each (value.c); what is wrong is reported, the target kept. */
void	 read_number(struct reader *, const struct yaml_node *,
	    const struct schema_key *, void *, const struct path *);
void	 read_value(struct reader *, const struct yaml_node *,
	    struct value *, const struct path *);
void	 read_enum(struct reader *, const struct yaml_node *,
	    const struct schema_key *, unsigned *, const struct path *);
void	 read_lang(struct reader *, const struct yaml_node *,
	    const char **, const struct path *);
void	 read_unit(struct reader *, const struct yaml_node *, size_t *,
	    const struct path *);
void	 read_node(struct reader *, const struct yaml_node *, size_t *,
	    const struct path *);
void	 read_moment(struct reader *, const struct yaml_node *,
	    struct moment *, const struct path *);
void	 read_at(struct reader *, const struct yaml_node *, unsigned *,
	    const struct path *);
void	 read_name(struct reader *, const struct yaml_node *, unsigned type,
	    const struct schema_key *, const char **, const struct path *);

#endif
