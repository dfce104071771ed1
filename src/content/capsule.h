/* SPDX-License-Identifier: ISC */
#define NOTICES_MAX	8

/* capsule.yml as it is written; profile.c makes a profile of it. */
#ifndef CONTENT_CAPSULE_H
#define CONTENT_CAPSULE_H

#include <stddef.h>
#include <stdint.h>

#include "content/profile.h"

struct lang;
struct profile;
struct reader;
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
	size_t			 nnotices;
	struct notice		*notices;
	struct members_source	 members;
	const struct yaml_node	*units, *replacements, *words, *trees;
};

/*
 * capsule.yml into c and p, all but the pages; from here on r knows the
 * languages and units.
 */
void	 read_capsule(struct reader *, const struct yaml_node *,
	    struct capsule *, struct profile *);

#endif
