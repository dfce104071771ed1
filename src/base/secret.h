/* SPDX-License-Identifier: ISC */
/*
 * Files that only their owner may read: keys.  Where a file system keeps no
 * modes (FAT, exFAT and the like) chmod does not help; a user who wants a key
 * there must say so (any = 1).
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

struct err;

/*
 * May the open file be used as a secret?  0: yes.  -1: others may read or
 * change it, see e, which names the remedy that works there.
 */
int	secret_check(int fd, const char *path, int any, struct err *e);
/*
 * Called before a secret file is made at path: would the file system keep its
 * mode?  0: yes.  1: no, but any allows it.  -1: no, or another failure, see e.
 */
int	secret_place(const char *path, int any, struct err *e);

#endif
