#!/bin/sh
# SPDX-License-Identifier: ISC
# make install: copies the program, manuals, settings and units to their
# folders.  make uninstall removes the same files; settings that were changed,
# keys and packages stay.  The Makefile sets DESTDIR PREFIX ETC MAN DOC UNITS
# BUILD.
set -eu
cd "$(dirname "$0")/.."
d=$DESTDIR
what=${1-install}

put() {		# mode from folder [name]
	to=$d$3/${4-${2##*/}}
	if [ "$what" = uninstall ]; then
		rm -f "$to"
		return
	fi
	install -d "$d$3"
	install -m "$1" "$2" "$to"
}

# Print a file, with PREFIX and ETC in place of /usr and /etc/apeng.
fitted() {	# from
	sed -e "s,/usr/bin/,$PREFIX/bin/,g" -e "s,/etc/apeng,$ETC,g" "$1"
}

fit() {		# from folder [name]
	to=$d$2/${3-${1##*/}}
	if [ "$what" = uninstall ]; then
		rm -f "$to"
		return
	fi
	install -d "$d$2"
	fitted "$1" >"$to.new"
	chmod 644 "$to.new"
	mv "$to.new" "$to"
}

settings() {
	to=$d$ETC/apeng.yml
	if [ ! -e "$to" ]; then
		fit conf/service.yml "$ETC" apeng.yml
	elif [ "$what" = install ]; then
		echo "install: $ETC/apeng.yml is there and stays as it is"
	elif fitted conf/service.yml | cmp -s - "$to"; then
		rm "$to"
	else
		echo "uninstall: $ETC/apeng.yml was changed and stays"
	fi
}

put 755 "$BUILD/apeng" "$PREFIX/bin"
for m in src/man/*.[158]; do
	put 644 "$m" "$MAN/man${m##*.}"
done
settings
put 644 README.md "$DOC"
put 644 LICENSE "$DOC"
for f in conf/apeng.yml conf/mirror.env conf/haproxy.cfg conf/openbsd.rc; do
	put 644 "$f" "$DOC/examples"
done
if [ -n "$UNITS" ]; then
	for u in conf/systemd/apeng*; do
		fit "$u" "$UNITS/systemd/system"
	done
	fit conf/systemd/sysusers.conf "$UNITS/sysusers.d" apeng.conf
	fit conf/systemd/tmpfiles.conf "$UNITS/tmpfiles.d" apeng.conf
fi
if [ "$what" = uninstall ]; then
	rmdir "$d$DOC/examples" "$d$DOC" "$d$ETC" 2>/dev/null || :
fi
