#!/bin/sh
# SPDX-License-Identifier: ISC
# What can be known about OpenBSD without one: every source file is compiled
# for its syntax and types as OpenBSD's compiler would see it (Linux's macros
# gone, OpenBSD's there, none of Linux's own headers, pledge() and unveil()
# declared as their manuals do), and every function that the program then
# wants of libc, libcrypto, libssl and libtls must be one that OpenBSD has
# (tests/openbsd/has: looked up, when they came to be used, in the lists of
# symbols of OpenBSD's own sources).  Those that are not in those lists stand
# in tests/openbsd/lacks and are told.  Headers and libraries are this machine's:
# that it compiles here does not prove that it runs there.
set -u
cd "$(dirname "$0")/.." || exit 2
CC=${CC-gcc}
export LC_ALL=C
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0

ok() {		# status name
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1)); echo "ok $2"
	else
		failed=$((failed + 1)); echo "not ok $2"
	fi
}

# A header of Linux's own is an error, whoever includes it.
mkdir -p "$out/h/linux" "$out/h/sys" "$out/o"
for h in linux/tcp linux/sockios linux/seccomp linux/landlock linux/filter \
    sys/prctl sys/inotify seccomp sys/random sys/epoll sys/eventfd; do
	echo "#error \"<$h.h> is Linux's\"" >"$out/h/$h.h"
done
bad=0
for f in src/*/*.c; do
	"$CC" -std=c11 -D_GNU_SOURCE -Isrc -isystem "$out/h" -U__linux__ \
	    -U__linux -U__gnu_linux__ -Ulinux -D__OpenBSD__ \
	    -DLIBRESSL_VERSION_NUMBER=0x3080000fL \
	    -U_FORTIFY_SOURCE -O0 -DVERSION='"0"' -Wall -Wextra -Werror \
	    -Wstrict-prototypes -Wmissing-prototypes \
	    -include tests/openbsd/calls.h -c \
	    -o "$out/o/$(echo "$f" | tr / _).o" "$f" || bad=$((bad + 1))
done
ok "$bad" "openbsd-syntax: $(find "$out/o" -type f | wc -l) files compile"

nm -u "$out"/o/*.o | awk '$1 == "U" { print $2 }' | sort -u >"$out/wants"
nm --defined-only "$out"/o/*.o | awk 'NF == 3 { print $3 }' |
    sort -u >"$out/own"
# What glibc and OpenSSL 3 call by names of their own, or OpenBSD makes of
# another function by a macro; embedded files; libraries from its ports.
comm -23 "$out/wants" "$out/own" | sed 's/^__isoc99_//
s/^__errno_location$/__errno/
s/^__ctype_b_loc$/_ctype_/
/^__cmsg_nxthdr$/d
s/^std\(err\|out\|in\)$/__std\1/
s/^__assert_fail$/__assert2/
s/^EVP_PKEY_get_\(base_id\|bits\|size\)$/EVP_PKEY_\1/
s/^EVP_PKEY_CTX_set_ec_.*/EVP_PKEY_CTX_ctrl/
s/^SSL_CTX_set_options$/SSL_CTX_ctrl/
/^__stack_chk_fail$/d
/^__cpu_model$/d
/^_GLOBAL_OFFSET_TABLE_$/d
s/^OPENSSL_sk_push$/sk_push/
/^starter_files$/d
/^lang_n*all$/d
/^\(QRcode\|QRinput\|curl\|event\|evbuffer\|evsignal\|ZSTD\|yaml\|u8\|u32\|uc\|uninorm\)_/d
s/^\([a-z]*\)64$/\1/' | sort -u >"$out/asked"
sort -u tests/openbsd/has tests/openbsd/lacks >"$out/known"
unknown=$(comm -23 "$out/asked" "$out/known")
[ -z "$unknown" ]
ok $? "openbsd-syntax: no function that was not looked up there $unknown"
comm -12 "$out/asked" tests/openbsd/lacks | sed 's/^/# OpenBSD lacks /'
stale=$(comm -13 "$out/asked" tests/openbsd/lacks)
[ -z "$stale" ]
ok $? "openbsd-syntax: what is said to be lacking is wanted $stale"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
