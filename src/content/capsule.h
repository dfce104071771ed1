/* SPDX-License-Identifier: ISC */
/* Reads capsule.yml. */
#ifndef CONTENT_CAPSULE_H
#define CONTENT_CAPSULE_H

struct capsule;
struct profile;
struct reader;
struct yaml_node;

/*
 * capsule.yml into c and p, all but the pages; from here on r knows the
 * languages and units.
 */
void	 read_capsule(struct reader *, const struct yaml_node *,
	    struct capsule *, struct profile *);

#endif
