#!/bin/sh
# SPDX-License-Identifier: ISC
# Fuzz every entry for T seconds each with clang's libFuzzer, as many at a time
# as there are processors or as J says:
#	fuzz.sh SECONDS [NAME...]
# Findings stay in build/fuzz/found/; new inputs that reach new code go to
# build/fuzz/corpus/NAME (merge the good ones into tests/fuzz/corpus by hand).
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift || true
cpus=$(nproc)

if [ "${FUZZ_ONE-}" = yes ]; then
	n=$1
	"build/fuzz/bin/$n" -max_total_time="$seconds" -timeout=10 \
	    -rss_limit_mb=1024 -print_final_stats=1 -close_fd_mask=1 \
	    -artifact_prefix="build/fuzz/found/$n-" "build/fuzz/corpus/$n" \
	    "tests/fuzz/corpus/$n" >"build/fuzz/$n.log" 2>&1 && rc=0 || rc=$?
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' \
	    "build/fuzz/$n.log")
	if [ "$rc" -eq 0 ]; then
		echo "ok fuzz $n: ${runs:-0} executions in $seconds s"
	else
		echo "not ok fuzz $n: exit $rc, see build/fuzz/$n.log"
	fi
	exit 0
fi

flags="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all"
make -j"$cpus" CC=clang BUILD=build/fuzz CFLAGS="-O1 -g $flags" \
    LDFLAGS="-fsanitize=address,undefined" build/fuzz/libapeng.a >/dev/null
mkdir -p build/fuzz/found build/fuzz/bin
names=${*:-$(cd tests/fuzz && for f in f_*.c; do n=${f#f_}; echo "${n%.c}"; done)}
for n in $names; do
	mkdir -p "build/fuzz/corpus/$n"
	# shellcheck disable=SC2046
	clang -std=c11 -D_GNU_SOURCE -Isrc -Itests -O1 -g \
	    -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	    -o "build/fuzz/bin/$n" "tests/fuzz/f_$n.c" \
	    $(find tests/lib -name '*.c') build/fuzz/libapeng.a \
	    -levent_core -ltls -lssl -lcrypto -lyaml -lunistring -lzstd \
	    -lqrencode -lz
done
# shellcheck disable=SC2086
printf '%s\n' $names | FUZZ_ONE=yes xargs -P "${J:-$cpus}" -n 1 \
    sh "$0" "$seconds"
