#!/bin/sh
# make install: what goes where.  From the Makefile:
# DESTDIR PREFIX ETC MAN DOC UNITS BUILD
set -eu
cd "$(dirname "$0")/.."
d=$DESTDIR

put() {		# mode from folder [name]
	install -d "$d$3"
	install -m "$1" "$2" "$d$3/${4-${2##*/}}"
}

# The same with this system's folders in place of the usual ones.
fit() {		# from folder [name]
	install -d "$d$2"
	to=$d$2/${3-${1##*/}}
	sed -e "s,/usr/bin/,$PREFIX/bin/,g" -e "s,/etc/apeng,$ETC,g" \
	    "$1" >"$to.new"
	chmod 644 "$to.new"
	mv "$to.new" "$to"
}

put 755 "$BUILD/apeng" "$PREFIX/bin"
for m in src/man/*.[15]; do
	put 644 "$m" "$MAN/man${m##*.}"
done
if [ -e "$d$ETC/apeng.yml" ]; then
	echo "install: $ETC/apeng.yml is there and stays as it is"
else
	fit conf/service.yml "$ETC" apeng.yml
fi
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
