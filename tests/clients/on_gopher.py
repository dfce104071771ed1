#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Gopher as the clients of Debian show it: home, a tree, a page with parts,
back, search.
"""
from desk import (Client, Desk, cannot, check, columns, done, gopher, have,
                  subprocess)

SHOWN = 8		# lines of a text that every client has room for
PAGE = "history"	# of the district's pages, the one with parts


class Numbered(Client):
    """Clients where a link is opened by its number, counted from 1."""
    counts_info = False

    def open(self, n, kind):
        raise NotImplementedError

    def back(self, kind):
        raise NotImplementedError

    def ask(self, words):
        self.type(words)
        self.keys("Enter")


class Umn(Numbered):
    """The University of Minnesota's own, of 1991 and later; Gopher+."""
    program, trees = "gopher", {80: "ascii", 40: "40"}
    counts_info = True

    def __init__(self, desk, width):
        super().__init__("UMN gopher", "gopher localhost %d" %
                         desk.server.gopher, width)

    def open(self, n, kind):
        # While a menu is being drawn, keys go astray.
        self.wait(r"(?m)^Press \? ")
        self.keys(str(n))
        self.wait("View item number: %d" % n)
        self.keys("Enter")
        if kind == "7":
            self.wait("Words to search for")

    def back(self, kind):
        self.wait(r"Press \? |\[Exit: u\]")
        self.keys("u")


class Lynx(Numbered):
    program, trees = "lynx", {80: "zh", 40: "40"}

    def __init__(self, desk, width):
        super().__init__("lynx", "lynx -display_charset=utf-8 -assume_charset"
                         "=utf-8 " + desk.gopher + "/", width)
        self.at = 1

    def open(self, n, kind):
        # It comes back to where it was in a menu.
        self.tmux("send-keys", "-t", "s", "Home")
        for _ in range(n - 1):
            self.keys("Down")
        self.keys("Enter")
        if kind == "7":
            self.wait("database query:")

    def back(self, kind):
        self.keys("Left")


class Sacc(Numbered):
    program, trees = "sacc", {80: "zh", 40: "40"}

    def __init__(self, desk, width):
        super().__init__("sacc", "env PAGER=less LESS=-X sacc " +
                         desk.gopher + "/", width)

    def open(self, n, kind):
        self.keys("g")
        for _ in range(n):
            self.keys("J")
        self.keys("l")
        if kind == "7":
            self.wait("Enter search string")

    def back(self, kind):
        self.keys("q" if kind == "0" else "h")


class W3m(Numbered):
    program, trees = "w3m", {80: "zh", 40: "40"}

    def __init__(self, desk, width):
        super().__init__("w3m", "w3m " + desk.gopher + "/", width)

    def open(self, n, kind):
        self.keys("g")
        for _ in range(n):
            self.keys("Tab")
        self.keys("Enter")

    def ask(self, words):
        self.wait("(?m)^Search gopher")
        self.keys("Tab")
        self.keys("Enter")
        self.wait("TEXT:")
        super().ask(words)

    def back(self, kind):
        self.keys("B")


class Bombadillo(Numbered):
    program, trees = "bombadillo", {80: "zh", 40: "40"}

    def __init__(self, desk, width):
        super().__init__("bombadillo", "bombadillo " + desk.gopher + "/",
                         width)

    def open(self, n, kind):
        self.keys(":")
        self.wait("(?m)^:")
        self.type(str(n))
        self.keys("Enter")
        if kind == "7":
            self.wait(r"\?\?")

    def back(self, kind):
        self.keys("b")


class Vf1(Numbered):
    """Line by line; the only one that decodes GB2312."""
    program, trees = "vf1", {80: "gb"}

    def __init__(self, desk, width):
        super().__init__("VF-1", "env PAGER=cat vf1", width)
        self.say("set encoding gb2312")
        self.say("set width 80")
        self.say("go " + desk.gopher + "/")

    def say(self, words):
        self.wait(r"(?s)VF-1> ?\s*$")
        self.type(words)
        self.keys("Enter")

    def open(self, n, kind):
        self.tmux("clear-history", "-t", "s")
        self.say(str(n))
        if kind == "0":
            self.say("cat")
        if kind == "7":
            self.wait("Query term:")

    def back(self, kind):
        self.say("back")


def titles(desk, selector, charset):
    return [i[1].decode(charset) for i in desk.menu(selector)
            if i[0] in "017"]


def visit(kind, desk, width):
    tree = kind.trees[width]
    charset = "gb2312" if tree == "gb" else "utf-8"
    section = "/%s/s/%s" % (tree, "district")
    menu = "/%s/%s" % (tree, PAGE)
    c = kind(desk, width)

    def go(where, to, item="1"):
        c.open(desk.number(where, to, not kind.counts_info), item)

    def menu_shows(what, selector):
        t = titles(desk, selector, charset)
        if isinstance(c, Umn):		# it cuts what is wider than its menu
            t = [s for s in t if columns(s) <= (67 if width == 80 else 27)]
        c.shows(what, *t)

    menu_shows("home", "")
    go("", "/" + tree)
    menu_shows("the menu of /" + tree, "/" + tree)
    go("/" + tree, section)
    menu_shows("a section", section)
    go(section, menu)
    menu_shows("a page with parts", menu)
    for n in (1, 2):
        part = "%s/%d.txt" % (menu, n)
        go(menu, part, "0")
        c.shows("part %d" % n, whole=desk.lines(part, charset)[:SHOWN]
                if not isinstance(c, Vf1) else
                desk.lines(part, charset)[-SHOWN:])
        c.back("0")
        menu_shows("back from part %d" % n, menu)
    c.back("1")
    menu_shows("back at the section", section)
    c.back("1")
    menu_shows("back at the tree", "/" + tree)
    find(c, desk, tree, go)
    c.end()


def find(c, desk, tree, go):
    search = "/%s/search" % tree
    words, title = (("土家族", "文化与民族") if tree in ("zh", "gb") else
                    ("wetland park", "Tourism"))
    go("/" + tree, search, "7")
    c.ask(words)
    c.shows("found", title)


def on_curl(desk):
    """The bytes themselves."""
    def get(path, to=None):
        out = subprocess.run(["curl", "-s", desk.gopher + path],
                             capture_output=True, check=True).stdout
        if to is None:
            return out
        r = subprocess.run(["iconv", "-f", to, "-t", "UTF-8"], input=out,
                           capture_output=True)
        return r.stdout.decode() if r.returncode == 0 else r.stderr.decode()

    check("curl: home", get("/1/") == gopher(desk.server, b"\r\n"))
    check("curl: the ASCII tree is 7-bit",
          get("/0/ascii/transport.txt").isascii())
    for tree, charset in (("gb", "GB2312"), ("zh", "UTF-8")):
        text = get("/0/%s/glance.txt" % tree, charset)
        check("curl and iconv: Chinese as " + charset,
              "黔江区位于重庆东南部的中心地带" in text, text)
        check("curl and iconv: no line too wide as " + charset,
              max(columns(s) for s in text.split("\r\n")) <= 67)
    hz = subprocess.run(["python3", "-c", "import sys; sys.stdout.write(sys."
                         "stdin.buffer.read().decode('hz'))"],
                        input=get("/0/hz/glance.txt"), capture_output=True)
    check("curl and python: Chinese as HZ, closed on every line",
          "黔江区位于重庆东南部的中心地带" in hz.stdout.decode())
    narrow = get("/0/40/transport.txt").decode().split("\r\n")
    check("curl: the 40-column tree", max(map(len, narrow)) <= 38)
    found = get("/7/ascii/search%09wetland%20park").decode()
    check("curl: search", "Tourism" in found, found)
    found = get("/7/gb/search%09%CD%C1%BC%D2%D7%E5", "GB2312")
    check("curl: search in GB2312", "文化与民族" in found, found)


def limits(desk):
    """What a client makes of trees that are not for it."""
    c = Client("UMN gopher", "gopher -p /gb -T 1 localhost %d" %
               desk.server.gopher)
    t = c.wait(r"(?m)^Press \? ")
    cannot("UMN gopher", "show GB2312 in a UTF-8 terminal",
           "认识黔江" not in t)
    c.end()
    c = Client("lynx", "lynx -display_charset=utf-8 -assume_charset=utf-8 "
               "%s/1/gb" % desk.gopher)
    t = c.wait("Gopher Menu")
    cannot("lynx", "decode GB2312 when told UTF-8", "认识黔江" not in t)
    c.end()


CLIENTS = (Umn, Lynx, Sacc, W3m, Bombadillo, Vf1)


def main():
    desk = Desk()
    if have("curl"):
        on_curl(desk)
    for kind in CLIENTS:
        if have(kind.program):
            for width in kind.trees:
                visit(kind, desk, width)
    limits(desk)
    desk.end()
    done("on_gopher")


if __name__ == "__main__":
    main()
