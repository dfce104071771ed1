#!/bin/sh
# SPDX-License-Identifier: ISC
# The starter capsule as C strings, for cmd/new.c: embed.sh FILE... >starter.c
# The name of each is what follows src/cmd/starter/ (schema.json: itself).
echo '#include "cmd/starter.h"'
echo 'const struct starter_file starter_files[] = {'
for f in "$@"; do
	n=${f#src/cmd/starter/}
	printf '{ "%s",\n' "${n#capsule/}"
	sed 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$/\\n"/' "$f"
	echo '},'
done
echo '{ 0, 0 } };'
