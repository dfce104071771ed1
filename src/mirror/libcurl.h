/* SPDX-License-Identifier: ISC */
/*
 * The functions of libcurl that http.c calls.  On Linux the library is loaded
 * when the first source over HTTP is asked, because it brings 25 others with
 * it, which would cost every start of apeng and every server's memory.
 */
#ifndef MIRROR_LIBCURL_H
#define MIRROR_LIBCURL_H

#include <curl/curl.h>

struct err;

#define LIBCURL_FUNCTIONS(X)						\
	X(easy_cleanup) X(easy_getinfo) X(easy_init) X(easy_pause)	\
	X(easy_setopt) X(easy_strerror) X(global_init)			\
	X(multi_add_handle) X(multi_cleanup) X(multi_info_read)		\
	X(multi_init) X(multi_perform) X(multi_poll)			\
	X(multi_remove_handle)

/* curl_NAME() as NAME. */
struct libcurl {
#define LIBCURL_MEMBER(name)	__typeof__(curl_##name)	*name;
	LIBCURL_FUNCTIONS(LIBCURL_MEMBER)
};

/* It stays loaded.  NULL: it is not here, see e. */
const struct libcurl	*libcurl_load(struct err *);

#endif
