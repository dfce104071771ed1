/* SPDX-License-Identifier: ISC */
/* A small capsule in two languages, open, for tests of the answers. */
#ifndef LIB_SAMPLE_H
#define LIB_SAMPLE_H

#include "serve/sites.h"

/*
 * id: at least three letters; host NULL: no public name.  Signed and with
 * a store, or neither.  The site, or the program ends.
 */
struct site	*sample_site(const char *id, const char *host,
		    int is_signed);
/* One site "sample" (host sample.example), names: localhost-like extras. */
struct sites	*sample_sites(const struct site_names *, int is_signed);

#endif
