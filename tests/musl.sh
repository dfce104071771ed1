#!/bin/sh
# SPDX-License-Identifier: ISC
# make cross ARCH=musl: every source compiles without a warning against
# musl's headers (Debian's musl-tools), and whatever musl itself has not is in
# one of the libraries.  Debian has those for glibc only, so that nothing can
# be linked here; their headers are of either libc.  musl has no sys/queue.h:
# Alpine's is in bsd-compat-headers, here glibc's stands in.
set -eu
cd "$(dirname "$0")/.."
out=build/cross/musl
multi=$(gcc -print-multiarch)
libc=/usr/lib/$(uname -m)-linux-musl/libc.a
rm -rf "$out"
mkdir -p "$out/include/sys"
for h in asm asm-generic linux; do
	for d in /usr/include "/usr/include/$multi"; do
		[ ! -e "$d/$h" ] || ln -sfn "$d/$h" "$out/include/$h"
	done
done
ln -s "/usr/include/$multi/sys/queue.h" "$out/include/sys/"
for h in tls.h yaml.h zstd.h zstd_errors.h openssl event2 \
    unistring; do
	ln -s "/usr/include/$h" "$out/include/"
done
for h in /usr/include/uni*.h; do ln -s "$h" "$out/include/"; done
mkdir -p "$out/multi/openssl" "$out/multi/event2"
cp "/usr/include/$multi/openssl/"*.h "$out/multi/openssl/"
cp "/usr/include/$multi/event2/"*.h "$out/multi/event2/" 2>/dev/null || :

echo "cross: compiling for musl"
make -j"$(nproc)" PKG_CONFIG=true BUILD="$out/obj" CC="${CCACHE-} musl-gcc" \
    CFLAGS="-O2 -idirafter $PWD/$out/include -idirafter $PWD/$out/multi" \
    "$out/obj/libapeng.a" "$out/obj/src/cmd/main.o" >"$out/log" 2>&1 ||
    { grep -v '^  cc' "$out/log" | head -n 40
    echo "not ok musl: compiles without a warning"; exit 1; }
echo "ok musl: $(find "$out/obj" -name '*.o' | wc -l) objects, no warning"

# What is asked for, less what is here and in musl, must be a library's.
nm -A "$out/obj/libapeng.a" "$out/obj/src/cmd/main.o" 2>/dev/null |
    awk 'NF > 1 && $(NF - 1) == "U" { print $NF }' | sort -u >"$out/asked"
{ nm "$out/obj/libapeng.a" "$out/obj/src/cmd/main.o" "$libc" \
    "$(gcc -print-libgcc-file-name)"; } \
    2>/dev/null | awk 'NF == 3 && $2 ~ /[TDBRVWC]/ { print $3 }' |
    sort -u >"$out/have"
echo _GLOBAL_OFFSET_TABLE_ >>"$out/have"
sort -u -o "$out/have" "$out/have"
comm -23 "$out/asked" "$out/have" >"$out/left"
for l in tls ssl crypto yaml event_core unistring zstd; do
	nm -D --defined-only "/usr/lib/$multi/lib$l.so" |
	    sed 's/.* //; s/@.*//' | sort -u >"$out/lib"
	echo "musl: lib$l, missing in Debian for musl:" \
	    "$(comm -12 "$out/left" "$out/lib" | wc -l) functions wanted"
	comm -23 "$out/left" "$out/lib" >"$out/rest"
	mv "$out/rest" "$out/left"
done
if [ -s "$out/left" ]; then
	cat "$out/left"
	echo "not ok musl: the rest is in musl's libc"
	exit 1
fi
echo "ok musl: the rest is in musl's libc"
