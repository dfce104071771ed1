#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""make check-editor: what an editor with the YAML language server shows of
a capsule: mistakes marked, keys completed and explained, by schema.json.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import threading

TOP = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
BUILD = os.path.join(TOP, os.environ.get("BUILD", "build"))
HERE = os.path.join(TOP, "tests/editor")
WORK = os.path.join(BUILD, "editor")
SETTINGS = {"yaml": {"validate": True, "completion": True, "hover": True,
                     "schemaStore": {"enable": False},
                     "format": {"enable": False}}}
WAIT = 60			# seconds; a busy machine is slow
passed = failed = 0


def check(name, good, *more):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
    print(("ok " if good else "not ok ") + name, flush=True)
    if not good:
        print(str(more)[:2000])


def server():
    """The package in the version of package-lock.json, into BUILD."""
    os.makedirs(WORK, exist_ok=True)
    for f in "package.json", "package-lock.json":
        shutil.copy(os.path.join(HERE, f), WORK)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit",
                    "--no-fund", "--silent"], cwd=WORK, check=True)
    return os.path.join(WORK, "node_modules/yaml-language-server/bin/"
                        "yaml-language-server")


class Editor:
    """As an editor speaks: JSON-RPC over standard input and output."""

    def __init__(self, program):
        self.proc = subprocess.Popen(["node", program, "--stdio"],
                                     stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE)
        self.news = threading.Condition()
        self.answers, self.marks, self.n = {}, {}, 0
        threading.Thread(target=self.listen, daemon=True).start()
        self.ask("initialize", {
            "processId": os.getpid(), "rootUri": "file://" + WORK,
            "capabilities": {
                "workspace": {"configuration": True,
                              "didChangeConfiguration": {}},
                "textDocument": {
                    "completion": {"completionItem": {
                        "documentationFormat": ["plaintext"]}},
                    "hover": {"contentFormat": ["plaintext"]},
                    "publishDiagnostics": {}}}})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration",
                  {"settings": SETTINGS})

    def send(self, message):
        b = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.proc.stdin.write(b"Content-Length: %d\r\n\r\n" % len(b) + b)
        self.proc.stdin.flush()

    def listen(self):
        while True:
            size = 0
            while (line := self.proc.stdout.readline()).strip():
                if line.lower().startswith(b"content-length:"):
                    size = int(line.split(b":")[1])
            if size == 0:
                return
            m = json.loads(self.proc.stdout.read(size))
            with self.news:
                if "method" in m and "id" in m:
                    self.send({"id": m["id"], "result": self.reply(m)})
                elif m.get("method") == "textDocument/publishDiagnostics":
                    p = m["params"]
                    self.marks[p["uri"]] = p["diagnostics"]
                elif "id" in m:
                    self.answers[m["id"]] = m
                self.news.notify_all()

    def reply(self, m):
        if m["method"] != "workspace/configuration":
            return None
        return [SETTINGS.get(i.get("section")) for i in m["params"]["items"]]

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def wait(self, what):
        with self.news:
            if not self.news.wait_for(what, WAIT):
                raise SystemExit("the language server does not answer")

    def ask(self, method, params):
        self.n += 1
        n = self.n
        self.send({"id": n, "method": method, "params": params})
        self.wait(lambda: n in self.answers)
        a = self.answers.pop(n)
        assert "error" not in a, a
        return a["result"]

    def open(self, path, text=None):
        """The uri, and what is marked: (line from 1, message).  Every text
        has a name of its own, so that no answer is that to an earlier."""
        if text is None:
            with open(path, encoding="utf-8") as f:
                text = f.read()
        self.n += 1
        uri = "file://" + path.replace(".yml", f"-{self.n}.yml")
        self.tell("textDocument/didOpen", {"textDocument": {
            "uri": uri, "languageId": "yaml", "version": 1, "text": text}})
        self.wait(lambda: uri in self.marks)
        return uri, [(d["range"]["start"]["line"] + 1, d["message"])
                     for d in self.marks[uri]]

    def at(self, method, path, text, mark):
        """Ask about where mark stands in the text, which goes."""
        place = text.index(mark)
        before = text[:place]
        uri, _ = self.open(path, text.replace(mark, "", 1))
        got = self.ask(method, {
            "textDocument": {"uri": uri}, "position": {
                "line": before.count("\n"),
                "character": len(before.split("\n")[-1])}})
        return got

    def offers(self, path, text):
        """label -> what is said of it, at the mark |."""
        got = self.at("textDocument/completion", path, text, "|")
        items = got["items"] if isinstance(got, dict) else got
        return {i["label"]: str(i.get("documentation", "")) for i in items}


def files(capsule):
    pages = os.path.join(capsule, "pages")
    return [os.path.join(capsule, "capsule.yml")] + sorted(
        os.path.join(pages, f) for f in os.listdir(pages))


def starter(name, *args):
    d = os.path.join(WORK, name)
    shutil.rmtree(d, ignore_errors=True)
    subprocess.run([os.path.join(BUILD, "apeng"), "new", *args, d],
                   check=True, stdout=subprocess.DEVNULL)
    return d


def no_marks(e, name, capsule):
    bad = {}
    for f in files(capsule):
        uri, marks = e.open(f)
        if marks:
            bad[f] = marks
    check(f"nothing is marked in {name}", not bad, bad)


def mistakes(e, capsule):
    page = os.path.join(capsule, "pages/transport.yml")
    top = os.path.join(capsule, "capsule.yml")
    cases = [
        ("a key misspelt", page, "\nsummary:", "\nsumary:", "sumary"),
        ("a translation missing", page, r"re:\ntitle:\n  en: [^\n]*",
         "\ntitle:", "en"),
        ("a value not in its list", page, "status: open", "status: opened",
         "(?i)accepted|valid"),
        ("no date", page, r"re:\ndate: \S+", "\ndate: last week",
         "(?i)pattern"),
        ("a key of nothing in capsule.yml", top, "\nlicence:",
         "\nlicense:", "license"),
        ("a key missing in capsule.yml", top, r"re:\ncontact: \S+", "",
         "contact"),
    ]
    for name, path, old, new, want in cases:
        with open(path, encoding="utf-8") as f:
            text = f.read()
        pattern = old[3:] if old.startswith("re:") else re.escape(old)
        broken, n = re.subn(pattern, new, text, count=1)
        assert n == 1, (name, old)
        uri, marks = e.open(path, broken)
        check("marked: " + name,
              any(re.search(want, m) for _, m in marks), marks)


def completion(e, capsule):
    page = os.path.join(capsule, "pages/transport.yml")
    top = os.path.join(capsule, "capsule.yml")
    line = "# yaml-language-server: $schema="
    o = e.offers(top, line + "schema.json\nid: qianjiang\n|\n")
    check("capsule.yml: its keys are offered, each explained",
          {"title", "languages", "licence", "expires_days"} <= set(o) and
          "365 by default" in o["expires_days"] and
          all(o[k] for k in ("title", "languages", "licence")), o)
    o = e.offers(page, line + "../schema.json\ntitle: {en: a, zh: b}\n|\n")
    check("a page: its keys are offered, each explained",
          {"short", "summary", "date", "change", "blocks"} <= set(o) and
          o["change"] == "What changed then." and "languages" not in o, o)
    o = e.offers(page, line + "../schema.json\ntitle: {en: a, zh: b}\n"
                 "blocks:\n  - |\n")
    check("a block: its types are offered, each explained",
          {"text", "figures", "chart", "timeline", "note"} <= set(o) and
          o["chart"] == "Bars drawn as text.", o)
    o = e.offers(page, line + "../schema.json\ntitle: {en: a, zh: b}\n"
                 "blocks:\n  - lines:\n      - kind: |\n")
    check("a value: what it may be is offered",
          {"rail", "road", "air", "water"} <= set(o), o)
    o = e.offers(page, line + "../schema.json\ntitle:\n  |\n")
    check("a text: the languages of the capsule are offered",
          {"en", "zh"} <= set(o), o)
    got = e.at("textDocument/hover", top, line + "schema.json\n"
               "id: qianjiang\nlice|nce: {en: a, zh: b}\n", "|")
    check("a key explains itself under the pointer",
          "What others may do with the text" in json.dumps(got), got)


def main():
    e = Editor(server())
    # A copy: the server reads what lies beside the file it is shown.
    capsule = os.path.join(WORK, "capsule")
    shutil.rmtree(capsule, ignore_errors=True)
    shutil.copytree(os.path.join(TOP, "capsule"), capsule)
    no_marks(e, "the capsule", capsule)
    mistakes(e, capsule)
    completion(e, capsule)
    no_marks(e, "the starter", starter("starter"))
    no_marks(e, "the starter in French", starter("french", "-l", "fr"))
    zh = starter("chinese", "--lang", "zh")
    no_marks(e, "the starter for Chinese editors", zh)
    o = e.offers(os.path.join(zh, "pages/visit.yml"),
                 "# yaml-language-server: $schema=../schema.json\n"
                 "title: {en: a, zh: b}\n|\n")
    check("its keys are explained in Chinese",
          o.get("change") == "那天改了什么。", o)
    e.ask("shutdown", None)
    e.tell("exit", None)
    e.proc.wait(WAIT)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
