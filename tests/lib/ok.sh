# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# For shell tests, to be sourced: a line a case.
#	ok NAME		it is right
#	no NAME		it is wrong: first the file log is shown, if there is
#			one here; `exit $rc' at the end says so, too
#	is NAME STATUS COMMAND...	the command ends with that status; what
#			it prints is in the file out
#	said NAME PATTERN	and is like that
# shellcheck disable=SC2034	# rc is the test's
rc=0
ok() { echo "ok $1"; }
no() { [ ! -e log ] || cat log; echo "not ok $1"; rc=1; }
is() {
	name=$1 want=$2; shift 2
	"$@" >out 2>&1 && got=0 || got=$?
	if [ "$got" -eq "$want" ]; then ok "$name"; else
		cat out; no "$name: exit $got, want $want"; fi
}
said() { if grep -q -e "$2" out; then ok "$1"; else cat out; no "$1"; fi; }
