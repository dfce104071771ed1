#!/bin/bash
# SPDX-License-Identifier: ISC
# Runs in the small Debian of tests/deb.sh, as a service of its systemd: an
# operator's first day.  bash, for there is nothing else to wait with.
set -u
exec 2>&1
cd /root || exit 2
export HOME=/root LC_ALL=C SYSTEMD_PAGER=cat

ok() {		# status name
	if [ "$1" -eq 0 ]; then echo "ok $2"; else echo "not ok $2"; fi
}

until_ok() {	# command...: within ten seconds
	for _ in $(seq 100); do
		"$@" >/dev/null 2>&1 && return 0
		sleep 0.1
	done
	return 1
}

field() {	# pid name: of /proc/PID/status
	sed -n "s/^$2:[[:space:]]*//p" "/proc/$1/status"
}

serves() {	# gemini-port gopher-port host
	load tls 127.0.0.1 "$1" "gemini://$3:$1/" 0 10 200 30 "$3" >/tmp/l1 &&
	    load tcp 127.0.0.1 "$2" / 0 10 200 30 >/tmp/l2 &&
	    grep -q '"starts": "20".*"errors": 0' /tmp/l1 &&
	    grep -q '"errors": 0' /tmp/l2 && return 0
	cat /tmp/l1 /tmp/l2
	return 1
}

# By hand, as in the README.
apeng new -l en,zh mydistrict && apeng check mydistrict
ok $? "apeng new, check"
apeng keygen -W -o office >/dev/null &&
    apeng build -k office.key -o new.gpub mydistrict &&
    apeng build -k office.key -o qianjiang.gpub /capsule
ok $? "apeng keygen, build"
apeng cert --host localhost certs >/dev/null
apeng serve -p office.pub --gemini 127.0.0.1:0 --gopher 127.0.0.1:0 new.gpub \
    >ready 2>log &
pid=$!
until_ok grep -q 'ready gopher' ready
gemini=$(sed -n 's,^ready gemini://127.0.0.1:\([0-9]*\)/$,\1,p' ready)
gopher=$(sed -n 's,^ready gopher://127.0.0.1:\([0-9]*\)/$,\1,p' ready)
serves "$gemini" "$gopher" localhost
ok $? "apeng serve on the loopback"
kill $pid && wait $pid
ok $? "and ends when told to"

# The service, first without anything to serve.
systemctl start apeng
ok $? "starting it with nothing to serve does no harm"
systemctl status apeng >status
grep -q 'unmet condition check (ConditionPathExistsGlob=' status &&
    ! systemctl is-failed -q apeng
ok $? "and tells what is missing"
systemctl enable -q apeng && systemctl is-active -q apeng.path
ok $? "enabled, it waits for that"
sed -n 's/^#     //p' /etc/apeng/apeng.yml | sed -e 's/YOUR.HOST.NAME/capsule.example/' \
    -e 's/PUBLISHER.pub/office.pub/' -e 's/PACKAGE.gpub/qianjiang.gpub/' \
    >commands
[ "$(wc -l <commands)" -eq 3 ] && sh -e commands
ok $? "the three commands of apeng.yml, as printed"
apeng serve -n -c /etc/apeng/apeng.yml
ok $? "apeng serve -n says that all is well"
until_ok bash -c '</dev/tcp/127.0.0.1/70' &&
    [ "$(systemctl show -p NRestarts --value apeng)" = 0 ]
ok $? "it has begun by itself when the package came"
serves 1965 70 capsule.example
ok $? "serves on 1965 and 70"

main=$(systemctl show -p MainPID --value apeng)
kids=$(cat "/proc/$main/task/$main/children")
# bits 2 5 6 7 10 18: DAC_READ_SEARCH KILL SETGID SETUID BIND CHROOT
[ "$(field "$main" CapBnd)" = 00000000000404e4 ] &&
    [ "$(field "$main" NoNewPrivs)" = 1 ] && [ "$(field "$main" Seccomp)" = 2 ]
ok $? "the master has what the unit leaves it"
uid=$(id -u apeng) bad=0
for k in $kids; do
	[ "$(field "$k" Uid)" = "$uid	$uid	$uid	$uid" ] &&
	    [ "$(field "$k" CapEff)" = 0000000000000000 ] || bad=1
	case $(readlink "/proc/$k/root") in
	/|'') bad=1 ;;
	esac
done
[ -n "$kids" ] && [ $bad -eq 0 ]
ok $? "its children are apeng, have no rights and an empty root"
journalctl -q -u apeng | grep -iE 'warn|cannot|no CAP|go without' && rc=1 || rc=0
ok $rc "no complaint in the journal"

systemctl reload apeng && until_ok sh -c \
    'journalctl -q -u apeng | grep "SIGHUP: certificates and keys are the same"' &&
    serves 1965 70 capsule.example
ok $? "systemctl reload"
apeng build -k office.key --renew -o /var/lib/apeng/capsule.gpub /capsule \
    >/dev/null && until_ok sh -c 'journalctl -q -u apeng |
    grep -q "package changed: the workers serve it"' && serves 1965 70 capsule.example
ok $? "a new edition in place"

cat >/etc/apeng/mirror.env <<EOT
KEY=/etc/apeng/publisher.pub
FILE=/var/lib/apeng/copy.gpub
URLS=gopher://127.0.0.1/ gemini://127.0.0.1/
EOT
systemctl start apeng-mirror.service &&
    cmp /var/lib/apeng/capsule.gpub /var/lib/apeng/copy.gpub &&
    [ "$(stat -c %U /var/lib/apeng/copy.gpub)" = apeng-mirror ]
ok $? "the mirror's service makes a copy of it"
grep -q '^apeng_mirror_attempt_success.* 1$' /run/apeng-mirror/status.prom &&
    grep -q '^apeng_package_serial{id="qianjiang"} ' /run/apeng/status.prom
ok $? "both tell how they do in files below /run"
[ -z "$(find /var/lib/apeng /etc/apeng -user apeng -o -group apeng)" ]
ok $? "nothing there belongs to the server's user"
systemctl enable -q --now apeng-mirror.timer &&
    systemctl is-active -q apeng-mirror.timer
ok $? "and its timer starts"

# A worker that hangs is another user's process: ending it takes CAP_KILL.
main=$(systemctl show -p MainPID --value apeng)
for k in $(cat "/proc/$main/task/$main/children"); do kill -STOP "$k"; done
systemctl stop apeng &&
    [ "$(systemctl show -p Result --value apeng)" = success ]
ok $? "stops, though its children hang"
systemctl start apeng && until_ok bash -c '</dev/tcp/127.0.0.1/70'
ok $? "and starts again"

# A wrong setting is told once, not every ten seconds for ever.
echo 'packges: [x]' >>/etc/apeng/apeng.yml
systemctl restart apeng
sleep 12
[ "$(systemctl show -p NRestarts --value apeng)" = 0 ] &&
    [ "$(systemctl is-failed apeng)" = failed ] &&
    journalctl -q -u apeng | grep -q 'packges: no such setting'
ok $? "a typo in apeng.yml: told, and not tried again"
sed -i '/packges/d' /etc/apeng/apeng.yml
systemctl start apeng && until_ok bash -c '</dev/tcp/127.0.0.1/70'
ok $? "mended, it starts"

# Stopped is stopped, whatever the mirror brings.
systemctl stop apeng
touch /var/lib/apeng/new.gpub; rm /var/lib/apeng/new.gpub
sleep 1
! systemctl is-active -q apeng && ! systemctl is-active -q apeng.path
ok $? "a new edition does not start what was stopped"
systemctl start apeng && until_ok bash -c '</dev/tcp/127.0.0.1/70'

for u in apeng:30 apeng-mirror:15; do
	systemd-analyze security --no-pager --threshold="${u#*:}" \
	    "${u%:*}.service" >security
	ok $? "${u%:*}: $(tail -n 1 security | tr -cd ' -~')"
done

# Taken away while it runs.
dpkg --purge apeng >purge.log 2>&1
ok $? "dpkg --purge of the running service"
! systemctl is-active -q apeng && ! pgrep apeng >/dev/null 2>&1 &&
    ! bash -c '</dev/tcp/127.0.0.1/70' 2>/dev/null
ok $? "nothing runs any more"
grep -q 'kept, with your keys.* /etc/apeng /var/lib/apeng' purge.log &&
    [ -e /etc/apeng/certs/capsule.example.key ] &&
    id apeng-mirror >/dev/null
ok $? "keys and packages are kept, and that is said"
[ ! -e /usr/bin/apeng ] && [ ! -e /etc/apeng/apeng.yml ] &&
    [ -z "$(find /etc/systemd /lib/systemd /usr/lib -name 'apeng*')" ]
ok $? "all else is gone"
echo end
