#!/bin/sh
# SPDX-License-Identifier: ISC
# make run: makes keys on the first run, builds and signs the package, then
# starts the server.  The Makefile sets HOST ADDR GEMINI_PORT GOPHER_PORT
# HTTP_PORT BUILD.
set -eu
cd "$(dirname "$0")/.."
apeng=$BUILD/apeng
package=$BUILD/qianjiang.gpub

if [ ! -e "certs/$HOST.crt" ]; then
	set -- --host "$HOST"
	case ${ADDR:-0.0.0.0} in
	0.0.0.0|::|'[::]') ;;
	*) set -- "$@" --ip "$ADDR" ;;
	esac
	echo "run: making a TLS key and certificate for $HOST in certs/"
	"$apeng" cert "$@" certs >/dev/null
fi
if [ ! -e certs/publisher.key ]; then
	echo "run: making a publisher's key for this machine in certs/"
	"$apeng" keygen -W -o certs/publisher >/dev/null
fi
echo "run: compiling capsule/ into $package, signed"
"$apeng" build -k certs/publisher.key -o "$package" capsule

set -- serve -p certs/publisher.pub --host "$HOST" --certs certs
if [ -n "$ADDR" ]; then
	ip=$ADDR
	case $ip in
	'['*|*.*) ;;
	*:*) ip="[$ip]" ;;
	esac
	set -- "$@" --gemini "$ip:$GEMINI_PORT" --gopher "$ip:$GOPHER_PORT" \
	    --http "$ip:$HTTP_PORT"
else
	for ip in 127.0.0.1 '[::1]'; do
		if [ "$ip" = '[::1]' ] && ! grep -qs . /proc/net/if_inet6 &&
		    [ "$(uname)" = Linux ]; then
			continue	# a machine without IPv6
		fi
		set -- "$@" --gemini "$ip:$GEMINI_PORT" \
		    --gopher "$ip:$GOPHER_PORT" --http "$ip:$HTTP_PORT"
	done
fi
echo "run: serving; open gemini://$HOST:$GEMINI_PORT/," \
    "gopher://$HOST:$GOPHER_PORT/ or" \
    "http://$HOST:$HTTP_PORT/ (Ctrl-C ends it)"
exec "$apeng" "$@" "$package"
