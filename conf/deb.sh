#!/bin/sh
# make deb: build/apeng_VERSION_ARCH.deb from what make install puts down.
set -eu
cd "$(dirname "$0")/.."
umask 022
out=$PWD/build/deb
arch=$(dpkg --print-architecture)
version=$(sed -n 's/^VERSION[[:space:]]*= *//p' Makefile)
rm -rf "$out"
mkdir -p "$out/debian" "$out/tree/DEBIAN"
${MAKE-make} -s BUILD="${BUILD-build}" install DESTDIR="$out/tree" \
    PREFIX=/usr UNITS=/usr/lib

# Debian's own ideas: units below /lib, manuals and changes compressed.
mkdir -p "$out/tree/lib/systemd"
mv "$out/tree/usr/lib/systemd/system" "$out/tree/lib/systemd/"
rmdir "$out/tree/usr/lib/systemd"
doc=$out/tree/usr/share/doc/apeng
gzip -9n "$out"/tree/usr/share/man/man?/*
mv "$doc/LICENSE" "$doc/copyright"
printf 'apeng (%s) stable; urgency=low\n\n  * See README.md.\n\n -- %s\n' \
    "$version" "The apeng authors <apeng@example.org>  $(LC_ALL=C date -R \
    -d "@${SOURCE_DATE_EPOCH-$(stat -c %Y Makefile)}")" |
    gzip -9n >"$doc/changelog.gz"
strip --strip-unneeded --remove-section=.comment "$out/tree/usr/bin/apeng"

# What the binary is linked with, and since which version.
printf 'Source: apeng\n\nPackage: apeng\nArchitecture: any\n' \
    >"$out/debian/control"
depends=$(cd "$out" && dpkg-shlibdeps -O tree/usr/bin/apeng)
depends=${depends#shlibs:Depends=}

cat >"$out/tree/DEBIAN/control" <<EOT
Package: apeng
Version: $version
Architecture: $arch
Maintainer: The apeng authors <apeng@example.org>
Installed-Size: $(du -sk --exclude=DEBIAN "$out/tree" | cut -f1)
Depends: $depends, passwd
Suggests: systemd, minisign, haproxy
Section: net
Priority: optional
Description: publish a district's profile over Gemini, Gopher, or no line
 Compiles a YAML profile into one signed file, serves it as a Gemini capsule
 and as Gopher menus for old machines, mirrors it over a bad line and reads it
 with no line at all.
EOT
echo /etc/apeng/apeng.yml >"$out/tree/DEBIAN/conffiles"
(cd "$out/tree" && find usr lib -type f | LC_ALL=C sort |
    xargs md5sum >DEBIAN/md5sums)

# Nothing is enabled: there is no package and no certificate yet.
cat >"$out/tree/DEBIAN/postinst" <<'EOT'
#!/bin/sh
set -e
[ "$1" = configure ] || exit 0
if ! getent passwd apeng >/dev/null; then
	useradd --system --user-group --home-dir /var/lib/apeng \
	    --no-create-home --shell /usr/sbin/nologin apeng
fi
[ -d /var/lib/apeng ] || install -d -o apeng -g apeng -m 755 /var/lib/apeng
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload
	systemctl try-restart apeng.service
fi
if [ -z "$2" ]; then
	echo "apeng: /etc/apeng/apeng.yml has the three commands that make" \
	    "the service ready"
fi
EOT
cat >"$out/tree/DEBIAN/prerm" <<'EOT'
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
	systemctl --no-reload disable --now apeng.service \
	    apeng-mirror.timer apeng-mirror.service || true
fi
EOT
# Keys and packages are the operator's: a purge leaves them and says so.
cat >"$out/tree/DEBIAN/postrm" <<'EOT'
#!/bin/sh
set -e
if [ -d /run/systemd/system ]; then
	systemctl daemon-reload || true
fi
[ "$1" = purge ] || exit 0
rm -rf /var/log/apeng
left=
for d in /etc/apeng /var/lib/apeng; do
	[ ! -d "$d" ] || rmdir "$d" 2>/dev/null || left="$left $d"
done
if [ -n "$left" ]; then
	echo "apeng: kept, with your keys, packages or settings:$left"
elif getent passwd apeng >/dev/null; then
	userdel apeng
fi
EOT
chmod 755 "$out"/tree/DEBIAN/p*
dpkg-deb --root-owner-group -Zxz --build "$out/tree" \
    "build/apeng_${version}_$arch.deb"
