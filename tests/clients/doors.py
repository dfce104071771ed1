#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""The README's picture of doors: the same district on a phone in both
languages, in an e-reader, on 40 columns and on a DOS machine.

    make check-html; make check-clients T="on_dos doors"
    cp build/clients/doors.png .github/doors.png

The e-reader's picture is that of check-html, the DOS machine's that of on_dos.
"""
import os
import subprocess
import sys
import time

from desk import Desk, check, done, have
from on_kristall import OUT, X

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/html"))
from devtools import Chromium       # noqa: E402
from live import Server             # noqa: E402

BUILD, TMP = os.environ["BUILD"], os.environ["TMP"]
HEIGHT = 640
LIMIT_BYTES = 250 * 1000
FONT = ["-fa", "DejaVu Sans Mono", "-fs", "11"]


def phone(srv, lang, path):
    c = Chromium()
    c.size(360, HEIGHT, True)
    c.open(srv.base + "/%s/economy.html" % lang)
    c.picture(path, 360, HEIGHT)
    c.end()


def columns(desk, path):
    """A terminal of 40 columns with a page of the tree for it."""
    x = X(372, HEIGHT)
    p = subprocess.Popen(
        ["xterm", *FONT, "-geometry", "40x36+0+0", "-bg", "#10151c", "-fg",
         "#e8e4d8", "-b", "4", "+sb", "-e", "sh", "-c",
         "curl -s %s/0/40/economy.txt | head -34; sleep 60" % desk.gopher],
        env={**os.environ, "DISPLAY": x.display},
        stdout=x.log, stderr=x.log)
    time.sleep(4)
    x.run("import", "-window", "root", path)
    p.terminate()
    p.wait()
    x.end()


def main():
    desk = Desk()
    os.makedirs(OUT, exist_ok=True)
    book = os.path.join(BUILD, "books/foliate-zh-1.png")
    dos = os.path.join(OUT, "dos.png")
    parts = [os.path.join(TMP, n + ".png") for n in ("en", "zh", "forty")]
    check("the pictures of check-html and on_dos are there",
          os.path.exists(book) and os.path.exists(dos), (book, dos))
    if not all([have(p) for p in ("chromium", "Xvfb", "xterm", "curl",
                                  "convert")]):
        return
    pkg = os.path.join(TMP, "q.gpub")
    subprocess.run([os.environ["APENG"], "build", "--unsigned", "-o", pkg,
                    os.environ["TOP"] + "/capsule"], check=True,
                   stderr=subprocess.DEVNULL)
    srv = Server(pkg, os.path.join(TMP, "serve.log"))
    phone(srv, "en", parts[0])
    phone(srv, "zh", parts[1])
    srv.end()
    columns(desk, parts[2])
    out = os.path.join(OUT, "doors.png")
    subprocess.run(["convert", *parts, book, dos, "-resize", "x%d" % HEIGHT,
                    "-bordercolor", "#888", "-border", "4", "+append",
                    "-resize", "2000x", "+dither", "-colors", "64", "-strip",
                    "-define", "png:compression-level=9", out], check=True)
    check("under 250 KB", os.path.getsize(out) < LIMIT_BYTES,
          os.path.getsize(out))
    check("the server ends cleanly", desk.server.end() == 0)


if __name__ == "__main__":
    main()
    done("doors")
