# SPDX-License-Identifier: ISC
"""What all tests with real clients need: the district served, a screen, and
what must be on it.

The district gets one page with parts; it has none of its own.  Nothing
sleeps for luck: a screen is looked at until it shows what is wanted, at most
LIMIT seconds.
"""
import atexit
import os
import re
import shutil
import signal
import subprocess
import sys
import unicodedata

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/serve"))
from served import (TMP, TOP, Screen, Server, certificates,  # noqa: E402
                    check, finish, gopher, items, run, signed_capsule)

__all__ = ("Client", "Desk", "LIMIT", "TMP", "TOP", "check", "cannot",
           "columns", "done", "finish", "gopher", "have", "items",
           "subprocess")
LIMIT = int(os.environ.get("LIMIT", 30))
# What a terminal shows of bytes that it was not told how to read.
GARBLED = re.compile("\ufffd|M-[^a-z ]|[\u0080-\u009f]|\\\\x[0-9a-f]{2}")


def columns(s):
    """Cells of a terminal: wide 2, combining 0."""
    return sum(0 if unicodedata.combining(c) else
               2 if unicodedata.east_asian_width(c) in "WF" else 1
               for c in s)


def have(program):
    found = shutil.which(program) is not None
    if not found:
        check(program + " is installed", False, "see conf/prepare.sh")
    return found


def cannot(client, what, still):
    """A known limit of a client: a case that fails once it is lifted, so
    that the page about clients can be put right."""
    check("%s cannot: %s" % (client, what), still, "now it can")


def done(name):
    print("# %s done" % name)
    finish()


class Desk:
    """The district, served on both protocols; more: options of serve."""

    def __init__(self, more=()):
        place = os.path.join(TMP, "capsule")
        shutil.copytree(os.path.join(TOP, "capsule"), place)
        with open(os.path.join(place, "pages/history.yml"), "a",
                  encoding="utf-8") as f:
            for i in range(1, 131):
                f.write('  - text: {en: "Stone %d of the long road lies by '
                        'the river, and a lamp stands on it at night.", zh: '
                        '"长路第%d块石头在河边，夜里上面点着一盏灯，走夜路的'
                        '人看得见。"}\n' % (i, i))
        self.gpub, pub = signed_capsule(place)
        certs = certificates("localhost")
        self.server = Server(["-p", pub, "--host", "localhost",
                              "--certs", certs, *more], [self.gpub])
        # Whatever goes wrong, nothing is left running.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        atexit.register(self.server.p.terminate)
        self.gemini = "gemini://localhost:%d" % self.server.gemini
        self.gopher = "gopher://localhost:%d" % self.server.gopher

    def menu(self, selector):
        return items(gopher(self.server, selector.encode() + b"\r\n"))

    def lines(self, selector, charset="utf-8"):
        """The lines of a text that are not empty."""
        text = gopher(self.server, selector.encode() + b"\r\n")
        return [s for s in text.decode(charset).split("\r\n")
                if s not in ("", ".")]

    def number(self, selector, to, links_only=False):
        """Which item of a menu leads there, as clients count: from 1."""
        found = [i for i in self.menu(selector)
                 if not links_only or i[0] != "i"]
        for n, item in enumerate(found, 1):
            if item[2] == to:
                return n
        raise SystemExit("not ok %s leads to no %s" % (selector, to))

    def end(self):
        check("the server ends cleanly", self.server.end() == 0)


class Client(Screen):
    """A client in a terminal.  Its home is a new folder."""

    def __init__(self, name, command, columns=80, env=None):
        self.name = "%s at %d columns: " % (name, columns)
        home = os.path.join(TMP, "home-%s-%d" % (name.replace(" ", "-"),
                                                 columns))
        os.makedirs(home, exist_ok=True)
        # Bombadillo asks the password file for its home, not HOME.
        with open(os.path.join(home, ".bombadillo.ini"), "w") as f:
            f.write("[SETTINGS]\nsavelocation=%s\nconfiglocation=%s\n" %
                    (home, home))
        super().__init__(command, columns=columns, env={
            **(env or {}), "HOME": home, "XDG_CONFIG_HOME": home,
            "XDG_CACHE_HOME": home, "XDG_DATA_HOME": home})
        atexit.register(self.end)

    def type(self, text):
        self.tmux("send-keys", "-t", "s", "-l", text)

    def shows(self, what, *texts, whole=()):
        """All texts are somewhere on it, each of the lines `whole' stands on
        a line of its own, uncut; nothing is garbled."""
        def lacks(t):
            lines = [s.strip() for s in t.splitlines()]
            return ([w for w in texts if w not in t] +
                    [w for w in whole if w.strip() not in lines])
        t = self.wait_for(lambda t: not lacks(t), LIMIT)
        check(self.name + what, not lacks(t) and not GARBLED.search(t),
              "%s\n%s" % (lacks(t) or "garbled", t))
        return t

    def text(self):
        t = super().text()
        if not t:
            raise SystemExit("not ok %sthe client has ended" % self.name)
        return t

    def joined(self):
        """The words on the screen, without what broke them into lines."""
        return re.sub(r"[\s\u2580-\u259f\u2022]", "", self.text())

    def reads(self, what, paragraph):
        """The whole paragraph, however its lines were broken."""
        want = re.sub(r"\s", "", paragraph)
        self.wait_for(lambda _: want in self.joined(), LIMIT)
        check(self.name + what, want in self.joined(),
              "%s\n%s" % (want, self.text()))
