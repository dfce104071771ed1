/*
 * Strict GB2312 (EUC-CN bytes, 0xA1A1 to 0xF7FE) by our own table, and its
 * 7-bit form HZ (RFC 1843).  Never a byte of GBK.  No iconv: that opens
 * files, and the server has none left when it answers.
 */
#ifndef CHARSET_GB2312_H
#define CHARSET_GB2312_H

#include <stddef.h>
#include <stdint.h>

struct buf;

/* Two-byte code of cp (cp > 0x7F), 0 when GB2312 has no place for it. */
unsigned	gb2312_from(uint32_t cp);
int		gb2312_has(uint32_t cp);	/* the same as yes or no */
/* Code point of a two-byte code, 0 when it is unassigned. */
uint32_t	gb2312_to(unsigned code);
/* How many bytes at s are pairs that are such codes once top is set in both. */
size_t		gb2312_run(const char *s, size_t len, uint8_t top);

/*
 * UTF-8 to bytes; s holds only ASCII and what gb2312_from() knows (another
 * character comes out as the geta mark, A1FE).
 */
void	gb2312_encode(const char *s, size_t len, struct buf *out);
/* One line: what it opens with ~{ it closes; a tilde is ~~. */
void	hz_encode(const char *s, size_t len, struct buf *out);
/* The same from a line's n bytes of GB2312: bytes put, at most 3 n. */
size_t	hz_from_gb2312(const char *gb, size_t n, char *out);
/*
 * Bytes to UTF-8.  -1: not this charset (out may hold the beginning).
 * An HZ line may lack its last ~}.
 */
int	gb2312_decode(const char *s, size_t len, struct buf *out);
int	hz_decode(const char *s, size_t len, struct buf *out);

#endif
