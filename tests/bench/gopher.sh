#!/bin/sh
# SPDX-License-Identifier: ISC
# Old machines: seconds at 2400 and 9600 bit/s from the root menu to the first
# fact of each page, and what a search costs beside grep.  The status is 1
# when a goal is missed.
set -u
work=$(mktemp -d "${TMPDIR-/tmp}/apeng.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
"$APENG" build --unsigned -o "$work/q.gpub" "$TOP/capsule" >"$work/log" 2>&1 || {
	cat "$work/log"
	exit 2
}
rc=0
"$BUILD/tests/tools/gopherbytes" "$work/q.gpub" || rc=1
echo
"$BUILD/tests/tools/searchspeed" "$work/q.gpub" || rc=1
exit $rc
