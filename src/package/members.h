/* SPDX-License-Identifier: ISC */
/*
 * What a catalogue, a package that lists packages, says of its members:
 * data/members.txt (what changes), data/delegates.txt (whose they are) and
 * data/groups.txt (what their groups are called); apeng-package(5), "THE
 * CATALOGUE".  Who trusts the catalogue trusts the key of each line for that
 * id alone.  A member's own head must still be proven: members_judge().
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

struct members {
	size_t		 n;		/* sorted by id; 0: none */
	struct member	*v;
	size_t		 ngroup;	/* in their order, languages beside
					   one another */
	struct member_group *group;
	char		*store;		/* owns the groups' strings */
};

/* The three files from a package.  1; 0: it is no catalogue; -1: see e. */
int	members_read(const struct pkg *, struct members *, struct err *e);
/* The same from texts; groups may be empty.  Strict; parse(write(x)) is x. */
int	members_parse(struct members *, const char *lines, size_t,
	    const char *delegates, size_t, const char *groups, size_t,
	    struct err *e);
void	members_free(struct members *);
/* NULL: not listed.  One look of log n. */
const struct member *members_find(const struct members *, const char *id);
/* Titles: NULL when there is none. */
const char *members_group_title(const struct members *, const char *group,
	    const char *dir);
/* A file each.  The members must be sorted, and no id twice. */
void	members_write_lines(const struct members *, struct buf *);
void	members_write_delegates(const struct members *, struct buf *);
void	members_write_groups(const struct members *, struct buf *);

/*
 * The anchor that a catalogue's line makes for the package with that head and
 * line of succession (nkeys 0: none): trusted for the member's id alone.  The
 * key's minisign id, which the line leaves out, is that of whichever head it
 * has signed; a key that signed none of them proves nothing in trust_judge().
 */
void	members_anchor(const struct member *, const char *head, size_t len,
	    const char *keys, size_t nkeys, struct anchor *out);
/*
 * As trust_judge(), with the lines of a catalogue (NULL: none) that was proven
 * itself.  A key given for that very id counts alone: no catalogue adds to it.
 */
enum trust members_judge(const struct anchor *, size_t n,
	    const struct members *, const char *head, size_t len,
	    const char *keys, size_t nkeys, struct proof *, struct err *);

#endif
