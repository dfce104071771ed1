/* SPDX-License-Identifier: ISC */
/* What a process that has become idle need not keep mapped. */
#ifndef BASE_REST_H
#define BASE_REST_H

/*
 * Program and libraries as far as they are read only: their pages leave this
 * process, and come back from the file's cache when they are used again.  For
 * one whose work is done for now, such as the master behind a start.  Does
 * nothing but on Linux.
 */
void	rest_code(void);

#endif
