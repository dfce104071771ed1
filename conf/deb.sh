#!/bin/sh
# make deb: build/apeng_VERSION_ARCH.deb from what make install puts down.
set -eu
cd "$(dirname "$0")/.."
out=build/deb
arch=$(dpkg --print-architecture)
version=$(sed -n 's/^VERSION[[:space:]]*= *//p' Makefile)
rm -rf "$out"
mkdir -p "$out/DEBIAN"
${MAKE-make} -s BUILD="${BUILD-build}" install DESTDIR="$PWD/$out" \
    PREFIX=/usr UNITS=/lib/systemd
gzip -9n "$out"/usr/share/man/man?/*
mv "$out/usr/share/doc/apeng/LICENSE" "$out/usr/share/doc/apeng/copyright"
strip --strip-unneeded "$out/usr/bin/apeng"

# What the binary is linked with, by package.
depends=$(ldd "$out/usr/bin/apeng" | awk '$3 ~ /^\// { print $3 }' |
    while read -r lib; do
	dpkg-query -S "$(readlink -f "$lib")" 2>/dev/null ||
	    dpkg-query -S "*${lib##*/}*"
    done | sed 's/:.*//' | sort -u | paste -sd, - | sed 's/,/, /g')

cat >"$out/DEBIAN/control" <<EOF
Package: apeng
Version: $version
Architecture: $arch
Maintainer: The apeng authors <apeng@example.org>
Installed-Size: $(du -sk "$out" | cut -f1)
Depends: $depends
Recommends: systemd
Section: net
Priority: optional
Description: a district's profile over Gemini, Gopher, or no line at all
 Compiles a YAML profile into one signed file, serves it as a Gemini capsule
 and as Gopher menus for old machines, and mirrors it over a bad line.
EOF
echo /etc/apeng/apeng.yml >"$out/DEBIAN/conffiles"
cat >"$out/DEBIAN/postinst" <<'EOF'
#!/bin/sh
set -e
if [ "$1" = configure ]; then
	if command -v systemd-sysusers >/dev/null 2>&1; then
		systemd-sysusers apeng.conf
	elif ! getent passwd apeng >/dev/null; then
		useradd --system --home-dir /var/lib/apeng \
		    --shell /usr/sbin/nologin apeng
	fi
	install -d -o apeng -g apeng -m 755 /var/lib/apeng
	if [ -d /run/systemd/system ]; then
		systemctl daemon-reload
	fi
fi
EOF
cat >"$out/DEBIAN/prerm" <<'EOF'
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
	systemctl --no-reload disable --now apeng.service \
	    apeng-mirror.timer >/dev/null 2>&1 || true
fi
EOF
cat >"$out/DEBIAN/postrm" <<'EOF'
#!/bin/sh
set -e
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload || true
fi
if [ "$1" = purge ]; then
	rmdir --ignore-fail-on-non-empty /var/lib/apeng /etc/apeng 2>/dev/null || true
	if getent passwd apeng >/dev/null; then
		userdel apeng >/dev/null 2>&1 || true
	fi
fi
EOF
chmod 755 "$out"/DEBIAN/p*
dpkg-deb --root-owner-group --build "$out" \
    "build/apeng_${version}_$arch.deb"
