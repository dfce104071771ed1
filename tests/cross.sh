#!/bin/sh
# SPDX-License-Identifier: ISC
# Build for another machine with Debian's cross compilers and run the unit
# tests there under qemu-user: cross.sh arm64|armhf|s390x
# s390x is big-endian, armhf has 32-bit pointers.  Then the capsule is
# compiled, verified, exported, mirrored and served there, and must come out
# as it does here, byte for byte.  The libraries come from Debian's packages
# for that machine, unpacked into build/cross/ARCH/root; this machine's own
# package database is not touched.
#
# cross.sh musl: see tests/musl.sh; cross.sh openbsd-syntax: tests/openbsd.sh
set -eu
cd "$(dirname "$0")/.."
top=$PWD
arch=${1-}
case $arch in
arm64)	t=aarch64-linux-gnu qemu=qemu-aarch64 ;;
armhf)	t=arm-linux-gnueabihf qemu=qemu-arm ;;
s390x)	t=s390x-linux-gnu qemu=qemu-s390x ;;
musl)	exec sh tests/musl.sh ;;
openbsd-syntax)	exec sh tests/openbsd.sh ;;
*)	echo "usage: cross.sh arm64|armhf|s390x|musl|openbsd-syntax" >&2; exit 2 ;;
esac
out=$top/build/cross/$arch
root=$out/root
run=$out/run
passed=0 failed=0

ok() {		# status name
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1)); echo "ok $2"
	else
		failed=$((failed + 1)); echo "not ok $2"
	fi
}

fetch() {
	# The release itself is enough, and its index is never half-updated.
	mkdir -p "$out/apt/lists/partial" "$out/apt/cache/archives/partial" \
	    "$out/apt/parts" "$root"
	: >"$out/apt/status"
	echo "deb http://deb.debian.org/debian bookworm main" \
	    >"$out/apt/sources"
	cat >"$out/apt/conf" <<-EOT
		APT::Architecture "$arch";
		APT::Architectures { "$arch"; };
		Dir::Etc::sourcelist "$out/apt/sources";
		Dir::Etc::sourceparts "$out/apt/parts";
		Dir::State "$out/apt";
		Dir::State::status "$out/apt/status";
		Dir::Cache "$out/apt/cache";
		APT::Sandbox::User "root";
	EOT
	export APT_CONFIG="$out/apt/conf"
	apt-get update -qq
	apt-get install -y -qq --download-only --no-install-recommends \
	    libc6-dev libtls-dev libssl-dev libyaml-dev libevent-dev \
	    libunistring-dev libzstd-dev libcmocka-dev \
	    >"$out/apt/log" 2>&1 || { cat "$out/apt/log"; return 1; }
	unset APT_CONFIG
	for d in "$out"/apt/cache/archives/*.deb; do
		dpkg -x "$d" "$root"
	done
	touch "$out/unpacked"
}

there() {
	"$qemu" -L "$root" "$out/obj/apeng" "$@"
}

# The same command there and here, in folders of the same look.
both() {	# command...
	(cd "$run/there" && there "$@") >"$run/there.out" 2>"$run/err" &&
	    (cd "$run/here" && "$top/build/apeng" "$@") >"$run/here.out" \
	    2>"$run/err" || { cat "$run/err"; return 1; }
}

same() {
	cmp "$run/there.out" "$run/here.out" &&
	    diff -r "$run/there" "$run/here" >"$run/diff" ||
	    { head -n 20 "$run/diff" "$run/there.out"; return 1; }
}

# What the unit tests cannot see: whole commands.  No sandbox: qemu-user
# cannot load a filter of system calls.
commands() {
	rm -rf "$run"
	mkdir -p "$run/there" "$run/here"
	build/apeng keygen -W -o "$run/k" >/dev/null
	rc=0
	both build -k ../k.key -o q.gpub "$top/capsule" && same || rc=$?
	ok $rc "apeng build: package and blobs, byte for byte"
	rc=0
	both verify -p ../k.pub q.gpub && same || rc=$?
	ok $rc "apeng verify"
	rc=0
	both export q.gpub tree && same || rc=$?
	ok $rc "apeng export: every view of every page"
	rc=0
	both search q.gpub river && same && both cat --view gb q.gpub \
	    zh/index && same || rc=$?
	ok $rc "apeng search, cat"
	for d in there here; do
		(cd "$run/$d" && cp ../k.pub k.pub &&
		    cp -r "$top/capsule" c && sed -i \
		    's/en: GDP grew .*/en: Changed./' c/pages/economy.yml)
	done
	rc=0
	both build -k ../k.key --renew -o q.gpub c && same || rc=$?
	ok $rc "the next edition, with its delta"
	serve
}

serve() {
	build/apeng cert --host localhost "$run/certs" >/dev/null
	"$qemu" -L "$root" "$out/obj/apeng" serve --sandbox no -p "$run/k.pub" \
	    --certs "$run/certs" --workers 1 --gemini 127.0.0.1:0 \
	    --gopher 127.0.0.1:0 "$run/there/q.gpub" >"$run/ready" \
	    2>"$run/log" &
	pid=$!
	i=0
	until grep -q 'ready gopher' "$run/ready" || [ $i -gt 300 ]; do
		i=$((i + 1)); sleep 0.1
	done
	for u in $(sed -n 's/^ready //p' "$run/ready"); do
		rc=0
		there mirror --once -p "$run/k.pub" -o "$run/m.gpub" "$u" \
		    >"$run/mirror" 2>&1 && cmp "$run/m.gpub" \
		    "$run/there/q.gpub" || { rc=1; cat "$run/mirror"; }
		ok $rc "apeng serve and mirror over ${u%%:*}"
		rm -rf "$run"/m.gpub*
	done
	[ $i -le 300 ] || cat "$run/log"
	kill $pid && wait $pid && rc=0 || rc=$?
	ok $rc "and ends when told to"
}

unit_tests() {
	export CMOCKA_MESSAGE_OUTPUT=TAP LC_ALL=C.UTF-8 TOP="$top"
	for s in tests/*/t_*.c tests/fuzz/f_*.c; do
		n=${s#tests/}; n=${n%.c}
		arg=
		case $n in
		net/t_sandbox)	# needs seccomp, which qemu-user has not
			echo "skipped $n"; continue ;;
		fuzz/f_*)
			arg=tests/fuzz/corpus/${n#fuzz/f_} ;;
		esac
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
}

if [ ! -e "$out/unpacked" ]; then
	echo "cross: fetching libraries for $arch"
	fetch
fi
echo "cross: compiling for $arch"
make -j"$(nproc)" BUILD="build/cross/$arch/obj" \
    CC="${CCACHE-} $t-gcc --sysroot=$root" \
    CFLAGS="-O2 -g -I$root/usr/include -I$root/usr/include/$t" \
    LDFLAGS="-L$root/usr/lib/$t -L$root/lib/$t -Wl,-rpath-link,$root/usr/lib/$t:$root/lib/$t" \
    tests-built >"$out/log" 2>&1 || { tail -n 30 "$out/log"; exit 1; }
"$t-size" "$out/obj/apeng"
"$t-strip" -o "$out/apeng" "$out/obj/apeng"
echo "$arch: apeng, stripped: $(wc -c <"$out/apeng") bytes"
echo "cross: commands under $qemu"
commands
echo "cross: unit tests under $qemu"
unit_tests
echo "$arch: $passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
