#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Kristall, which draws, in an X server of its own; its text by select-all
and copy, its look as pictures in BUILD/clients.
"""
import os
import re
import signal
import time

from desk import Desk, LIMIT, TMP, check, done, have, subprocess

OUT = os.path.join(os.environ["BUILD"], "clients")
SIZE = [900, 700]			# of the window, pixels
CONFIG = "[Protocols]\ngopher=true\n"	# off in a new profile


class X:
    """An X server on a free display; nobody from outside may connect."""

    def __init__(self, width, height):
        r, w = os.pipe()
        self.log = open(os.path.join(TMP, "xvfb.log"), "w")
        self.p = subprocess.Popen(
            ["Xvfb", "-displayfd", str(w), "-nolisten", "tcp", "-screen",
             "0", "%dx%dx24" % (width, height)], pass_fds=[w],
            stdout=self.log, stderr=self.log)
        os.close(w)
        with os.fdopen(r) as f:		# closed too early, it is killed
            self.display = ":" + f.readline().strip()
        self.env = {**os.environ, "DISPLAY": self.display,
                    "QT_QPA_PLATFORM": "xcb"}

    def run(self, *command, more=None):
        return subprocess.run(command, env=self.env, capture_output=True,
                              timeout=60, text=True, input=more).stdout

    def end(self):
        self.p.terminate()
        self.p.wait(20)
        self.log.close()


class Kristall:
    def __init__(self, x):
        self.x = x
        home = os.path.join(TMP, "home")
        os.makedirs(os.path.join(home, "config/kristall"))
        with open(os.path.join(home, "config/kristall/config.ini"),
                  "w") as f:
            f.write(CONFIG)
        self.log = open(os.path.join(TMP, "kristall.log"), "w+")
        os.mkdir(os.path.join(TMP, "run"), 0o700)
        self.p = subprocess.Popen(["kristall"], env={
            **x.env, "HOME": home, "XDG_CONFIG_HOME": home + "/config",
            "XDG_CACHE_HOME": home + "/cache", "XDG_DATA_HOME": home +
            "/data", "XDG_RUNTIME_DIR": os.path.join(TMP, "run")},
            cwd=home, stdout=self.log, stderr=self.log)
        found = self.until(lambda: self.key(
            "search", "--onlyvisible", "--name", "Favourites"))
        check("Kristall opens a window", found, self.said())
        if not found:
            self.end()
            done("on_kristall")
        self.window = found.split()[0]
        self.key("windowmove", self.window, "0", "0",
                 "windowsize", self.window, *map(str, SIZE))
        self.key("windowfocus", self.window)

    def key(self, *args):
        return self.x.run("xdotool", *args)

    def said(self):
        with open(self.log.name, encoding="utf-8", errors="replace") as f:
            return f.read()[-2000:]

    @staticmethod
    def until(good):
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            found = good()
            if found:
                return found
            time.sleep(0.2)
        return None

    def go(self, url):
        self.key("key", "ctrl+l")
        self.key("key", "ctrl+a")
        self.key("type", "--delay", "2", url)
        self.key("key", "Return")

    def windows(self):
        return self.key("search", "--onlyvisible", "--class",
                        "kristall").split()

    def ask(self, url, words):
        """Fill in the dialogue that opens."""
        before = len(self.windows())
        self.go(url)
        check("Kristall: search asks", self.until(
            lambda: len(self.windows()) > before), self.said())
        self.key("type", "--delay", "2", words)
        self.key("key", "Return")

    def text(self):
        """What is selected by select-all in the page, not the address."""
        self.key("mousemove", str(SIZE[0] - 40), str(SIZE[1] - 60),
                 "click", "1", "key", "ctrl+a", "key", "ctrl+c")
        return self.x.run("timeout", "5", "xclip", "-o", "-selection",
                          "clipboard")

    def shows(self, what, *texts):
        seen = [""]

        def good():
            seen[0] = re.sub(r"[\u2028\u2029]", "\n", self.text())
            return all(t in seen[0] for t in texts)
        self.until(good)
        check("Kristall: " + what, all(t in seen[0] for t in texts) and
              "\ufffd" not in seen[0], seen[0][:500] + self.said())

    def unselect(self):
        # Elsewhere: two clicks on one place would select a word.
        self.key("mousemove", "12", "110", "click", "1")

    def picture(self, name):
        self.unselect()
        path = os.path.join(OUT, name)
        self.x.run("import", "-window", self.window, path)
        check("Kristall: picture " + name, os.path.exists(path) and
              os.path.getsize(path) > 5000)

    def back(self):
        self.key("key", "alt+Left")

    def end(self):
        # Before the display: it saves what it trusts when it ends.
        self.p.send_signal(signal.SIGTERM)
        self.p.wait(20)
        self.log.close()


def on_gemini(k, url):
    k.go(url + "/")
    k.shows("home", "Qianjiang District / 黔江区", "History and people")
    k.picture("kristall-home.png")
    k.go(url + "/en/transport.gmi")
    k.shows("a page", "Transport", "Chongqing-Huaihua Railway (渝怀铁路)",
            "o Qianjiang")
    k.go(url + "/zh/economy.gmi")
    k.shows("the Chinese page", "2018年经济", "地区生产总值")
    k.picture("kristall-chinese.png")
    k.back()
    k.shows("back", "Chongqing-Huaihua Railway")
    k.ask(url + "/en/search.gmi", "wetland park")
    k.shows("found", "Pages found", "Tourism")
    k.go(url + "/zh/search.gmi?%E5%9C%9F%E5%AE%B6%E6%97%8F")
    k.shows("found in Chinese", "找到", "历史与人物")
    k.go(url + "/nowhere")
    k.shows("a page that is not there", "No such page")


def on_gopher(k, url):
    k.go(url + "/1/")
    k.shows("a Gopher root", "English (ASCII)", "Chinese (GB2312)")
    k.go(url + "/1/zh")
    k.shows("a Chinese menu", "黔江区", "认识黔江", "搜索")
    k.picture("kristall-gopher.png")
    k.go(url + "/0/zh/history/2.txt")
    k.shows("a part of a Chinese text", "第2部分，共2部分", "长路第")
    k.go(url + "/1/ascii")
    k.shows("an ASCII menu", "Introduction", "The district")
    k.back()
    k.shows("back from the menu", "第2部分，共2部分")


def main():
    desk = Desk()
    os.makedirs(OUT, exist_ok=True)
    if all([have(p) for p in ("kristall", "Xvfb", "xdotool", "xclip",
                              "import")]):
        x = X(*SIZE)
        k = None
        try:
            k = Kristall(x)
            on_gemini(k, desk.gemini)
            on_gopher(k, desk.gopher)
        finally:
            if k is not None:
                k.end()
            x.end()
    desk.end()
    done("on_kristall")


if __name__ == "__main__":
    main()
