#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make check-html, its second part: every page as a running server gives it
over HTTP, read by Chromium as a phone has it, by a validator, axe, text
browsers, dillo and netsurf.  BUILD/live/ keeps what they made of it."""
import html
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import html5lib                     # noqa: E402
from devtools import Chromium       # noqa: E402
from told import check, end         # noqa: E402

TOP = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.join(TOP, os.environ.get("BUILD", "build"))
WORK = os.path.join(BUILD, "live")
NPM = os.path.join(BUILD, "npm")
APENG = os.path.join(BUILD, "apeng")
PHONE, DESK = (360, 740), (1200, 900)       # CSS pixels
PICTURES = ("/en/economy.html", "/zh/economy.html", "/en/", "/zh/")


def run(command, **more):
    r = subprocess.run(command, capture_output=True, timeout=300,
                       stdin=subprocess.DEVNULL, **more)
    return (r.returncode, r.stdout.decode("utf-8", "replace"),
            r.stderr.decode("utf-8", "replace"))


class Server:
    def __init__(self, pkg, log=None):
        self.path = log or WORK + "/serve.log"
        self.log = open(self.path, "w", encoding="utf-8")
        self.proc = subprocess.Popen(
            [APENG, "serve", "--unsigned", "--gemini", "off", "--gopher",
             "off", "--http", "127.0.0.1:0", pkg], stdout=subprocess.PIPE,
            stderr=self.log, text=True)
        line = self.proc.stdout.readline()
        self.port = int(re.match(r"ready http://.*:(\d+)/", line)[1])
        self.base = "http://127.0.0.1:%d" % self.port

    def get(self, path):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        c.request("GET", path)
        r = c.getresponse()
        body = r.read()
        c.close()
        return r, body

    def asked(self):
        with open(self.path, encoding="utf-8") as f:
            return f.read()

    def end(self):
        self.proc.terminate()
        self.proc.wait()
        self.log.close()


def pages_of(pkg):
    rc, _, err = run([APENG, "export", pkg, WORK + "/export"])
    if rc != 0:
        raise SystemExit(err)
    root = WORK + "/export/html"
    names = [os.path.relpath(os.path.join(d, n), root)
             for d, _, files in os.walk(root) for n in files
             if n.endswith(".html") and not n.startswith("print-")]
    return sorted("/" + re.sub(r"(^|/)index\.html$", r"\1", n)
                  for n in names)


def file_of(path):
    return WORK + "/" + (re.sub(r"\W+", "-", path).strip("-") or "root")


def words(text):
    return "".join(text.split()).casefold()


def headings(body):
    text = body.decode("utf-8", "replace")
    return [html.unescape(re.sub("<[^>]*>", "", h))
            for h in re.findall(r"(?s)<h[12][^>]*>(.*?)</h[12]>", text)]


def validate(files):
    """The syntax by html5lib, which stops at the first fault; then the same
    tree with every tag by html-validate, which misses optional ones."""
    bad = []
    for f in files:
        with open(f, "rb") as g:
            body = g.read()
        try:
            tree = html5lib.HTMLParser(strict=True).parse(body)
        except html5lib.html5parser.ParseError as e:
            bad.append((f, e))
            continue
        with open(f, "w", encoding="utf-8") as g:
            g.write("<!doctype html>" + html5lib.serialize(
                tree, omit_optional_tags=False, quote_attr_values="always"))
    check("%d live pages have no fault of HTML5's syntax" % len(files), bad)
    rc, out, err = run([NPM + "/node_modules/.bin/html-validate", "--config",
                        HERE + "/htmlvalidate.json", *files])
    check("%d live pages are valid HTML5" % len(files), rc and out + err)


LOOK = """(() => { const e = document.documentElement; return {
  wide: e.scrollWidth, width: innerWidth, height: e.scrollHeight,
  style: getComputedStyle(document.body).maxWidth,
  scripts: document.scripts.length,
  out: [...document.querySelectorAll("body *")].filter(x =>
    x.getBoundingClientRect().right > innerWidth + 1 &&
    !x.closest("pre, .scroll, table, svg")).map(x => x.tagName)}; })()"""
AXE = """axe.run(document).then(r => ({passes: r.passes.length,
  bad: r.violations.map(v => [v.id, v.nodes.slice(0, 3).map(
    n => n.html.slice(0, 120))])}))"""


def looked_at(c, srv, paths, size, name):
    """Each page in Chromium at one size; axe too."""
    wide, said, plain, hard, odd = [], [], [], [], []
    with open(NPM + "/node_modules/axe-core/axe.min.js",
              encoding="utf-8") as f:
        axe = f.read()
    c.size(*size, phone=name == "phone")
    for p in paths:
        bad = c.open(srv.base + p)
        if bad and "search?q=nothing" not in p and p != "/none.html":
            said.append((p, bad))
        see = c.value(LOOK)
        if see["wide"] > size[0] or see["width"] != size[0] or see["out"]:
            wide.append((p, see))
        if see["style"] == "none":
            plain.append(p)
        if see["scripts"]:
            odd.append(p)
        if p in PICTURES:
            c.picture("%s-%s.png" % (file_of(p), name), size[0],
                      min(see["height"], 2000))
        c.ask("Runtime.evaluate", expression=axe + ";0")
        found = c.value(AXE)
        if found["bad"] or found["passes"] < 8:
            hard.append((p, found))
    what = "%s, %d px, %d pages: " % (name, size[0], len(paths))
    check(what + "none must be scrolled sideways", wide)
    check(what + "Chromium complains of nothing", said)
    check(what + "the style sheet is in force", plain)
    check(what + "no script", odd)
    check(what + "axe finds nothing", hard)


def text_browsers(srv, paths, bodies):
    tools = {"lynx": ["lynx", "-dump", "-nolist", "-display_charset=utf-8"],
             "w3m": ["w3m", "-dump", "-O", "UTF-8"],
             "links2": ["links2", "-dump", "-codepage", "utf8"]}
    for name, tool in tools.items():
        bad = []
        for p in paths:
            rc, out, err = run(tool + [srv.base + p], env=dict(
                os.environ, HOME=WORK))
            got = words(out)
            want = [words(h) for h in headings(bodies[p])]
            if name == "links2":    # its dump knows no wide characters
                want = [h for h in want if h.isascii()]
            if rc or [h for h in want if h not in got]:
                bad.append((p, [h for h in want if h not in got], err))
        check("%s reads %d pages, every heading" % (name, len(paths)), bad)
    bad = [p for p in paths if subprocess.run(
        ["curl", "-sS", "--http1.0", srv.base + p],
        capture_output=True).stdout != bodies[p]]
    check("curl --http1.0 gets the same %d pages" % len(paths), bad)


def drawn(picture):
    """How many colours; a blank window has few."""
    rc, out, _ = run(["convert", picture, "-format", "%k", "info:"])
    return int(out) if rc == 0 and out.strip().isdigit() else 0


def windows(srv, paths):
    """dillo and netsurf in an X server of their own: each page is asked for
    and drawn."""
    back, there = os.pipe()
    x = subprocess.Popen(["Xvfb", "-displayfd", str(there), "-screen", "0",
                          "800x900x24", "-nolisten", "tcp"],
                         pass_fds=[there], stderr=subprocess.DEVNULL)
    os.close(there)
    with os.fdopen(back) as f:      # to its newline, or its writer dies
        display = ":" + f.readline().strip()
    env = dict(os.environ, DISPLAY=display, HOME=WORK)
    for name in ("dillo", "netsurf-gtk"):
        bad = []
        for p in paths:
            at = len(srv.asked())
            path = p.split("?")[0]
            b = subprocess.Popen([name, srv.base + p], env=env,
                                 stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
            out = "%s-%s.png" % (file_of(p), name)
            colours, until = 0, time.monotonic() + 30
            while time.monotonic() < until:
                time.sleep(0.3)
                new = srv.asked()[at:]
                if not re.search(r" http \S+ 20 \d+ \d+ %s\n" %
                                 re.escape(path), new) or \
                        "/style.css" not in new:
                    continue
                time.sleep(0.7)
                run(["import", "-window", "root", out], env=env)
                colours = drawn(out)
                if colours > 100:
                    break
            b.terminate()
            b.wait()
            if colours <= 100:
                bad.append((p, colours, srv.asked()[at:]))
        check("%s asks for and draws %d pages" % (name, len(paths)), bad)
    x.terminate()
    x.wait()


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    pkg = WORK + "/q.gpub"
    rc, _, err = run([APENG, "build", "--unsigned", "-o", pkg,
                      TOP + "/capsule"])
    if rc != 0:
        raise SystemExit(err)
    paths = pages_of(pkg)
    srv = Server(pkg)
    extra = ["/en/search?q=airport", "/zh/search?q=%E6%9C%BA%E5%9C%BA",
             "/en/search?q=nothing-like-it", "/en/search", "/none.html",
             "/zh/none.html"]
    bodies, files, kinds = {}, [], []
    for p in paths + extra:
        r, bodies[p] = srv.get(p)
        if r.status != (404 if "none.html" in p else 200):
            kinds.append((p, r.status))
        if "script-src" in r.headers.get("content-security-policy", "") or \
                "default-src 'none'" not in r.headers.get(
                    "content-security-policy", ""):
            kinds.append((p, r.headers.items()))
        files.append(file_of(p) + ".html")
        with open(files[-1], "wb") as f:
            f.write(bodies[p])
    check("%d pages, searches and refusals: status and policy" % len(files),
          kinds)
    validate(files)
    c = Chromium()
    looked_at(c, srv, paths + extra[:4], PHONE, "phone")
    looked_at(c, srv, paths + extra[:4], DESK, "desk")
    c.end()
    text_browsers(srv, paths, bodies)
    windows(srv, paths)
    srv.end()
    return end()


if __name__ == "__main__":
    sys.exit(main())
