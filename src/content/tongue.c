/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "content/tongue.h"

static const char *
find(const struct tongue_pair *p, const char *en)
{
	for (; p->en != NULL; p++)
		if (strcmp(p->en, en) == 0)
			return p->zh;
	return NULL;
}

const char *
tongue_say(enum tongue tongue, const char *en)
{
	const char	*zh;

	if (tongue == TONGUE_EN)
		return en;
	if ((zh = find(tongue_findings, en)) != NULL ||
	    (zh = find(tongue_schema, en)) != NULL)
		return zh;
	return en;
}
