#include <string.h>

#include "content/tongue.h"

static const struct {
	const char	*en, *zh;
} pairs[] = {
	{ "warning: ", "警告：" },
	{ "%zu to be mended before anything can be served; waiting for the "
	  "next save", "%zu 处需要改正，改好后才能开始服务；等待下次保存" },
	{ "%zu to be mended; edition %llu stays up",
	  "%zu 处需要改正；读者看到的仍是第 %llu 版" },
};

#define COUNT	(sizeof(pairs) / sizeof(pairs[0]))

const char *
tongue_say(enum tongue tongue, const char *en)
{
	size_t	 i;

	if (tongue == TONGUE_EN)
		return en;
	for (i = 0; i < COUNT; i++)
		if (strcmp(pairs[i].en, en) == 0)
			return pairs[i].zh;
	return en;
}

int
tongue_pair(size_t i, const char **en, const char **zh)
{
	if (i >= COUNT)
		return 0;
	*en = pairs[i].en;
	*zh = pairs[i].zh;
	return 1;
}
