#!/bin/sh
# SPDX-License-Identifier: ISC
# The long forms of tests: BUILD=dir long.sh NAME runs tests/net/NAME.py,
# which prints a line `ok ...' or `not ok ...' a case and its figures as
# comments; NAME.test beside it is the short form that `make check' runs.
set -u
TOP=$(cd "$(dirname "$0")/.." && pwd)
cd "$TOP" || exit 2
BUILD=${BUILD-build}
case $BUILD in /*) ;; *) BUILD=$TOP/$BUILD ;; esac
APENG=$BUILD/apeng
export TOP BUILD APENG
PATH=/usr/bin:/bin:$PATH	# Debian's python3, with Debian's modules
export PATH
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
TMP=$(mktemp -d "${TMPDIR-/tmp}/apeng.XXXXXX") || exit 2
export TMP
trap 'rm -rf "$TMP"' EXIT
trap 'exit 130' INT TERM
"tests/net/$1.py"
