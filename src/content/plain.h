/* SPDX-License-Identifier: ISC */
/* What libyaml complains of, in words for somebody who never read YAML. */
#ifndef CONTENT_PLAIN_H
#define CONTENT_PLAIN_H

/*
 * problem and context (NULL: none) as libyaml has them; NULL: nothing
 * plainer is known.
 */
const char	*plain_problem(const char *problem, const char *context);

#endif
