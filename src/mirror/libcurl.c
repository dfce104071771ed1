/* SPDX-License-Identifier: ISC */
/*
 * Loads libcurl by the name of its binary interface, which the headers that
 * apeng was compiled with have had since 2006.  The system's loader looks for
 * it where it looks for all libraries; nothing that a stranger says has a part
 * in that.
 */
#include "base/err.h"
#include "mirror/libcurl.h"

#ifdef __linux__

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#define SONAME	"libcurl.so.4"

static const struct {
	const char	*name;
	size_t		 at;		/* in struct libcurl */
} functions[] = {
#define ROW(name)	{ "curl_" #name, offsetof(struct libcurl, name) },
	LIBCURL_FUNCTIONS(ROW)
};

const struct libcurl *
libcurl_load(struct err *e)
{
	static struct libcurl	 loaded;
	static void		*library;
	void			*f, *l;
	size_t			 i;

	if (library != NULL)
		return &loaded;
	if ((l = dlopen(SONAME, RTLD_NOW | RTLD_LOCAL)) == NULL) {
		err_cannot(e, "HTTP needs libcurl: %s", dlerror());
		return NULL;
	}
	for (i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		if ((f = dlsym(l, functions[i].name)) == NULL) {
			err_cannot(e, SONAME " lacks %s", functions[i].name);
			dlclose(l);
			return NULL;
		}
		memcpy((char *)&loaded + functions[i].at, &f, sizeof(f));
	}
	library = l;
	return &loaded;
}

#else

const struct libcurl *
libcurl_load(struct err *e)
{
	static const struct libcurl	 linked = {
#define ROW(name)	.name = curl_##name,
		LIBCURL_FUNCTIONS(ROW)
	};

	(void)e;
	return &linked;
}

#endif
