#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make check-html: the pages of an export as a validator and Chromium see
them.  BUILD/html/ keeps the pictures, to be looked at.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

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
passed = failed = 0


def check(name, bad):
    global passed, failed
    if bad:
        failed += 1
        print("not ok %s: %s" % (name, str(bad)[:2000]))
    else:
        passed += 1
        print("ok " + name)
    sys.stdout.flush()


def run(command, **more):
    r = subprocess.run(command, capture_output=True, text=True, timeout=300,
                       stdin=subprocess.DEVNULL, **more)
    return r.returncode, r.stdout, r.stderr


def chromium(*args):
    with tempfile.TemporaryDirectory() as home:
        return run([*CHROMIUM, "--user-data-dir=" + home, *args],
                   env=dict(os.environ, HOME=home))


def export():
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    apeng = os.path.join(BUILD, "apeng")
    for args in (["build", "--unsigned", "-o", WORK + "/q.gpub",
                  TOP + "/capsule"], ["export", WORK + "/q.gpub",
                                      WORK + "/export"]):
        rc, _, err = run([apeng, *args])
        if rc != 0:
            raise SystemExit("apeng %s: %s" % (args[0], err))
    root = WORK + "/export/html"
    return root, sorted(os.path.relpath(os.path.join(d, n), root)
                        for d, _, names in os.walk(root) for n in names
                        if n.endswith(".html"))


def validate(root, pages):
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
    rc, out, err = run([tool, *config,
                        *(os.path.join(root, p) for p in pages)])
    check("%d pages are valid HTML5" % len(pages), rc != 0 and out + err)


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


root, pages = export()
validate(root, pages)
pictures(root, pages, measure(root, pages))
print("%d passed, %d failed" % (passed, failed))
sys.exit(1 if failed else 0)
