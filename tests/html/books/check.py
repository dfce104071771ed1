#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make check-html, its third part: the books of an export as validators,
readers and a printer see them.  BUILD/books/ keeps what they made, to be
looked at."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(
    os.path.abspath(__file__)), ".."))
from told import check, end     # noqa: E402
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from foliate import show        # noqa: E402

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../.."))
BUILD = os.path.join(TOP, os.environ.get("BUILD", "build"))
HERE = os.path.join(TOP, "tests/html/books")
WORK = os.path.join(BUILD, "books")
NPM = os.path.join(BUILD, "npm-books")
BIN = os.path.join(NPM, "node_modules/.bin")
CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu",
            "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--allow-file-access-from-files", "--no-pdf-header-footer"]
WORDS = {"en": "Economy in 2018", "zh": "2018年经济"}


def run(command, **more):
    r = subprocess.run(command, capture_output=True, text=True, timeout=900,
                       stdin=subprocess.DEVNULL, **more)
    return r.returncode, r.stdout, r.stderr


def must(command, **more):
    rc, out, err = run(command, **more)
    if rc != 0:
        raise SystemExit("%s: %s" % (" ".join(command), out + err))
    return out


def export():
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    apeng = os.path.join(BUILD, "apeng")
    must([apeng, "build", "--unsigned", "-o", WORK + "/q.gpub",
          TOP + "/capsule"])
    must([apeng, "export", WORK + "/q.gpub", WORK + "/export"])
    return WORK + "/export/html"


def tools():
    os.makedirs(NPM, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(os.path.join(HERE, name), NPM)
    if not os.path.exists(BIN + "/ace-cli"):
        must(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund",
              "--prefix", NPM])


def broken(epub):
    """The same book without its title, which every validator must see."""
    d = tempfile.mkdtemp(dir=WORK)
    must(["unzip", "-q", epub, "-d", d])
    opf = d + "/EPUB/package.opf"
    with open(opf, encoding="utf-8") as f:
        text = re.sub("<dc:title>.*?</dc:title>", "", f.read())
    with open(opf, "w", encoding="utf-8") as f:
        f.write(text)
    out = WORK + "/broken.epub"
    must(["zip", "-q", "-X0", out, "mimetype"], cwd=d)
    must(["zip", "-q", "-Xr", out, "META-INF", "EPUB"], cwd=d)
    return out


def debian(epub):
    rc, out, err = run(["java", "-jar", "/usr/share/java/epubcheck.jar",
                        epub])
    return "0 fatals / 0 errors / 0 warnings" not in out + err and out + err


def port(epub):
    """The TypeScript port of EPUBCheck 5, which npm has whole."""
    rc, out, err = run([BIN + "/epubcheck-ts", epub])
    return (rc != 0 or not re.search(r"Errors:\s+0\b", out) or
            not re.search(r"Warnings:\s+0\b", out)) and out + err


def ace(epub, name):
    out = os.path.join(WORK, "ace-" + name)
    with tempfile.TemporaryDirectory() as home:
        rc, log, err = run([BIN + "/ace-cli", "-f", "-o", out, epub],
                           env=dict(os.environ, HOME=home,
                                    ACE_TIMEOUT_INITIAL="120000",
                                    PUPPETEER_EXECUTABLE_PATH="/usr/bin/"
                                    "chromium"))
    try:
        with open(out + "/report.json", encoding="utf-8") as f:
            report = json.load(f)
    except OSError:
        return log + err
    return [(a["earl:testSubject"]["url"], x["earl:test"]["dct:title"])
            for a in report["assertions"] for x in a["assertions"]]


def sheet(root, lang):
    """The pages for a printer: their size, numbers, words and letters."""
    pdf = os.path.join(WORK, "print-%s.pdf" % lang)
    with tempfile.TemporaryDirectory() as home:
        run([*CHROMIUM, "--user-data-dir=" + home, "--print-to-pdf=" + pdf,
             "file://%s/print-%s.html" % (root, lang)],
            env=dict(os.environ, HOME=home))
    info = must(["pdfinfo", pdf])
    size = re.search(r"Page size: +([\d.]+) x ([\d.]+) pts", info)
    check(lang + ": the sheet is A5", abs(float(size[1]) - 419.5) > 1.5 or
          abs(float(size[2]) - 595.3) > 1.5)
    pages = must(["pdftotext", "-layout", pdf, "-"]).split("\f")
    check(lang + ": each page but the first has its number", [
        n for n, p in enumerate(pages[:-1], 1)
        if (p.split() or [""])[-1] != str(n) and n > 1] or
        pages[0].split()[-1] == "1")
    check(lang + ": the words are on paper", WORDS[lang] not in
          "".join(pages[2:]))
    must(["pdftoppm", "-r", "60", "-png", pdf, pdf[:-4]])
    print("# %d pages of A5" % (len(pages) - 1))


def readers(epub, lang):
    text = must(["mutool", "draw", "-F", "txt", "-o", "-", epub])
    check(lang + ": MuPDF shows its text", WORDS[lang] not in text)
    must(["mutool", "draw", "-r", "72", "-o", WORK + "/mupdf-%s-%%d.png" %
          lang, epub, "1-12"])


def zim(root):
    """apeng(1)'s recipe, and what Kiwix's own checker says of it."""
    with open(TOP + "/src/man/apeng.1", encoding="utf-8") as f:
        m = re.search(r"^(convert DIR.*?\n)\.Ed", f.read(), re.S | re.M)
    commands = m[1].replace("DIR/html", "html").replace("\\e\n", "\\\n")
    shutil.copytree(root, WORK + "/zim/html")
    rc, out, err = run(["sh", "-ec", commands], cwd=WORK + "/zim")
    check("apeng(1) makes a ZIM, in which zimcheck finds no fault",
          (rc != 0 or "Overall Test Status: Pass" not in out + err) and
          out + err)
    first = WORK + "/zim/first.zim"
    os.rename(WORK + "/zim/qianjiang.zim", first)
    run(["sh", "-ec", commands], cwd=WORK + "/zim")
    with open(first, "rb") as a, open(WORK + "/zim/qianjiang.zim",
                                      "rb") as b:
        check("whose bytes are other ones each time, as it says",
              a.read() == b.read())


def beside():
    """A book from right to left with a picture in it, of check.py's Persian
    district; the folder of its books."""
    src, photo = WORK + "/persian", WORK + "/bridge.jpg"
    shutil.copytree(TOP + "/tests/html/persian", src)
    must(["convert", "-size", "900x600", "gradient:#88a-#242", "-fill",
          "#ed3", "-draw", "circle 450,300 450,200", photo])
    apeng = os.path.join(BUILD, "apeng")
    must([apeng, "attach", src, photo])
    with open(src + "/pages/visit.yml", "a", encoding="utf-8") as f:
        f.write("  - image:\n      src: files/bridge.jpg\n"
                "      alt: {fa: پل گردنه, en: The bridge at the pass}\n"
                "      caption: {fa: پل در بهار, en: The bridge in spring}\n")
    must([apeng, "build", "--unsigned", "-o", WORK + "/p.gpub", src])
    must([apeng, "export", WORK + "/p.gpub", WORK + "/p"])
    return WORK + "/p/html"


def turned(epub):
    """The book's pages turn from right to left, and it holds its picture."""
    opf = must(["unzip", "-p", epub, "EPUB/package.opf"])
    check("fa: pages turn from right to left",
          'page-progression-direction="rtl"' not in opf)
    check("fa: the language and direction of its documents", re.findall(
        r'<html (?![^>]*dir="rtl")[^>]*>', must(
            ["unzip", "-p", epub, "EPUB/text/*.xhtml"])))
    names = must(["unzip", "-Z1", epub]).split()
    check("fa: the picture is in it", not [n for n in names if
                                           n.endswith("bridge.jpg")])
    alt = must(["unzip", "-p", epub, "EPUB/text/visit.xhtml"])
    check("fa: what it shows is said", 'alt="پل گردنه"' not in alt)


def foliate(epub, lang):
    """As a reader on a desk shows it: the cover's page and later ones."""
    check(lang + ": Foliate shows it and turns pages",
          show(epub, WORK + "/foliate-" + lang,
               key="Left" if lang == "fa" else "Right"))


root = export()
tools()
wrong = broken(root + "/qianjiang-en.epub")
check("the validators find what is wrong", not debian(wrong) or
      not port(wrong))
for lang in WORDS:
    epub = "%s/qianjiang-%s.epub" % (root, lang)
    check(lang + ": Debian's epubcheck finds nothing", debian(epub))
    check(lang + ": a port of epubcheck 5 finds nothing", port(epub))
    check(lang + ": Ace finds nothing", ace(epub, lang))
    readers(epub, lang)
    sheet(root, lang)
    foliate(epub, lang)
turned_root = beside()
for lang in ("fa", "en"):
    epub = "%s/cedar-pass-%s.epub" % (turned_root, lang)
    check(lang + ", with a picture: Debian's epubcheck finds nothing",
          debian(epub))
    check(lang + ", with a picture: a port of epubcheck 5 finds nothing",
          port(epub))
    check(lang + ", with a picture: Ace finds nothing",
          ace(epub, "picture-" + lang))
turned(turned_root + "/cedar-pass-fa.epub")
foliate(turned_root + "/cedar-pass-fa.epub", "fa")
zim(root)
sys.exit(end())
