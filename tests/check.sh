#!/bin/sh
# All tests in all builds; one total line, the last.  SAN=1: that build only.
set -u
cd "$(dirname "$0")/.." || exit 2
make=${MAKE-make}
jobs=$(nproc 2>/dev/null || echo 2)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0 failed=0

build() {	# name kind make-arguments...
	name=$1 kind=$2; shift 2
	echo "== $name: build"
	if ! "$make" -j"$jobs" BUILD="build/$name" "$@" tests-built \
	    >"$log" 2>&1; then
		tail -n 60 "$log"
		echo "not ok $name: does not build"
		failed=$((failed + 1))
		return
	fi
	echo "== $name: tests"
	if [ "$kind" = all ]; then
		BUILD=build/$name sh tests/run.sh 2>&1 | tee "$log"
	else
		RUN_ONLY=$kind BUILD=build/$name sh tests/run.sh 2>&1 |
		    tee "$log"
	fi
	last=$(tail -n 1 "$log")
	p=$(expr "$last" : '\([0-9]*\) passed, [0-9]* failed$') || p=0
	f=$(expr "$last" : '[0-9]* passed, \([0-9]*\) failed$') || f=${f:-1}
	passed=$((passed + ${p:-0})); failed=$((failed + ${f:-1}))
}

if [ "${SAN-0}" != 1 ]; then
	build gcc all CC=gcc
	build clang unit CC=clang
fi
build san all CC=gcc SAN=1 "CFLAGS=-O1 -g"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
