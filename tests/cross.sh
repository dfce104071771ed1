#!/bin/sh
# Build for another machine with Debian's cross compilers and run the unit
# tests there under qemu-user: cross.sh arm64|armhf|s390x
# s390x is big-endian, armhf has 32-bit pointers.  The libraries come from
# Debian's packages for that machine, unpacked into build/cross/ARCH/root;
# this machine's own package database is not touched.
set -eu
cd "$(dirname "$0")/.."
top=$PWD
arch=${1-}
case $arch in
arm64)	t=aarch64-linux-gnu qemu=qemu-aarch64 ;;
armhf)	t=arm-linux-gnueabihf qemu=qemu-arm ;;
s390x)	t=s390x-linux-gnu qemu=qemu-s390x ;;
*)	echo "usage: cross.sh arm64|armhf|s390x" >&2; exit 2 ;;
esac
out=$top/build/cross/$arch
root=$out/root
mkdir -p "$out/apt/lists/partial" "$out/apt/cache/archives/partial" "$root"

if [ ! -e "$out/unpacked" ]; then
	echo "cross: fetching libraries for $arch"
	: >"$out/apt/status"
	cat >"$out/apt/conf" <<-EOF
		APT::Architecture "$arch";
		APT::Architectures { "$arch"; };
		Dir::State "$out/apt";
		Dir::State::status "$out/apt/status";
		Dir::Cache "$out/apt/cache";
		APT::Sandbox::User "root";
	EOF
	APT_CONFIG=$out/apt/conf apt-get update -qq
	APT_CONFIG=$out/apt/conf apt-get install -y -qq --download-only \
	    --no-install-recommends libc6-dev libtls-dev libssl-dev \
	    libyaml-dev libevent-dev libunistring-dev libzstd-dev \
	    libseccomp-dev libcmocka-dev >"$out/apt/log" 2>&1
	for d in "$out"/apt/cache/archives/*.deb; do
		dpkg -x "$d" "$root"
	done
	touch "$out/unpacked"
fi
echo "cross: compiling for $arch"
make -j"$(nproc)" BUILD="build/cross/$arch/obj" \
    CC="$t-gcc --sysroot=$root" \
    CFLAGS="-O2 -g -I$root/usr/include -I$root/usr/include/$t" \
    LDFLAGS="-L$root/usr/lib/$t -L$root/lib/$t -Wl,-rpath-link,$root/usr/lib/$t:$root/lib/$t" \
    tests-built >"$out/log" 2>&1 || { tail -n 30 "$out/log"; exit 1; }
"$t-size" "$out/obj/apeng"
echo "cross: unit tests under $qemu"
passed=0 failed=0
export CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8 TOP="$top"
for s in tests/*/t_*.c tests/fuzz/f_*.c; do
	n=${s#tests/}; n=${n%.c}
	arg=
	case $n in fuzz/f_*) arg=tests/fuzz/corpus/${n#fuzz/f_} ;; esac
	# shellcheck disable=SC2086
	timeout 600 "$qemu" -L "$root" "$out/obj/tests/$n" $arg \
	    >"$out/test" 2>&1 && rc=0 || rc=$?
	p=$(grep -c '^ok ' "$out/test") || p=0
	f=$(grep -c '^not ok ' "$out/test") || f=0
	[ "$rc" -eq 0 ] || [ "$f" -gt 0 ] || f=1
	if [ "$f" -gt 0 ]; then
		echo "== $n (exit $rc)"; tail -n 15 "$out/test"
	fi
	passed=$((passed + p)); failed=$((failed + f))
done
echo "$arch: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
