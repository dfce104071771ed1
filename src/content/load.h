/* SPDX-License-Identifier: ISC */
/* Inside content/: what the parts of profile_load() share. */
#ifndef CONTENT_LOAD_H
#define CONTENT_LOAD_H

#include <stddef.h>
#include <stdint.h>

#include "content/arena.h"
#include "content/profile.h"

struct diag;
struct schema;
struct schema_key;
struct yaml_node;

struct section_source {
	struct section	 section;
	size_t		 npage;
	const char	**page;		/* ids, not all of them need exist */
};

/* capsule.yml as it is written; profile.c makes a profile of it. */
struct capsule {
	const char		*id;
	size_t			 nlang;
	struct lang		*lang;
	struct words		 title, subtitle, publisher, source, licence;
	size_t			 nhost;
	const char		**host;
	const char		*contact, *key;
	struct words		 as_of;
	unsigned		 expires_days;
	uint64_t		 serial_floor;
	size_t			 nsection;
	struct section_source	*section;
	struct notice		 notice;
	const struct yaml_node	*units, *replacements, *words, *trees;
};

/* The files under pages/, by name; page is where it went, or SIZE_MAX. */
struct page_file {
	char		*id;		/* owned */
	size_t		 page;
};

struct page_files {
	size_t			 n;
	struct page_file	*file;	/* sorted by id */
};

/* NULL: no such file. */
struct page_file *page_files_find(const struct page_files *, const char *id);
/*
 * List DIR/pages; what is no page there is reported.  -1: it cannot be
 * read, see d; f is empty then.
 */
int		 page_files_list(struct page_files *, const char *dir,
		    struct diag *d);
void		 page_files_free(struct page_files *);

/* Reading one file by the tables of schema.c. */
struct reader {
	struct diag		*d;
	const char		*file;		/* for messages */
	struct arena		*arena;		/* arrays, and copies */
	int			 copy;		/* strings too: the nodes go */
	const struct page_files	*files;
	size_t			 nlang;		/* 0: texts are not checked */
	const struct lang	*lang;
	size_t			 nunit;
	const struct unit	*unit;
	const struct block	*block;		/* being read: for map nodes */
	unsigned		 errors;
};

/* Where a value stands: figures[2].value */
struct path {
	const struct path	*up;
	const char		*key;		/* NULL: an index */
	size_t			 index;
};

/* Errors go to r->d and r->errors; the target holds what was good. */
void	 read_map(struct reader *, const struct yaml_node *,
	    const struct schema *, void *target, const struct path *);
void	 read_text(struct reader *, const struct yaml_node *,
	    struct words *, const struct path *, unsigned type);
void	 read_list(struct reader *, const struct yaml_node *,
	    const struct schema *, size_t *n, void **items,
	    const struct path *, unsigned long long max);
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
/* The value as messages quote it, at most READ_SHOWN bytes. */
#define READ_SHOWN	76
void	 read_shown(const struct reader *, const struct yaml_node *, char *,
	    size_t);
/* path: message, at a position of the file. */
void	 read_bad(struct reader *, unsigned line, unsigned column,
	    const struct path *, const char *fmt, ...)
	    __attribute__((__format__ (printf, 5, 6)));
/* path: "value", message; at the node. */
void	 read_wrong(struct reader *, const struct yaml_node *,
	    const struct path *, const char *fmt, ...)
	    __attribute__((__format__ (printf, 4, 5)));
/* Unknown key of a map; node has it. */
void	 read_unknown(struct reader *, const struct yaml_node *,
	    const struct path *, const struct schema *);
void	 read_nomem(struct reader *);

/*
 * capsule.yml into c and p, all but the pages; from here on r knows the
 * languages and units.
 */
void	 read_capsule(struct reader *, const struct yaml_node *,
	    struct capsule *, struct profile *);
/* The blocks of a page; into page->block, in the reader's arena. */
void	 read_blocks(struct reader *, const struct yaml_node *,
	    struct page *);

/* Checks of block_rows.c, in blocks.c: what no schema can say. */
void	 block_check_map(struct reader *, const struct yaml_node *,
	    const struct block *);
void	 block_check_timeline(struct reader *, const struct yaml_node *,
	    const struct block *);

/* What a string is; 1 yes, 0 no. */
int	 kind_is_id(const char *, size_t min, size_t max);
int	 kind_is_host(const char *);
int	 kind_is_key(const char *);
int	 kind_is_fact(const char *);
int	 kind_is_taken(const char *);	/* a folder or tree of apeng's own */
/* NULL: fine; else what is wrong with it, in words. */
const char *kind_url(const char *);
const char *kind_text(const char *, size_t len, int line_start, int folded);
/* 1: a year (as a plain number), YYYY-MM or YYYY-MM-DD, put into *to. */
int	 kind_moment(const char *, int plain, struct moment *to);
const char *kind_phone(const char *);
const char *kind_mail(const char *);
const char *kind_hours(const char *);
const char *kind_days(const char *);
const char *kind_value(const char *, int plain_number, double *number,
	    int *is_worded);

#endif
