/* SPDX-License-Identifier: ISC */
/* The page on how to mirror this capsule. */
#ifndef RENDER_MIRROR_H
#define RENDER_MIRROR_H

struct pen;
struct render;

void	half_mirror(const struct render *, const struct pen *);

#endif
