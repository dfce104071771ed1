#!/bin/sh
# SPDX-License-Identifier: ISC
# BUILD=dir race.sh: a build with ThreadSanitizer does the crew's tests; its
# report of a race is a failed case by its exit status and on the output.
set -u
TOP=$(cd "$(dirname "$0")/.." && pwd)
cd "$TOP" || exit 2
case $BUILD in /*) ;; *) BUILD=$TOP/$BUILD ;; esac
APENG=$BUILD/apeng
TSAN_OPTIONS=exitcode=66
export TOP BUILD APENG TSAN_OPTIONS LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
TMP=$(mktemp -d "${TMPDIR-/tmp}/apeng.XXXXXX") || exit 2
export TMP
trap 'rm -rf "$TMP"' EXIT
trap 'exit 130' INT TERM
rc=0
# Its shadow memory wants addresses where they always are.
setarch -R "$BUILD/tests/base/t_crew" 2>&1 || rc=1
setarch -R tests/cmd/crew.test >"$TMP/log" 2>&1 || rc=1
cat "$TMP/log"
grep -q '^not ok' "$TMP/log" && rc=1
exit $rc
