#!/bin/sh
# Fuzz every entry for T seconds each with clang's libFuzzer, two at a time:
#	fuzz.sh SECONDS [NAME...]
# Findings stay in build/fuzz/found/; new inputs that reach new code go to
# build/fuzz/corpus/NAME (merge the good ones into tests/fuzz/corpus by hand).
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift || true
flags="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all"
make -j"$(nproc)" CC=clang BUILD=build/fuzz CFLAGS="-O1 -g $flags" \
    LDFLAGS="-fsanitize=address,undefined" build/fuzz/libapeng.a >/dev/null
mkdir -p build/fuzz/found
names=${*:-$(cd tests/fuzz && for f in f_*.c; do n=${f#f_}; echo "${n%.c}"; done)}

one() {
	n=$1
	mkdir -p "build/fuzz/corpus/$n" "build/fuzz/bin"
	# shellcheck disable=SC2046
	clang -std=c11 -D_GNU_SOURCE -Isrc -Itests -O1 -g \
	    -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	    -o "build/fuzz/bin/$n" "tests/fuzz/f_$n.c" \
	    $(find tests/lib -name '*.c') build/fuzz/libapeng.a \
	    -levent_core -ltls -lssl -lcrypto -lyaml -lunistring -lzstd \
	    -lseccomp
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
}

set -- $names
while [ $# -gt 0 ]; do
	one "$1" &
	a=$!
	if [ $# -gt 1 ]; then
		one "$2" &
		b=$!
		wait "$b"
		shift
	fi
	wait "$a"
	shift
done
