/* SPDX-License-Identifier: ISC */
/*
 * What a catalogue, a package that lists packages, says of its members:
 * data/members.txt (their editions), data/delegates.txt (their groups and keys),
 * data/groups.txt (the titles of the groups) and data/parents.txt (which group
 * is a part of which other one); apeng-package(5), "THE CATALOGUE".  Who trusts the catalogue trusts the key of each line, only for
 * the id of that line.  A member's own head must still be proven:
 * members_judge().
 */
#ifndef PACKAGE_MEMBERS_H
#define PACKAGE_MEMBERS_H

#include <stddef.h>
#include <stdint.h>

#include "package/head.h"
#include "package/offer.h"
#include "package/trust.h"

struct buf;
struct err;
struct pkg;

#define MEMBERS_PATH	"data/members.txt"
#define DELEGATES_PATH	"data/delegates.txt"
#define GROUPS_PATH	"data/groups.txt"
#define PARENTS_PATH	"data/parents.txt"
#define MEMBERS_MAX	65536
#define MEMBER_GROUP_MAX 30		/* bytes of a group's id */
#define MEMBER_NO_GROUP	"-"

struct member {
	char		id[HEAD_ID_MAX + 1];
	char		group[MEMBER_GROUP_MAX + 1];	/* or "-" */
	uint8_t		key[32];	/* Ed25519, without minisign's id */
	struct edition	ed;		/* the one that the catalogue lists */
};

/* A group's title in the language whose folder is dir; "-" is not listed. */
struct member_group {
	char		*id, *dir, *title;
};

/* A group that is a part of another one, as a prefecture of its province. */
struct member_parent {
	char		*id, *parent;
};

struct members {
	size_t		 n;		/* sorted by id; 0: none */
	struct member	*v;
	size_t		 ngroup;	/* in their order; the titles of one
					   group follow each other */
	struct member_group *group;
	char		*store;		/* owns the groups' strings */
	size_t		 nparent;	/* sorted by id */
	struct member_parent *parent;
	char		*parent_store;	/* owns the strings of these */
};

/* Read these files of a package.  1; 0: it is no catalogue; -1: see e. */
int	members_read(const struct pkg *, struct members *, struct err *e);
/* The same from texts; groups may be empty.  Strict; parse(write(x)) is x. */
int	members_parse(struct members *, const char *lines, size_t,
	    const char *delegates, size_t, const char *groups, size_t,
	    struct err *e);
/* Add data/parents.txt.  -1: see e; what was read before stays. */
int	members_parse_parents(struct members *, const char *, size_t,
	    struct err *e);
void	members_free(struct members *);
/* NULL: not listed.  A binary search. */
const struct member *members_find(const struct members *, const char *id);
/* The title of a group; NULL when there is none. */
const char *members_group_title(const struct members *, const char *group,
	    const char *dir);
/* The id of the group that this group is a part of; NULL: of none. */
const char *members_parent(const struct members *, const char *group);
/* 1: the member stands in that group, or in one that is a part of it. */
int	members_in(const struct members *, const struct member *,
	    const char *group);
/* Each writes one file.  The members must be sorted and have different ids. */
void	members_write_lines(const struct members *, struct buf *);
void	members_write_delegates(const struct members *, struct buf *);
void	members_write_groups(const struct members *, struct buf *);
void	members_write_parents(const struct members *, struct buf *);

/*
 * Make the anchor of a member for the package with that head and line of
 * succession (nkeys 0: none).  It is trusted only for the member's id.  The
 * catalogue leaves out the key's minisign id: it is taken from the head that
 * the key has signed.  A key that has signed none of the heads proves nothing
 * in trust_judge().
 */
void	members_anchor(const struct member *, const char *head, size_t len,
	    const char *keys, size_t nkeys, struct anchor *out);
/*
 * As trust_judge(), with the members of a catalogue (NULL: none) that was
 * proven before.  When a key was given for the package's own id, only given
 * keys count and the catalogue does not.
 */
enum trust members_judge(const struct anchor *, size_t n,
	    const struct members *, const char *head, size_t len,
	    const char *keys, size_t nkeys, struct proof *, struct err *);

#endif
