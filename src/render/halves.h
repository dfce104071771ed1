/* SPDX-License-Identifier: ISC */
/* Second halves of generated pages; p->b is h->b. */
#ifndef RENDER_HALVES_H
#define RENDER_HALVES_H

#include <stddef.h>

struct half;
struct pen;
struct render;

/* Second halves of generated pages; p->b is h->b. */
void	half_home(const struct pen *, struct half *);
void	half_sections(const struct render *, const struct pen *);
void	half_list(const struct pen *, size_t section, struct half *);
void	half_figures(struct render *, const struct pen *, struct half *);
void	half_glossary(struct render *, const struct pen *, struct half *);

#endif
