#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Gemini as Amfora and Bombadillo show it in a terminal."""
import re

from desk import Client, Desk, cannot, done, have

HOME = "# Qianjiang District"
ENGLISH = ("More than 1800 years since it became a county, and the Red "
           "Army's first stop in Chongqing.")
CHINESE = "设县1800多年；红军进入重庆的第一站。"


class Amfora(Client):
    def __init__(self, url, columns):
        super().__init__("amfora", "amfora " + url, columns)

    def text(self):
        # Now and then it forgets to draw what it went back to, until a key
        # comes; this one changes nothing.
        t = super().text()
        if not "".join(t.splitlines()[1:-1]).strip():
            self.keys("Left")
        return t

    def go(self, where):
        """A link's number or a URL."""
        for _ in range(10):		# a key while it draws is lost
            self.keys("Space")
            if "URL/Num." in self.wait("URL/Num./Search:", 2):
                break
        self.type(where)
        self.keys("Enter")

    def at(self, path):
        """The bar at the bottom names a page once it has been drawn; a key
        pressed before leaves an empty window."""
        self.wait(re.escape(path) + r"\s*\Z")

    def back(self):
        self.keys("b")

    def ask(self, prompt, words):
        """In the box that is open; then the screen shows the answer."""
        self.shows("search asks", prompt, "Send", "Cancel")
        self.type(words)
        self.shows("what was typed", words)
        self.keys("Enter")		# to the button
        self.keys("Enter")


class Bombadillo(Client):
    def __init__(self, url, columns):
        super().__init__("bombadillo", "bombadillo " + url, columns)

    def go(self, where):
        self.keys(":")
        self.wait("(?m)^:")
        self.type(where)
        self.keys("Enter")

    def at(self, path):
        self.wait(re.escape(path) + r"\n|HST: ")

    def back(self):
        self.keys("b")

    def ask(self, prompt, words):
        self.shows("search asks", prompt + "?")
        self.type(words)
        self.keys("Enter")


def link(client, title):
    """The number that the client has put before a link."""
    t = client.wait(r"\[\d+\] +" + re.escape(title))
    m = re.search(r"\[(\d+)\] +" + re.escape(title), t)
    return m[1] if m else "0"


def visit(kind, desk, columns):
    c = kind(desk.gemini + "/", columns)
    c.shows("home", HOME, "At a glance", "History and people")
    c.go(link(c, "History and people"))
    c.shows("a link", "# History and people", "中文：历史与人物")
    c.reads("the paragraph under the title", ENGLISH)
    c.at("/en/history.gmi")
    c.go(link(c, "中文：历史与人物"))
    if kind is Amfora:
        c.shows("the Chinese page", "# 历史与人物")
        c.reads("the Chinese paragraph", CHINESE)
    else:
        c.reads("the Chinese page, as far as it is seen", CHINESE)
        # It wraps by characters, 75 to a line: 150 columns; the terminal
        # wraps once more, and the first lines leave the window.
        cannot(c.name.rstrip(": "), "keep Chinese lines inside the window",
               "# 历史与人物" not in c.text())
    c.at("/zh/history.gmi")
    c.back()
    c.shows("back", "# History and people")
    c.at("/en/history.gmi")
    c.back()
    c.shows("back at home", HOME)
    c.go(desk.gemini + "/en/search.gmi")
    c.ask("Search", "wetland park")
    c.shows("found", "Pages found", "Tourism")
    c.go(link(c, "Tourism"))
    # not the title: see the limit of Bombadillo above
    c.reads("a page that was found", "Seven national 4A attractions")
    c.go(desk.gemini + "/zh/search.gmi")
    c.ask("搜索", "土家族")
    c.shows("found in Chinese", "找到", "历史与人物")
    c.go(link(c, "历史与人物"))
    c.reads("a page that was found in Chinese", CHINESE)
    c.at("/zh/history.gmi")
    c.back()
    c.shows("back at what was found", "历史与人物")
    if kind is Amfora:
        c.go(desk.gemini + "/nowhere")
        c.shows("a page that is not there", "No such page.")
    c.end()


def main():
    desk = Desk()
    for kind in (Amfora, Bombadillo):
        for width in (80, 40):
            if have(kind.__name__.lower()):
                visit(kind, desk, width)
    desk.end()
    done("on_gemini")


if __name__ == "__main__":
    main()
