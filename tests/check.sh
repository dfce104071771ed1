#!/bin/sh
# SPDX-License-Identifier: ISC
# All tests in all builds: gcc, clang (unit tests only) and sanitizers.  The
# last line is the total.  SAN=1: the sanitizer build only.
#
# Tests wait more than they compute, so the next builds are compiled while
# gcc's tests run.  Tests that want the machine for themselves (run: alone,
# see run.py) come when no compiler runs.
set -u
cd "$(dirname "$0")/.." || exit 2
make=${MAKE-make}
jobs=$(nproc 2>/dev/null || echo 2)
work=$(mktemp -d)
later='' making=''
trap 'kill $later $making 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0

compile() {	# name make-arguments...: its messages are in $work/NAME.log
	name=$1; shift
	"$make" -j"$jobs" BUILD="build/$name" "$@" tests-built \
	    >"$work/$name.log" 2>&1 &
	making=$!
	wait "$making"
	echo $? >"$work/$name.rc"
	making=
}

is_built() {	# name
	[ "$(cat "$work/$1.rc")" = 0 ] && return 0
	tail -n 60 "$work/$1.log"
	echo "not ok $1: does not build"
	failed=$((failed + 1))
	return 1
}

tests() {	# name variables...
	name=$1; shift
	is_built "$name" || return 0
	echo "== $name: tests"
	env "$@" BUILD="build/$name" python3 tests/run.py 2>&1 |
	    tee "$work/log"
	last=$(tail -n 1 "$work/log")
	p=$(expr "$last" : '\([0-9]*\) passed, [0-9]* failed$') || p=${p:-0}
	f=$(expr "$last" : '[0-9]* passed, \([0-9]*\) failed$') || f=${f:-1}
	passed=$((passed + p)); failed=$((failed + f))
}

gcc() { compile gcc CC=gcc; }
clang() { compile clang CC=clang; }
san() { compile san CC=gcc SAN=1 "CFLAGS=-O1 -g"; }

if [ "${SAN-0}" = 1 ]; then
	echo "== san: build"
	san
	tests san
else
	echo "== gcc: build"
	gcc
	(trap 'kill $making 2>/dev/null; exit 1' TERM; san; clang) &
	later=$!
	tests gcc RUN_WHEN=together
	echo "== san, clang: build"
	wait "$later"
	later=
	tests clang RUN_ONLY=unit
	tests san RUN_AGAIN=1 RUN_WHEN=together
	# One after another from here on.
	is_built gcc 2>/dev/null && tests gcc RUN_WHEN=alone
	is_built san && tests san RUN_AGAIN=1 RUN_WHEN=alone
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
