/* SPDX-License-Identifier: ISC */
/* capsule.yml as it is written; profile.c makes a profile of it. */
#ifndef CONTENT_WRITTEN_H
#define CONTENT_WRITTEN_H

#include <stddef.h>
#include <stdint.h>

#include "content/model.h"

struct yaml_node;

#define NOTICES_MAX	8

struct section_source {
	struct section	 section;
	size_t		 npage;
	const char	**page;		/* ids, not all of them need exist */
};

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

#endif
