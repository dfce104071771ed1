/* SPDX-License-Identifier: ISC */
/* What every unit test includes. */
#ifndef LIB_TEST_H
#define LIB_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define N(a)	(sizeof(a) / sizeof((a)[0]))

/* 1 where AddressSanitizer has taken malloc() over. */
#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN	1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN	1
#endif
#endif
#ifndef WITH_ASAN
#define WITH_ASAN	0
#endif

#endif
