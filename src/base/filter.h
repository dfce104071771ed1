/* SPDX-License-Identifier: ISC */
/* What a locked process may ask the kernel for: seccomp. */
#ifndef BASE_FILTER_H
#define BASE_FILTER_H

#include "base/role.h"

struct err;

/*
 * AddressSanitizer reports to files, looks for leaks in a thread of its own
 * and reads /proc: a build with it is for tests and keeps what that needs.
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
 * From here on the calling process makes the calls of its role only, with
 * the arguments that it uses; all others fail.  Needs no_new_privs.  Does
 * nothing but on Linux.  -1: see e.
 */
int	filter_enter(enum sandbox_role, const struct sandbox_fds *,
	    struct err *e);

#endif
