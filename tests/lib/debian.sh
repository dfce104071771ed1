# SPDX-License-Identifier: ISC
# For scripts that make a small Debian of their own, as root; to be sourced.
# Mirrors and proxies are those of this machine's apt, so that no host name
# stands in our scripts.
# shellcheck shell=sh

# debian_mirror [LABEL]: where this machine's apt finds Debian, or with
# Debian-Security its security updates; 1 and a message when it has none.
debian_mirror() {
	uri=$(apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' \
	    'Created-By: Packages' | sed -n "s/^Debian|${1-Debian}|//p" |
	    head -n 1)
	if [ -z "$uri" ]; then
		echo "no mirror of ${1-Debian} in this machine's apt" \
		    "configuration; has \`apt-get update' been run?" >&2
		return 1
	fi
	echo "$uri"
}

# debian_root RELEASE DIR [PACKAGE,...]: debootstrap's smallest root in DIR,
# which reaches what this machine reaches.
debian_root() {
	mirror=$(debian_mirror) || return 1
	rm -rf "$2"
	mkdir -p "$2"
	debootstrap --variant=minbase ${3:+"--include=$3"} "$1" "$2" \
	    "$mirror" >"$2.log" 2>&1 ||
	    { tail -n 20 "$2.log"; rm -rf "$2"; return 1; }
	{
		echo "deb $mirror $1 main"
		echo "deb $mirror $1-updates main"
		security=$(debian_mirror Debian-Security 2>/dev/null) &&
		    echo "deb $security $1-security main"
	} >"$2/etc/apt/sources.list"
	apt-config dump | grep -i '^Acquire::.*Proxy' \
	    >"$2/etc/apt/apt.conf.d/90proxy"
	# What every installer writes, and debootstrap leaves to it.
	printf '127.0.0.1 localhost\n::1 localhost ip6-localhost\n' \
	    >"$2/etc/hosts"
	cp /etc/resolv.conf "$2/etc/resolv.conf"
}
