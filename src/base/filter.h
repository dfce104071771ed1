/* SPDX-License-Identifier: ISC */
/* Which system calls a locked process may make: seccomp. */
#ifndef BASE_FILTER_H
#define BASE_FILTER_H

#include "base/role.h"

struct err;

/*
 * AddressSanitizer writes reports to files, looks for leaks in a thread of its
 * own and reads /proc.  A build with it is only for tests, and may do that.
 */
#if defined(__SANITIZE_ADDRESS__)
#define SANDBOX_WITH_ASAN	1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANDBOX_WITH_ASAN	1
#endif
#endif
#ifndef SANDBOX_WITH_ASAN
#define SANDBOX_WITH_ASAN	0
#endif

/*
 * After this the calling process may make only the calls of its role, with the
 * arguments in filter.c; all others fail.  Needs no_new_privs.  Does something
 * only on Linux.  -1: see e.
 */
int	filter_enter(enum sandbox_role, const struct sandbox_fds *,
	    struct err *e);

#endif
