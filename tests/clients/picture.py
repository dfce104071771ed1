#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""The picture of the README, made of real clients reading the district:

    make check-clients T=picture
    cp build/clients/screenshot.png .github/screenshot.png

Kristall on Gemini; beside it the UMN client of the 1990s on Gopher and
Amfora in Chinese, in terminals.
"""
import os

from desk import Desk, LIMIT, check, done, have, subprocess
from on_gemini import Amfora
from on_gopher import Umn
from on_kristall import OUT, SIZE, Kristall, X

WIDTH, HEIGHT = 1186, 732
LEFT = 610			# of Kristall; the terminals get the rest
LIMIT_BYTES = 100 * 1000
FONT = ["-fa", "DejaVu Sans Mono", "-fs", "8", "-fd", "Noto Sans Mono CJK SC"]


class Terminal:
    """An xterm that looks at a client's tmux."""

    def __init__(self, x, client, y, lines, ink, paper):
        client.tmux("set", "-g", "status", "off")
        self.p = subprocess.Popen(
            ["xterm", *FONT, "-geometry", "80x%d+%d+%d" % (lines, LEFT, y),
             "-fg", ink, "-bg", paper, "-bw", "0", "-b", "8", "+sb", "-u8",
             "-e", "tmux", "-u", "-S", client.socket, "attach"],
            env={**client.env, "DISPLAY": x.display},
            stdout=x.log, stderr=x.log)

    def end(self):
        self.p.terminate()
        self.p.wait(20)


def still(x, path):
    """The whole screen, once two looks in a row see the same."""
    last = None
    for _ in range(LIMIT * 2):
        x.run("import", "-window", "root", "-depth", "8", "ppm:" + path)
        with open(path, "rb") as f:
            seen = f.read()
        if seen == last:
            return True
        last = seen
        subprocess.run(["sleep", "0.5"], check=True)
    return False


def scene(desk, x, windows):
    k = Kristall(x)
    windows.append(k)
    k.key("windowsize", k.window, str(LEFT - 4), str(HEIGHT))
    SIZE[:] = [LEFT - 4, HEIGHT]
    k.go(desk.gemini + "/en/index.gmi")
    k.shows("the home page", "Qianjiang District, Chongqing")
    k.unselect()

    umn = Umn(desk, 80)
    umn.shows("the root", "English (ASCII)")
    umn.open(desk.number("", "/ascii"), "1")
    umn.shows("a tree", "Introduction")
    umn.open(desk.number("/ascii", "/ascii/s/invest"), "1")
    umn.shows("a section", "Economy in 2018")
    umn.open(desk.number("/ascii/s/invest", "/ascii/economy.txt"), "0")
    umn.shows("bars", "######", "12.8%")
    windows.append(Terminal(x, umn, 0, 25, "#8ae28a", "#0b120b"))

    amfora = Amfora(desk.gemini + "/zh/tourism.gmi", 80)
    amfora.reads("a Chinese page", "阿蓬江国家湿地公园")
    windows.append(Terminal(x, amfora, HEIGHT // 2 + 2, 25, "#e8e4d8",
                            "#10151c"))


def main():
    desk = Desk()
    os.makedirs(OUT, exist_ok=True)
    path = os.path.join(OUT, "screenshot.png")
    if all([have(p) for p in ("kristall", "Xvfb", "xdotool", "xclip",
                              "xterm", "import", "convert")]):
        x, windows = X(WIDTH, HEIGHT), []
        try:
            scene(desk, x, windows)
            check("the screen comes to rest", still(x, path + ".ppm"))
            subprocess.run(["convert", path + ".ppm", "+dither", "-colors",
                            "48", "-strip", "-define",
                            "png:compression-level=9", path], check=True)
            os.remove(path + ".ppm")
            check("under 100 KB", os.path.getsize(path) < LIMIT_BYTES,
                  os.path.getsize(path))
        finally:
            for w in windows:
                w.end()
            x.end()
    desk.end()
    done("picture")


if __name__ == "__main__":
    main()
