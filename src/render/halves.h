/* SPDX-License-Identifier: ISC */
/* The parts of generated pages below the blocks of their own. */
#ifndef RENDER_HALVES_H
#define RENDER_HALVES_H

#include <stddef.h>

struct half;
struct pen;
struct render;

/* Write a second half to p->b, which is h->b. */
void	half_home(const struct pen *, struct half *);
void	half_sections(const struct render *, const struct pen *);
void	half_list(const struct pen *, size_t section, struct half *);
void	half_figures(struct render *, const struct pen *, struct half *);
void	half_glossary(struct render *, const struct pen *, struct half *);

#endif
