#!/bin/sh
# SPDX-License-Identifier: ISC
# make deb: makes build/apeng_VERSION_ARCH.deb and its dbgsym, by debhelper from
# conf/debian.  It works on a copy of this checkout in build/deb/apeng, so that
# no debian/ appears at the top.  VERSION is the Makefile's and the number of
# commits, so it rises with every commit; the changelog has an entry for each
# day of git's log.  Outside git there is only the Makefile's VERSION and one
# entry.
set -eu
cd "$(dirname "$0")/.."
umask 022
top=$PWD
out=$top/build/deb
name="The apeng authors <apeng@example.org>"
base=$(sed -n 's/^VERSION[[:space:]]*= *//p' Makefile)
export LC_ALL=C

entry() {	# version seconds, changes on standard input
	printf 'apeng (%s) unstable; urgency=medium\n\n' "$1"
	fold -s -w 72 | sed -e 's/^\([^*]\)/    \1/' -e 's/^\*/  */' -e 's/ *$//'
	printf '\n -- %s  %s\n\n' "$name" "$(date -u -R -d "@$2")"
}

# Print the changelog: an entry for each day, newest first, whose version is
# that of the day's newest commit.
changelog() {
	if ! git rev-parse -q --verify HEAD >/dev/null 2>&1; then
		echo "* Built outside git; see README.md." |
		    entry "$base" "${SOURCE_DATE_EPOCH-$(stat -c %Y Makefile)}"
		return
	fi
	git log --format='%cd %ct %s' --date=format:%Y-%m-%d |
	    awk -v n="$(git rev-list --count HEAD)" -v dir="$out/days" '
		$1 != day { day = $1; file = sprintf("%s/%06d.%s", dir, n, $2) }
		{ n--; $1 = $2 = ""; sub(/^ */, ""); print "* " $0 >file }'
	find "$out/days" -type f | sort -r | while read -r f; do
		n=${f##*/}; n=${n%.*}
		entry "$base+${n#"${n%%[1-9]*}"}" "${f##*.}" <"$f"
	done
}

rm -rf "$out"
mkdir -p "$out/apeng" "$out/days"
tar -c --exclude=./build --exclude=./certs --exclude=./.git . |
    tar -x -C "$out/apeng"
cp -r conf/debian "$out/apeng/debian"
changelog >"$out/apeng/debian/changelog"
cd "$out/apeng"
# The settings of the make that runs this must not reach the package's make.
env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL dpkg-buildpackage -b -us -uc \
    -j"$(nproc)" >"$out/log" 2>&1 || { tail -n 40 "$out/log"; exit 1; }
rm -f "$top"/build/apeng_*.deb "$top"/build/apeng-dbgsym_*.deb
mv "$out"/*.deb "$top/build/"
ls "$top"/build/apeng*.deb
