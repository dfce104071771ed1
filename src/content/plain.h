/* SPDX-License-Identifier: ISC */
/* libyaml's errors, in words for an author who does not know YAML. */
#ifndef CONTENT_PLAIN_H
#define CONTENT_PLAIN_H

/*
 * problem and context (NULL: none) as libyaml has them; NULL: nothing
 * plainer is known.
 */
const char	*plain_problem(const char *problem, const char *context);

#endif
