#!/bin/sh
# Run the tests of one build: BUILD=dir run.sh [FOLDER...]
# Unit tests are $BUILD/tests/FOLDER/t_*; system tests are
# tests/FOLDER/*.test (sh or python by their first line), which get
# APENG (the binary), BUILD, TOP and a private empty TMP.  Each prints a line
# `ok ...` or `not ok ...` a case.  RUN_ONLY=unit|system runs one kind.
# The last line is `N passed, N failed`.
set -u
TOP=$(cd "$(dirname "$0")/.." && pwd)
cd "$TOP" || exit 2
BUILD=${BUILD-build}
case $BUILD in /*) ;; *) BUILD=$TOP/$BUILD ;; esac
APENG=$BUILD/apeng
export TOP BUILD APENG
PATH=/usr/bin:/bin:$PATH	# Debian's python3, with Debian's modules
export PATH
export LC_ALL=C.UTF-8 CMOCKA_MESSAGE_OUTPUT=TAP
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 
export UBSAN_OPTIONS=print_stacktrace=1
passed=0 failed=0
work=$(mktemp -d "${TMPDIR-/tmp}/apeng.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

one() {		# name command...
	name=$1; shift
	out=$work/out
	TMP=$work/t
	mkdir -p "$TMP"
	export TMP
	timeout -k 5 "${TEST_LIMIT-300}" "$@" >"$out" 2>&1 </dev/null
	rc=$?
	p=$(grep -c '^ok ' "$out"); f=$(grep -c '^not ok ' "$out")
	if [ "$f" -eq 0 ] && { [ "$rc" -ne 0 ] || [ "$p" -eq 0 ]; }; then
		f=1
		echo "not ok $name: exit status $rc, $p cases ran"
	fi
	if [ "$f" -ne 0 ]; then
		echo "== $name"
		tail -n 120 "$out"
	else
		echo "ok $name ($p)"
	fi
	passed=$((passed + p)); failed=$((failed + f))
	chmod -R u+rwX "$TMP" 2>/dev/null
	rm -rf "$TMP"
}

folders=${*:-$(cd tests && echo */)}
for d in $folders; do
	d=${d%/}
	if [ "${RUN_ONLY-unit}" = unit ]; then
		for s in tests/"$d"/t_*.c; do
			[ -e "$s" ] || continue
			t=${s#tests/}; t=${t%.c}
			one "$t" "$BUILD/tests/$t"
		done
		for s in tests/"$d"/f_*.c; do
			[ -e "$s" ] || continue
			n=${s#tests/fuzz/f_}; n=${n%.c}
			one "fuzz/$n" "$BUILD/tests/fuzz/f_$n" \
			    "tests/fuzz/corpus/$n"
		done
	fi
	if [ "${RUN_ONLY-system}" = system ]; then
		for s in tests/"$d"/*.test; do
			[ -e "$s" ] || continue
			one "${s#tests/}" "$s"
		done
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
