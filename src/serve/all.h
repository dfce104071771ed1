/* SPDX-License-Identifier: ISC */
/* The answer to a follower of a catalogue: what is new of all its members. */
#ifndef SERVE_ALL_H
#define SERVE_ALL_H

#include <stddef.h>

struct reply;
struct site;
struct sites;

/*
 * rest: what stands behind `apeng/all/', SERIAL-CORE16/SUBSET[/new][/after/ID]:
 * the catalogue's letter, then a frame with the letters of those members that
 * are served here and differ from what that edition listed; see
 * apeng-package(5), "FOLLOWING A CATALOGUE".  Into the reply's own, as its
 * body.  Values as answer_mirror().
 */
int	all_answer(struct sites *, struct site *catalogue, const char *rest,
	    size_t len, struct reply *);

#endif
