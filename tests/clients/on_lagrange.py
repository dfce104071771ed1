#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Lagrange, which Debian 12 does not have: LAGRANGE=PATH says where it was built.

    LAGRANGE=/path/lagrange make check-clients T=on_lagrange

Its -d prints a page without a screen, so that pages are compared byte by byte
with what our own client got.  Its look goes to BUILD/clients as pictures, in an
X server of its own.  It has no Chinese letters: a font of Debian is put into
its folder.  The book is opened with no network, not even the loopback.
"""
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
import time

from desk import Desk, LIMIT, TMP, check, done, gopher, have, subprocess
from on_kristall import OUT, X

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/serve"))
from served import get              # noqa: E402

LAGRANGE = os.environ.get("LAGRANGE", "lagrange")
FONT = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"
SIZE = (440, 700)                   # of the window, pixels


class Lagrange:
    """One reader with a home of its own."""

    def __init__(self, name):
        # Short: its socket for other programs stands there.
        self.home = tempfile.mkdtemp(dir=TMP, prefix=name)
        self.user = os.path.join(self.home, "user")
        os.makedirs(self.user + "/fonts")
        if os.path.exists(FONT):
            shutil.copy(FONT, self.user + "/fonts")
        self.env = {**os.environ, "HOME": self.home,
                    "XDG_RUNTIME_DIR": self.home, "SDL_VIDEODRIVER": "dummy",
                    "SDL_RENDER_DRIVER": "software"}
        self.p = None

    def dump(self, url, before=()):
        """Its header line and the body."""
        r = subprocess.run([*before, LAGRANGE, "-U", self.user, "-d", url],
                           capture_output=True, timeout=LIMIT, env=self.env)
        said = re.findall(r"(?m)^Header: (.*)$", r.stderr.decode())
        return said[0] if said else "", r.stdout

    def open(self, x, url):
        """With a window that fills the screen."""
        self.env.update({"DISPLAY": x.display, "SDL_VIDEODRIVER": "x11"})
        self.log = open(os.path.join(self.home, "log"), "w")
        self.p = subprocess.Popen(
            [LAGRANGE, "-U", self.user, "--sw", "-w", str(SIZE[0]), "-h",
             str(SIZE[1]), url], env=self.env, stdout=self.log,
            stderr=self.log)
        end = time.monotonic() + LIMIT
        while time.monotonic() < end and not x.run(
                "xdotool", "search", "--onlyvisible", "--name", "."):
            time.sleep(0.2)

    def tell(self, *words):
        """A second call of the program speaks to the first."""
        return subprocess.run([LAGRANGE, "-U", self.user, *words],
                              capture_output=True, timeout=LIMIT, text=True,
                              env=self.env).stdout

    def end(self):
        if self.p is not None:
            self.p.send_signal(signal.SIGTERM)
            try:
                self.p.wait(10)
            except subprocess.TimeoutExpired:
                self.p.kill()
                self.p.wait()
            self.log.close()


def rest(x, path):
    """A picture of the screen, once two looks in a row are the same."""
    last, end = None, time.monotonic() + LIMIT
    while time.monotonic() < end:
        time.sleep(1)
        x.run("import", "-window", "root", path)
        with open(path, "rb") as f:
            seen = f.read()
        if seen == last and len(seen) > 5000:
            return True
        last = seen
    return False


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as s:
        return s.getsockname()[1]


def pages(desk, lag, spartan):
    """What it shows is what was sent, by each of the protocols."""
    for path in ("/", "/en/economy.gmi", "/zh/economy.gmi",
                 "/zh/search.gmi?%E6%9C%BA%E5%9C%BA"):
        want = get(desk.server, path)
        head, body = lag.dump(desk.gemini + path)
        check("Lagrange, Gemini: " + path, body.strip() == want.body.strip()
              and head == want.head.decode(), (head, want, body[:200]))
        head2, body2 = lag.dump(spartan + path)
        check("Lagrange, Spartan: " + path, head2 == head and
              body2.split(b"=>")[0] == body.split(b"=>")[0],
              (head2, body2[:200]))
    head, body = lag.dump(desk.gopher + "/0/zh/economy.txt")
    want = gopher(desk.server, b"/zh/economy.txt\r\n")
    check("Lagrange, Gopher: a Chinese text", body.strip() ==
          want.strip(), body[-200:])
    head, body = lag.dump(desk.gopher + "/1/zh")
    check("Lagrange, Gopher: a menu", head == "20 text/gemini" and
          "=> %s/7/zh/search 搜索" % desk.gopher in body.decode(), body)


def book(desk, lag):
    """The package as a book, without any network where we may."""
    alone = ["unshare", "-n"] if os.getuid() == 0 else []
    url = "file://%s/" % desk.gpub
    for path, text in (("en/economy.gmi", "# Economy in 2018\n"),
                       ("zh/economy.gmi", "# 2018年经济\n")):
        _, body = lag.dump(url + path, alone)
        check("Lagrange, the book: " + path, body.decode().startswith(text),
              body[:200])


def pictures(desk, x):
    lag = Lagrange("p")
    try:
        # Under the pointer it would show more than the page.
        x.run("xdotool", "mousemove", str(SIZE[0] - 1), "0")
        lag.open(x, desk.gemini + "/en/economy.gmi")
        for name, url in (
                ("en", desk.gemini + "/en/economy.gmi"),
                ("zh", desk.gemini + "/zh/economy.gmi"),
                ("cover", "file://" + desk.gpub),
                ("book", "file://%s/zh/economy.gmi" % desk.gpub),
                ("gopher", desk.gopher + "/1/zh")):
            if name != "en":
                lag.tell("--replace-tab", url)
            check("Lagrange: picture " + name, rest(x, os.path.join(
                OUT, "lagrange-%s.png" % name)))
            check("Lagrange: has open " + url, url in lag.tell("-L"))
    finally:
        lag.end()


def main():
    port = free_port()
    desk = Desk(["--spartan", "127.0.0.1:%d" % port])
    os.makedirs(OUT, exist_ok=True)
    if all([have(p) for p in (LAGRANGE, "Xvfb", "xdotool", "import")]):
        lag = Lagrange("d")
        pages(desk, lag, "spartan://localhost:%d" % port)
        book(desk, lag)
        x = X(*SIZE)
        try:
            pictures(desk, x)
        finally:
            x.end()
    desk.end()
    done("on_lagrange")


if __name__ == "__main__":
    main()
