#!/bin/sh
# SPDX-License-Identifier: ISC
# make check-fresh, as root: the README's two commands on machines that have
# nothing yet.  fresh.sh [RELEASE...]; bookworm and trixie when none is named.
#
# debootstrap makes the smallest root of the release (kept as an archive in
# build/fresh/), git, make and gcc come into it, then a clone of this
# checkout.  `make run' must print its ready lines and answer over both
# protocols, then `make check' must pass; T=FOLDER runs `make test T=FOLDER'
# instead.  All of it happens in mount and process namespaces of its own:
# when this script ends, for whatever reason, the kernel ends every process
# in there and takes the mounts away.
set -u
cd "$(dirname "$0")/.." || exit 2
top=$PWD
. tests/lib/debian.sh
work=$top/build/fresh
T=${T-}
run_limit=${RUN_LIMIT-1800}	# seconds for make run's packages and build

inside() {
	chroot "$root" env -i --default-signal HOME=/root TERM=dumb LC_ALL=C.UTF-8 \
	    PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

if [ "$(id -u)" -ne 0 ]; then
	echo "check-fresh: needs root, for debootstrap and chroot" >&2
	exit 2
fi

# The second time around this script is alone in its namespaces.  They end
# with unshare, and unshare with this shell, even when it is killed.
if [ "${FRESH_INSIDE-}" = "" ]; then
	mkdir -p "$work"
	rm -rf --one-file-system "$work"/root.*
	rc=0 apart='' root=''
	trap '[ -z "$apart" ] || kill -KILL "$apart"
	    [ -z "$root" ] || rm -rf --one-file-system "$root"' EXIT
	trap 'exit 130' INT TERM HUP
	[ $# -gt 0 ] || set -- bookworm trixie
	for release; do
		root=$work/root.$release
		FRESH_INSIDE=$root T=$T setpriv --pdeathsig KILL unshare \
		    --mount --pid --fork --kill-child --propagation private \
		    -- sh tests/fresh.sh "$release" &
		apart=$!
		wait "$apart" || rc=1
		apart=
		rm -rf --one-file-system "$root"
	done
	exit $rc
fi

release=$1 root=$FRESH_INSIDE
passed=0 failed=0
ok() {		# status name
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1)); echo "ok $release: $2"
	else
		failed=$((failed + 1)); echo "not ok $release: $2"
	fi
}

ready() {	# a line of make run's output, or what there is after a while
	i=0
	until grep -qs "$1" "$root/root/run.log"; do
		i=$((i + 1))
		kill -0 "$server" 2>/dev/null && [ $i -lt "$run_limit" ] ||
		    return 1
		sleep 1
	done
}

if [ ! -e "$work/$release.tar" ]; then
	echo "== $release: debootstrap"
	debian_root "$release" "$root" || exit 1
	tar -C "$root" --one-file-system -cf "$work/$release.tar.new" . &&
	    mv "$work/$release.tar.new" "$work/$release.tar" || exit 1
	rm -rf "$root"
fi
mkdir -p "$root"
tar -C "$root" -xf "$work/$release.tar" || exit 1
cp /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" || exit 1

echo "== $release: git, make, gcc, and a clone"
inside apt-get update -qq && inside env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends git make gcc \
    >"$work/$release.log" 2>&1 ||
    { cat "$work/$release.log"; exit 1; }
git clone -q --no-hardlinks "file://$top" "$root/root/apeng" || exit 1

echo "== $release: make run"
inside sh -c 'cd /root/apeng && exec make run' \
    >"$root/root/run.log" 2>&1 </dev/null &
server=$!
ready '^ready gopher://\[::1\]' || ready '^ready gopher'
ok $? "make run prints its ready lines"
inside bash -c 'exec 3<>/dev/tcp/127.0.0.1/7070 && echo >&3 && cat <&3' |
    grep -q '^1.*/en	'
ok $? "a Gopher client gets the root menu"
inside sh -c 'cd /root && apeng/build/apeng mirror --once \
    -p apeng/certs/publisher.pub -o copy.gpub gemini://localhost:1965/ &&
    cmp copy.gpub apeng/build/qianjiang.gpub' >"$work/$release.log" 2>&1
ok $? "apeng mirror gets the package over Gemini"
[ $failed -eq 0 ] || tail -n 30 "$root/root/run.log" "$work/$release.log"
# The master is the one whose parent is not called apeng.
inside bash -c 'for p in /proc/[0-9]*; do
	[[ $(<"$p/comm") = apeng ]] || continue
	parent=$(sed -n "s/^PPid:\t//p" "$p/status")
	[[ $(<"/proc/$parent/comm") = apeng ]] || kill -TERM "${p#/proc/}"
done 2>/dev/null'
wait "$server"
inside bash -c '! grep -qsx apeng /proc/[0-9]*/comm'
ok $? "and ends when told to"

if [ -n "$T" ]; then
	echo "== $release: make test T=\"$T\""
	inside sh -c 'cd /root/apeng && sh conf/prepare.sh check &&
	    exec make test T="$1"' sh "$T"
else
	echo "== $release: make check"
	inside sh -c 'cd /root/apeng && exec make check'
fi </dev/null >"$work/$release.check" 2>&1
rc=$?
cat "$work/$release.check"
ok $rc "the tests: $(tail -n 1 "$work/$release.check")"
echo "$release: $passed passed, $failed failed"
[ $failed -eq 0 ]
