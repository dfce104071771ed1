#!/bin/sh
# SPDX-License-Identifier: ISC
# make check-clients: every real client of Debian against a served capsule.
# BUILD=dir run.sh [NAME...]; the last line is `N passed, N failed'.
set -u
TOP=$(cd "$(dirname "$0")/../.." && pwd)
cd "$TOP" || exit 2
BUILD=${BUILD-build}
case $BUILD in /*) ;; *) BUILD=$TOP/$BUILD ;; esac
APENG=$BUILD/apeng
PATH=/usr/bin:/bin:$PATH	# Debian's python3
export TOP BUILD APENG PATH LC_ALL=C.UTF-8
passed=0 failed=0
work=$(mktemp -d "${TMPDIR-/tmp}/apeng.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

[ $# -gt 0 ] || set -- on_gemini on_gopher on_kristall on_dos on_package
for name; do
	TMP=$work/$name
	mkdir "$TMP"
	export TMP
	echo "== $name"
	timeout -k 5 1200 python3 "tests/clients/$name.py" 2>&1 </dev/null |
	    tee "$work/out"
	p=$(grep -c '^ok ' "$work/out"); f=$(grep -c '^not ok ' "$work/out")
	if [ "$f" -eq 0 ] && ! grep -q "^# $name done" "$work/out"; then
		echo "not ok $name: did not come to its end"
		f=1
	fi
	passed=$((passed + p)); failed=$((failed + f))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
