#!/bin/sh
# SPDX-License-Identifier: ISC
# Install the Debian packages that are missing: prepare.sh WHAT
# As root or with sudo through apt-get; else print the command and stop.
set -eu

build="gcc make pkg-config libc6-dev libtls-dev libssl-dev libyaml-dev
libevent-dev libunistring-dev libzstd-dev libqrencode-dev zlib1g-dev
libcurl4-openssl-dev"
# clang-rt is a name of this script for the package with the sanitizers and
# fuzzers of this release's clang; named() finds the real name.
check="clang clang-rt libcmocka-dev mandoc shellcheck curl openssl less
lynx links2 sacc gopher vf1 w3m tmux unzip zip libarchive-tools p7zip-full minisign
signify-openbsd zstd amfora bombadillo strace python3 python3-yaml
python3-jsonschema python3-vobject python3-icalendar python3-html5lib
python3-prometheus-client logrotate minimodem direwolf nncp rsync sox zbar-tools faketime nginx-light molly-brown
gophernicus git procps iproute2 haproxy xz-utils graphicsmagick libxml2-utils
bind9-utils"

# From pygopherd on: what `BENCH=peers` stands beside.
bench="zsync casync bsdiff xdelta3 valgrind
pygopherd kiwix-tools zim-tools imagemagick"

# Without Chinese fonts a browser draws boxes.  The packages from epubcheck on
# check and show books.
html="chromium nodejs npm fonts-noto-cjk fonts-dejavu-core python3 python3-html5lib
epubcheck default-jre-headless mupdf-tools poppler-utils zim-tools imagemagick zip unzip
curl lynx w3m links2 dillo netsurf-gtk xvfb foliate dbus-daemon xdotool"

editor="nodejs npm python3"

clients="kristall xterm xvfb xdotool xclip imagemagick dosbox chromium fonts-noto-cjk
fonts-dejavu-core fonts-droid-fallback foliate dbus-daemon"

slow="slowhttptest python3 iproute2"

deb="debootstrap dpkg-dev debhelper lintian systemd-container"

fresh="debootstrap git"

cross="qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross
gcc-arm-linux-gnueabihf libc6-dev-armhf-cross gcc-s390x-linux-gnu
libc6-dev-s390x-cross musl-tools"

case "${1-}" in
run)	want=$build ;;
check)	want="$build $check" ;;
bench)	want="$build $check $bench" ;;
html)	want="$build $html" ;;
editor)	want="$build $editor" ;;
clients) want="$build $check $clients" ;;
cross)	want="$build $cross" ;;
deb)	want="$build $deb" ;;
slow)	want="$build $slow" ;;
fresh)	want=$fresh ;;
*)	echo "usage: prepare.sh" \
	    "run|check|bench|cross|deb|fresh|html|editor|clients|slow" >&2
	exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1; then
	echo "prepare: not a Debian system; needed are the likes of:" $want
	exit 0
fi

# Debian 12 has clang-14 and libclang-rt-14-dev, Debian 13 has 19: ask apt.
# Without a list of packages apt does not know, and clang-rt stays as it is.
named() {	# package
	n=
	if [ "$1" = clang-rt ]; then
		n=$(apt-cache depends clang 2>/dev/null | sed -n \
		    's/^ *Depends: clang-\([0-9][0-9]*\)$/libclang-rt-\1-dev/p')
	fi
	echo "${n:-$1}"
}

find_missing() {
	missing=
	for p in $want; do
		# Another nodejs package may have its own npm.
		[ "$p" = npm ] && command -v npm >/dev/null && continue
		p=$(named "$p")
		s=$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null) ||
		    s=
		[ "$s" = installed ] || missing="$missing $p"
	done
}

find_missing
[ -n "$missing" ] || exit 0

sudo=
if [ "$(id -u)" -ne 0 ]; then
	sudo="sudo -n"
	if ! $sudo true 2>/dev/null; then
		echo "prepare: missing packages; run this, then make again:" >&2
		echo "  sudo apt-get install --no-install-recommends$missing" >&2
		exit 2
	fi
fi
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
find_missing
echo "prepare: installing$missing"
# shellcheck disable=SC2086
$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
