/*
 * What mirror and origin say to each other: the selectors below /.apeng/
 * and the lines that stand before a head's end and before a blob.  Pure
 * grammar, the same on Gemini and Gopher; apeng-package(5).
 */
#ifndef PROTO_OFFER_H
#define PROTO_OFFER_H

#include <stddef.h>
#include <stdint.h>

struct err;

#define OFFER_HEX16	16		/* a hash's first 16 hex digits */
#define OFFER_LINE_MAX	256		/* bytes of a line with its LF */
#define OFFER_HEAD_MAX	2048		/* bytes of the head before it */
#define OFFER_ASK_MAX	80		/* bytes of a selector with the NUL */

/* `offer SHA256 SIZE BASE16|-`, or `offer - 0 -`: nothing new. */
struct offer {
	int		has_blob;	/* 0: up to date; nothing below set */
	uint8_t		hash[32];	/* SHA-256 of the blob */
	uint64_t	size;		/* bytes of the blob, at least 1 */
	int		has_base;	/* 0: a full blob */
	char		base[OFFER_HEX16 + 1];	/* core of the base */
};

/* `apeng-blob SHA16 OFFSET TOTAL`; TOTAL - OFFSET bytes follow its LF. */
struct blob_line {
	char		blob[OFFER_HEX16 + 1];
	uint64_t	offset, total;	/* offset <= total */
};

/* Selectors, from "/.apeng/" on: the /ID before it is the caller's. */
enum ask_kind {
	ASK_HEAD,			/* /.apeng/head */
	ASK_UP,				/* /.apeng/up/SERIAL-CORE16 or /up/- */
	ASK_BLOB			/* /.apeng/b/SHA16/OFFSET */
};
struct ask {
	enum ask_kind	kind;
	int		has_base;	/* ASK_UP: 0 is "-" */
	uint64_t	serial;		/* ASK_UP with a base */
	char		core[OFFER_HEX16 + 1];
	char		blob[OFFER_HEX16 + 1];	/* ASK_BLOB */
	uint64_t	offset;
};

/* The line without its LF; -1: see e. */
int	 offer_parse(const char *, size_t, struct offer *, struct err *);
int	 blob_line_parse(const char *, size_t, struct blob_line *,
	    struct err *);
/* The line with its LF, NUL-terminated; bytes put, without the NUL. */
size_t	 offer_format(const struct offer *, char out[OFFER_LINE_MAX]);
size_t	 blob_line_format(const struct blob_line *,
	    char out[OFFER_LINE_MAX]);

/* 0, or -1 when it is none of them. */
int	 ask_parse(const char *, size_t, struct ask *);
size_t	 ask_format(const struct ask *, char out[OFFER_ASK_MAX]);

/*
 * Find the parts of an answer to ASK_UP of which len bytes are here: the
 * head is the first *head_len bytes, the offer line (without its LF) the
 * *line_len bytes at once behind, the blob begins at *blob_at.  1: all of
 * it is here; 0: needs more; -1: cannot become an answer, see e.
 */
int	 offer_split(const char *, size_t len, size_t *head_len,
	    size_t *line_len, size_t *blob_at, struct err *);

/* First 16 hex digits of a hash, and all 64; NUL-terminated. */
void	 offer_hex16(const uint8_t hash[32], char out[OFFER_HEX16 + 1]);
void	 offer_hex(const uint8_t hash[32], char out[65]);

#endif
