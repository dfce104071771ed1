#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""The README's picture of doors: the same district on a phone and in Lagrange,
in both languages, on 40 columns, in an e-reader in both, and on a DOS machine.

    make check-clients T="on_dos on_lagrange doors"
    cp build/clients/doors.png .github/doors.png

The DOS machine's picture is that of on_dos, Lagrange's are those of on_lagrange.
"""
import os
import subprocess
import sys
import time

from desk import Desk, check, done, have
from on_kristall import OUT, X

sys.path[:0] = [os.path.join(os.environ["TOP"], d)
                for d in ("tests/html", "tests/html/books")]
from devtools import Chromium       # noqa: E402
from foliate import show            # noqa: E402
from live import Server             # noqa: E402

BUILD, TMP = os.environ["BUILD"], os.environ["TMP"]
HEIGHT = 640
LIMIT_BYTES = 250 * 1000            # of this one; screenshot.png has 50
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


def book(pkg, lang):
    """The left page of the two that Foliate opens the book at."""
    place = os.path.join(TMP, "export")
    if not os.path.exists(place):
        subprocess.run([os.environ["APENG"], "export", pkg, place],
                       check=True, stdout=subprocess.DEVNULL)
    to = os.path.join(TMP, "book-" + lang)
    bad = show("%s/html/qianjiang-%s.epub" % (place, lang), to)
    check("Foliate shows the book in " + lang, not bad, bad)
    subprocess.run(["convert", to + "-2.png", "-crop", "482x694+0+0",
                    "+repage", to + ".png"], check=True)
    return to + ".png"


def rows(parts, path):
    """Each list of pictures beside one another, and these below one another."""
    made = []
    for n, row in enumerate(parts):
        made.append(os.path.join(TMP, "row%d.png" % n))
        subprocess.run(["convert", *row, "-resize", "x%d" % HEIGHT,
                        "-bordercolor", "#888", "-border", "4", "+append",
                        "-resize", "1600x", made[-1]], check=True)
    subprocess.run(["convert", *made, "-append", "+dither", "-colors", "48",
                    "-strip", "-define", "png:compression-level=9", path],
                   check=True)


def main():
    desk = Desk()
    os.makedirs(OUT, exist_ok=True)
    there = [os.path.join(OUT, n + ".png")
             for n in ("lagrange-en", "lagrange-zh", "dos")]
    missing = [p for p in there if not os.path.exists(p)]
    check("the pictures of on_lagrange and on_dos are there", not missing,
          missing)
    if missing or not all([have(p) for p in (
            "chromium", "Xvfb", "xterm", "curl", "convert", "foliate")]):
        return
    parts = [os.path.join(TMP, n + ".png") for n in ("en", "zh", "forty")]
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
    rows([parts[:2] + there[:2] + parts[2:],
          [book(pkg, "en"), book(pkg, "zh"), there[2]]], out)
    check("under 250 KB", os.path.getsize(out) < LIMIT_BYTES,
          os.path.getsize(out))
    check("the server ends cleanly", desk.server.end() == 0)


if __name__ == "__main__":
    main()
    done("doors")
