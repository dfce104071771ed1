#!/bin/sh
# SPDX-License-Identifier: ISC
# ROUNDS editions (100) that replace others while as many readers with small
# windows are in the middle of a download: nobody may be cut.  make check does
# the same with 30.
set -u
TMP=$(mktemp -d "${TMPDIR-/tmp}/apeng.XXXXXX") || exit 2
trap 'rm -rf "$TMP"' EXIT
export TMP ROUNDS="${ROUNDS-100}"
"$TOP/tests/net/handed.test"
