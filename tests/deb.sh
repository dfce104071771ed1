#!/bin/sh
# SPDX-License-Identifier: ISC
# make check-deb, as root: the Debian package in a small Debian of its own, of
# the release that this machine has.
# debootstrap's root is kept in build/deb-test/base.  There apt installs the
# package, systemd boots in systemd-nspawn without a network and
# tests/deb-inside.sh drives the services; purging must leave nothing behind.
set -u
cd "$(dirname "$0")/.." || exit 2
top=$PWD
. tests/lib/debian.sh
work=$top/build/deb-test
base=$work/base
root=$work/root
deb=$(ls "$top"/build/apeng_*_"$(dpkg --print-architecture)".deb)
load=${BUILD-build}/tests/tools/load
passed=0 failed=0
export LC_ALL=C DEBIAN_FRONTEND=noninteractive

ok() {		# status name
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1)); echo "ok $2"
	else
		failed=$((failed + 1)); echo "not ok $2"
	fi
}

inside() {
	chroot "$root" env PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

# Everything but what apt and dpkg keep for themselves and backups of passwd.
files() {
	(cd "$root" && find . -xdev \( -path ./var/cache -o -path ./var/lib/apt \
	    -o -path ./var/lib/dpkg -o -path ./var/log -o -path ./proc -o -path ./run \) \
	    -prune -o ! -name '*-' -printf '%p %M %u:%g\n' | LC_ALL=C sort)
	sort "$root/etc/passwd" "$root/etc/group"
}

fresh() {
	rm -rf "$root"
	cp -a "$base" "$root"
	cp "$deb" "$root/apeng.deb"
	cp /etc/resolv.conf "$root/etc/resolv.conf"
}

if [ "$(id -u)" -ne 0 ]; then
	echo "check-deb: needs root, for debootstrap and systemd-nspawn" >&2
	exit 2
fi
if [ ! -e "$base/.done" ]; then
	echo "== debootstrap into build/deb-test/base"
	release=$(. /etc/os-release && echo "$VERSION_CODENAME")
	debian_root "$release" "$base" systemd || exit 1
	touch "$base/.done"
fi

echo "== what lintian says of it"
lintian -q "$deb" >"$work/lintian.log" 2>&1; cat "$work/lintian.log"
! grep -E '^[EW]:|hardening|fortify|bindnow|pie' "$work/lintian.log"
ok $? "lintian: no error, no warning, nothing of hardening"
dpkg -c "$(echo "$top"/build/apeng-dbgsym_*.deb)" | grep '/debug/' >/dev/null
ok $? "symbols for debuggers are in apeng-dbgsym"

echo "== apt installs and purges it, nothing used"
fresh
inside apt-get update -qq
files >"$work/before"
inside apt-get install -y --no-install-recommends /apeng.deb \
    >"$work/install.log" 2>&1
ok $? "apt-get install brings the dependencies"
grep -q 'three commands' "$work/install.log"
ok $? "the installation says how to go on"
inside apeng --help | grep -q '^usage: apeng'
ok $? "apeng --help"
inside dpkg --verify apeng
ok $? "the files are those of the package"
[ -e "$root/etc/systemd/system/multi-user.target.wants/apeng.service" ] &&
    rc=1 || rc=0
ok $rc "nothing is enabled that could not start"
inside systemd-analyze verify --man=no apeng.service apeng-mirror.service \
    apeng-mirror.timer apeng.path >"$work/verify.log" 2>&1 &&
    [ ! -s "$work/verify.log" ]
ok $? "systemd-analyze verify is silent"; cat "$work/verify.log"
{ inside apt-get purge -y apeng &&
    inside apt-get autoremove -y --purge \
    -o APT::AutoRemove::SuggestsImportant=false; } >"$work/purge.log" 2>&1
ok $? "apt-get purge"
files >"$work/after"
diff "$work/before" "$work/after"
ok $? "not a file, user or group is left"

echo "== systemd starts it"
inside apt-get install -y --no-install-recommends /apeng.deb \
    >"$work/install.log" 2>&1
cp tests/deb-inside.sh "$root/inside.sh"
cp "$load" "$root/usr/local/bin/load"
cp -r capsule "$root/capsule"
cat >"$root/etc/systemd/system/inside.service" <<EOT
[Unit]
After=multi-user.target
SuccessAction=poweroff-force
FailureAction=poweroff-force
[Service]
Type=oneshot
ExecStart=/bin/bash /inside.sh
StandardOutput=file:/inside.out
StandardError=inherit
TimeoutStartSec=180
EOT
ln -s ../inside.service "$root/etc/systemd/system/default.target.wants" \
    2>/dev/null
mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
ln -sf ../inside.service "$root/etc/systemd/system/multi-user.target.wants/"
timeout 300 systemd-nspawn -q --register=no --keep-unit --private-network \
    --boot -D "$root" --machine="apeng-test-$$" </dev/null \
    >"$work/boot.log" 2>&1
if [ ! -s "$root/inside.out" ]; then
	ok 1 "systemd boots in systemd-nspawn"
	tail -n 20 "$work/boot.log"
else
	cat "$root/inside.out"
	passed=$((passed + $(grep -c '^ok ' "$root/inside.out")))
	failed=$((failed + $(grep -c '^not ok ' "$root/inside.out")))
	grep -q '^end$' "$root/inside.out"
	ok $? "all of it ran"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
