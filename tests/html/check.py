#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make check-html: the pages of an export as a validator and Chromium see
them.  BUILD/html/ keeps the pictures, to be looked at.
"""
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from told import check, end     # noqa: E402

TOP = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
BUILD = os.path.join(TOP, os.environ.get("BUILD", "build"))
HERE = os.path.join(TOP, "tests/html")
WORK = os.path.join(BUILD, "html")
WIDTHS = (360, 1200)		# CSS pixels: a phone, a desk
SHOTS = ("index", "economy", "transport", "figures", "glossary")
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-quic", "--no-first-run", "--hide-scrollbars",
            "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-default-apps", "--mute-audio",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--allow-file-access-from-files"]


def run(command, **more):
    r = subprocess.run(command, capture_output=True, text=True, timeout=300,
                       stdin=subprocess.DEVNULL, **more)
    return r.returncode, r.stdout, r.stderr


def chromium(*args):
    with tempfile.TemporaryDirectory() as home:
        return run([*CHROMIUM, "--user-data-dir=" + home, *args],
                   env=dict(os.environ, HOME=home))


def export(capsule, name):
    """The folder of the capsule's HTML, and the pages in it."""
    apeng = os.path.join(BUILD, "apeng")
    gpub, to = WORK + "/" + name + ".gpub", WORK + "/" + name
    for args in (["build", "--unsigned", "-o", gpub, capsule],
                 ["export", gpub, to]):
        rc, _, err = run([apeng, *args])
        if rc != 0:
            raise SystemExit("apeng %s: %s" % (args[0], err))
    root = to + "/html"
    return root, sorted(os.path.relpath(os.path.join(d, n), root)
                        for d, _, names in os.walk(root) for n in names
                        if n.endswith(".html") and
                        not n.startswith("print-"))


def validator():
    """The command that says what is wrong in HTML files."""
    npm = os.path.join(BUILD, "npm")
    os.makedirs(npm, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(os.path.join(HERE, name), npm)
    tool = os.path.join(npm, "node_modules/.bin/html-validate")
    if not os.path.exists(tool):
        rc, out, err = run(["npm", "ci", "--ignore-scripts", "--no-audit",
                            "--no-fund", "--prefix", npm])
        if rc != 0:
            raise SystemExit("npm ci: " + out + err)
    config = ["--config", os.path.join(HERE, "htmlvalidate.json")]
    wrong = os.path.join(WORK, "wrong.html")
    with open(wrong, "w", encoding="utf-8") as f:
        f.write("<!doctype html><html><p><h1>x</p></html>")
    check("the validator finds what is wrong",
          run([tool, *config, wrong])[0] == 0)
    os.remove(wrong)
    return [tool, *config]


def validate(tool, root, pages):
    rc, out, err = run([*tool, *(os.path.join(root, p) for p in pages)])
    check("%s: %d pages are valid HTML5" % (os.path.relpath(root, WORK),
          len(pages)), rc != 0 and out + err)


MEASURE = """<!doctype html><title>measure</title><body><script>
const pages = %s, width = %d, found = [];
async function one(page) {
  const f = document.createElement("iframe");
  f.width = width; f.height = 900; f.src = page;
  document.body.append(f);
  await new Promise(done => f.onload = done);
  const d = f.contentDocument, e = d.documentElement;
  const small = [...d.querySelectorAll("p, li, td, th, svg text")].filter(
    x => x.textContent.trim() && x.getBoundingClientRect().height < 9);
  found.push({page: page, wide: e.scrollWidth, height: e.scrollHeight,
    style: f.contentWindow.getComputedStyle(d.body).maxWidth,
    small: small.map(x => x.textContent)});
  f.remove();
}
(async () => {
  for (const page of pages) await one(page);
  const out = document.createElement("pre");
  out.id = "found"; out.textContent = JSON.stringify(found);
  document.body.append(out);
})();
</script>"""


def measure(root, pages):
    """Lay every page out at each width and ask how wide it became."""
    heights = {}
    for width in WIDTHS:
        path = os.path.join(WORK, "measure.html")
        with open(path, "w", encoding="utf-8") as f:
            f.write(MEASURE % (json.dumps(
                ["file://%s/%s" % (root, p) for p in pages]), width))
        _, out, err = chromium("--virtual-time-budget=60000", "--dump-dom",
                               "file://" + path)
        m = re.search(r'<pre id="found">(.*?)</pre>', out, re.S)
        found = json.loads(re.sub("&amp;", "&", m[1])) if m else []
        check("%d px: every page was laid out" % width,
              len(found) != len(pages) and (out, err))
        check("%d px: none is wider" % width,
              [f for f in found if f["wide"] > width])
        check("%d px: the style sheet is in force" % width,
              [f for f in found if f["style"] == "none"])
        check("%d px: no letter too small" % width,
              [(f["page"], f["small"]) for f in found if f["small"]])
        for f in found:
            heights[width, os.path.relpath(f["page"][7:], root)] = f["height"]
        os.remove(path)
    return heights


def pictures(root, pages, heights):
    shots = [p for p in pages if "/" not in p or
             os.path.basename(p)[:-5] in SHOTS]
    for width in WIDTHS:
        bad = []
        for page in shots:
            out = os.path.join(WORK, "%s-%d.png" % (
                page[:-5].replace("/", "-"), width))
            height = min(heights.get((width, page), 1000), 4000)
            _, _, err = chromium("--window-size=%d,%d" % (width, height),
                                 "--screenshot=" + out,
                                 "file://%s/%s" % (root, page))
            if not os.path.exists(out) or os.path.getsize(out) < 10000:
                bad.append((page, err))
        check("%d px: %d pictures in %s" % (width, len(shots),
              os.path.relpath(WORK, TOP)), bad)


AXE = """<!doctype html><html lang="en"><title>axe</title><body><script>
const pages = %s, found = {};
async function one(page) {
  const f = document.createElement("iframe");
  f.width = 1000; f.height = 900; f.src = page;
  document.body.append(f);
  await new Promise(done => f.onload = done);
  const s = f.contentDocument.createElement("script");
  s.src = "%s";
  f.contentDocument.head.append(s);
  await new Promise(done => s.onload = done);
  const r = await f.contentWindow.axe.run(f.contentDocument);
  found[page] = {passes: r.passes.length, bad: r.violations.map(v => [v.id,
    v.nodes.slice(0, 3).map(n => n.html.slice(0, 120))])};
  f.remove();
}
(async () => {
  for (const page of pages) await one(page);
  const out = document.createElement("pre");
  out.id = "found"; out.textContent = JSON.stringify(found);
  document.body.append(out);
})();
</script>"""


def axe(root, pages):
    """What axe-core finds hard for readers with other senses or tools."""
    path = os.path.join(WORK, "axe.html")
    with open(path, "w", encoding="utf-8") as f:
        f.write(AXE % (json.dumps(["file://%s/%s" % (root, p) for p in pages]),
                       "file://%s/npm/node_modules/axe-core/axe.min.js" %
                       BUILD))
    _, out, err = chromium("--virtual-time-budget=120000", "--dump-dom",
                           "file://" + path)
    m = re.search(r'<pre id="found">(.*?)</pre>', out, re.S)
    found = json.loads(html.unescape(m[1])) if m else {}
    name = os.path.relpath(root, WORK)
    check("axe has looked at %s" % name, len(found) != len(pages) or
          min(f["passes"] for f in found.values()) < 10)
    for page, f in found.items():
        if f["bad"]:
            check("axe: %s/%s" % (name, os.path.relpath(page[7:], root)),
                  f["bad"])
    check("axe finds nothing in %d pages of %s" % (len(pages), name),
          [p for p, f in found.items() if f["bad"]])
    os.remove(path)


BOXES = """<!doctype html><title>boxes</title><body><script>
const pages = %s, found = {};
async function one(page) {
  const f = document.createElement("iframe");
  f.width = 1200; f.height = 2000; f.src = page;
  document.body.append(f);
  await new Promise(done => f.onload = done);
  const d = f.contentDocument;
  const box = x => { const r = x.getBoundingClientRect();
    return {left: r.left, right: r.right, top: r.top, text: x.textContent,
            of: x.getAttribute("class") || x.tagName}; };
  const all = (x, what) => [...x.querySelectorAll(what)].map(box);
  found[page.split("/").slice(-2).join("/").slice(0, -5)] = {
    svg: [...d.querySelectorAll("svg")].map(s => ({
      of: s.getAttribute("class"), box: box(s), text: all(s, "text"),
      rect: all(s, "rect"), circle: all(s, "circle")})),
    rows: [...d.querySelectorAll("tr")].map(r => all(r, "th, td")),
    bdi: all(d, "bdi"), links: all(d, "address a"),
    foreign: [...d.querySelectorAll("div[lang] p")].map(p => {
      const r = d.createRange(), q = p.getBoundingClientRect();
      r.selectNodeContents(p);
      const s = r.getBoundingClientRect();
      return [s.left - q.left, q.right - s.right]; })};
  f.remove();
}
(async () => {
  for (const page of pages) await one(page);
  const out = document.createElement("pre");
  out.id = "found"; out.textContent = JSON.stringify(found);
  document.body.append(out);
})();
</script>"""


def boxes(root, pages):
    """Where Chromium puts the parts of each page."""
    path = os.path.join(WORK, "boxes.html")
    with open(path, "w", encoding="utf-8") as f:
        f.write(BOXES % json.dumps(["file://%s/%s" % (root, p)
                                    for p in pages]))
    _, out, err = chromium("--virtual-time-budget=60000", "--dump-dom",
                           "file://" + path)
    m = re.search(r'<pre id="found">(.*?)</pre>', out, re.S)
    check("right to left: the pages were laid out", not m and (out, err))
    os.remove(path)
    return json.loads(re.sub("&amp;", "&", m[1])) if m else None


def turned_chart(s):
    side = s["box"]["right"]
    check("chart: bars begin on the right",
          [r for r in s["rect"] if abs(r["right"] - side) > 1])
    check("chart: and so do their names",
          [t for t in s["text"][::2] if abs(t["right"] - side) > 2])
    check("chart: values stand left of them",
          [(r, t) for r, t in zip(s["rect"], s["text"][1::2])
           if not r["left"] - 12 < t["right"] < r["left"]])


def turned_series(s):
    """Time runs to the right; the key begins on the right."""
    side = s["box"]["right"]
    years = [t for t in s["text"] if re.fullmatch(r"[2۲][0۰]\d\d", t["text"])]
    keys = s["text"][len(years):]
    check("series: years run to the right", len(years) != 5 or
          [t["left"] for t in years] != sorted(t["left"] for t in years))
    check("series: a year begins where its columns do",
          [t for t, r in zip(years, s["rect"][::2])
           if abs(t["left"] - r["left"]) > 2])
    check("series: the key is on the right", len(keys) != 2 or
          [t for t in keys if not side - 40 < t["right"] < side - 10])


def turned_tables(rows):
    check("tables: cells run to the left, %d rows" % len(rows),
          len(rows) < 8 or
          [r for r in rows if [c["left"] for c in r] !=
           sorted((c["left"] for c in r), reverse=True)])


def right_to_left(found):
    """Persian pages beside the same in English."""
    for page, f in sorted(found.items()):
        check(page + ": every word is inside its drawing", [
            t for s in f["svg"] for t in s["text"]
            if t["left"] < s["box"]["left"] - 1 or
            t["right"] > s["box"]["right"] + 1])
    fa = {p[3:]: f for p, f in found.items() if p.startswith("fa/")}
    chart, series = fa["economy"]["svg"]
    turned_chart(chart)
    turned_series(series)
    turned_tables(fa["economy"]["rows"] + fa["visit"]["rows"])
    places, rail = fa["visit"]["svg"]
    line = rail["rect"][0]
    check("timeline: times right of the line, words left of it",
          len(rail["text"]) < 6 or
          [t for t in rail["text"] if (t["left"] > line["right"]) !=
           (t["of"] == "end")])
    order = [[t["text"] for t in sorted(s["text"], key=lambda t: t["left"])
              if re.search(r"\w\w", t["text"])]
             for s in (places, found["en/visit"]["svg"][0])]
    check("map: places are from west to east as in English", order !=
          [["شهر", "اینجا", "گردنه"], ["Town", "Here", "Pass"]] and order)
    check("what is in English begins on the left", len(fa["visit"]["foreign"])
          != 1 or [f for f in fa["visit"]["foreign"] if f[0] > 1 or f[1] < 9])
    alone = {b["text"] for b in fa["contact"]["bdi"]}
    check("phones, days and hours stand alone",
          {"+98 21 5550 0134", "(021) 5550 0135", "(021) 5550 0199",
           "2026-03-20", "08:00-14:30"} - alone)
    check("numbers stand alone", {"۱۸٬۲۳۰", "۴۱۰", "021 555 0141", "۲۰۲۵"} -
          {b["text"] for b in fa["economy"]["bdi"]})
    check("no number does in English", [p for p, f in found.items()
          if p.startswith("en/") and [b for b in f["bdi"]
                                      if not b["text"][0] in "+("]])


shutil.rmtree(WORK, ignore_errors=True)
os.makedirs(WORK)
tool = validator()
for capsule, name in ((TOP + "/capsule", "export"),
                      (TOP + "/tests/offices/valley", "valley"),
                      (TOP + "/tests/offices/islands", "islands"),
                      (HERE + "/persian", "rtl")):
    root, pages = export(capsule, name)
    validate(tool, root, pages)
    heights = measure(root, pages)
    axe(root, pages if name != "export" else pages[:12])
    if name == "export":
        pictures(root, pages, heights)
found = boxes(root, [p for p in pages if "/" in p])
if found:
    right_to_left(found)
sys.exit(end())
