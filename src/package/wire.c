#include <string.h>

#include "base/buf.h"
#include "package/list.h"
#include "package/wire.h"

void
wire_lines(const struct pkg_list *l, struct buf *b)
{
	size_t	 i;

	for (i = 0; i < l->n; i++)
		buf_fmt(b, "%s %u\n", list_path(l, i), l->v[i].size);
	buf_ch(b, '\n');
}
