#!/bin/sh
# SPDX-License-Identifier: ISC
# Every measurement of `make bench`, each beside its yardstick.  BENCH=name
# runs one script (server, mirror, gopher, ...).
set -u
cd "$(dirname "$0")/../.." || exit 2
TOP=$PWD
BUILD=${BUILD-build}
case $BUILD in /*) ;; *) BUILD=$TOP/$BUILD ;; esac
APENG=$BUILD/apeng
export TOP BUILD APENG LC_ALL=C.UTF-8
for s in tests/bench/[a-z]*.py tests/bench/[a-z]*.sh; do
	n=$(basename "$s"); n=${n%.*}
	case $n in synth|bench|web|"*") continue ;; esac
	[ "${BENCH:-$n}" = "$n" ] || continue
	echo "== $n"
	case $s in
	*.py)	python3 "$s" ;;
	*)	sh "$s" ;;
	esac
done
