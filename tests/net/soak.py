#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""A long life: N mixed requests with cut clients among them, SIGHUP and new
editions meanwhile.  No reply is wrong, and no process grows.

soak.test runs it with few requests, `make soak N=1000000' at full length.
Reloads come between the 10th and the 65th hundredth only, so that the first
and the last tenth each lie within one generation of workers: comparing them
finds what leaks at a reload and what leaks at a request.
"""
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
import urllib.parse
import zipfile
import zlib

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/net"))
from server import *    # noqa: E402,F403

CONNS = 24
SANITIZED = "san" in os.path.basename(os.environ["BUILD"])
PORTS = ["--gemini-public-port", "1965", "--gopher-public-port", "70"]
TREES = ("en", "zh", "ascii", "gb", "hz", "40")


class Editions:
    """Signed editions of the capsule, each a page apart from the last."""

    def __init__(self, n):
        self.key = path("soak")
        assert apeng("keygen", "-W", "-o", self.key).returncode == 0
        source = path("soak.capsule")
        shutil.copytree(os.path.join(TOP, "capsule"), source)
        self.dir = []
        made = path("soak.made")
        os.mkdir(made)
        for i in range(n):
            with open(os.path.join(source, "pages", "history.yml"), "a",
                      encoding="utf-8") as f:
                f.write('  - text: {en: "Added for edition %d.", zh: '
                        '"为第%d版所加。"}\n' % (i, i))
            r = apeng("build", "-k", self.key + ".key", "-o",
                      made + "/q.gpub", source)
            assert r.returncode == 0, r.stderr
            self.dir.append(path("soak.%d" % i))
            shutil.copytree(made, self.dir[i])
        self.live = path("soak.live")
        shutil.copytree(self.dir[0], self.live)
        self.pkg = self.live + "/q.gpub"

    def args(self):
        return ["-p", self.key + ".pub", *PORTS]

    def put(self, i):
        """In place, as mirror does it: the blobs first, then the file."""
        store = self.dir[i] + "/q.gpub.store"
        for folder, _, names in os.walk(store):
            to = os.path.join(self.pkg + ".store",
                              os.path.relpath(folder, store))
            os.makedirs(to, exist_ok=True)
            for name in names:
                self.replace(os.path.join(folder, name),
                             os.path.join(to, name))
        self.replace(self.dir[i] + "/q.gpub", self.pkg)

    @staticmethod
    def replace(source, to):
        """Never in the file itself: servers have it mapped."""
        shutil.copy(source, to + ".new")
        os.rename(to + ".new", to)


def gemini_asks(names):
    """(weight, request)"""
    url = "gemini://localhost"
    pages = [n for n in names if n.endswith(".gmi")]
    out = [(2200 // len(pages), url + "/" + n) for n in pages]
    out += [(8, url + "/" + n) for n in names if n not in pages]
    out += [(40, url + "/"), (20, url), (20, url + "/en"),
            (60, url + "/nowhere"), (20, url + "/../etc/passwd"),
            (60, "gemini://elsewhere.example/"), (30, "nonsense"),
            (30, "http://localhost/"), (20, ""),
            (40, url + "/search"), (40, url + "/qianjiang.gpub")]
    out += [(30, url + "/search?" + urllib.parse.quote(w))
            for w in ("river", "airport railway", "机场", "qqzz", "a")]
    out += [(20, url + "/.apeng/" + x) for x in ("head", "up/-", "up/1-0")]
    return out


def gopher_asks(s):
    """Every menu and text that links lead to."""
    seen, todo, out = set(), [""], []
    while todo:
        sel = todo.pop()
        if sel in seen or len(out) > 700:
            continue
        seen.add(sel)
        reply = s.gopher(sel)
        out.append((10, sel))
        if not re.match(rb"[01379i]", reply) or sel.endswith(".txt"):
            continue
        for line in reply.split(b"\r\n"):
            f = line.split(b"\t")
            if len(f) == 4 and line[:1] in b"01" and f[2] == b"localhost":
                todo.append(f[1].decode())
    n = 5500 // len(out)
    out = [(max(n, 1), sel) for _, sel in out]
    out += [(100, "/qianjiang.gpub"), (40, "caps.txt"), (60, "/nowhere"),
            (20, "GET / HTTP/1.0"), (30, "URL:gemini://localhost/"),
            (40, "/.apeng/head"), (40, "/.apeng/up/-"),
            (30, "/en\t$"), (30, "/ascii\t!")]
    out += [(20, "/%s/search\triver" % t) for t in TREES]
    return out


def list_of(editions):
    """What to ask, with the replies of each edition.  Lines for mix(1)."""
    asks, crcs = [], {}
    for i in range(len(editions.dir)):
        s = Server(*editions.args(), pkg=editions.dir[i] + "/q.gpub")
        if not asks:
            names = zipfile.ZipFile(s.pkg).namelist()
            asks = [("gemini", w, r) for w, r in gemini_asks(names)]
            asks += [("gopher", w, r) for w, r in gopher_asks(s)]
        for proto, _, r in asks:
            raw = r.encode() + b"\r\n"
            got = s.gemini(raw=raw) if proto == "gemini" else \
                s.gopher(raw=raw)
            assert got, r
            crcs.setdefault((proto, r), []).append(zlib.crc32(got))
        s.stop()
    lines = ["%s\t%d\t%s\t%s" % (p, w, ",".join(
        "%x" % c for c in sorted(set(crcs[p, r]))), r) for p, w, r in asks]
    for proto, w, r in (("gemini", 150, "gemini://localhost/en/index.gmi"),
                        ("gemini", 50, "gemini://localhost/qianjiang.gpub"),
                        ("gopher", 200, "/en"),
                        ("gopher", 100, "/qianjiang.gpub")):
        lines.append("%s\t%d\tcut\t%s" % (proto, w, r))
    with open(path("soak.list"), "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")
    return path("soak.list"), len(asks)


def rollup(pid):
    """KiB; Files: all that is mapped of files, in memory or not."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as f:
        got = {k: int(v) for k, v in
               re.findall(r"(?m)^(Pss|Rss|Anonymous): +(\d+) kB", f.read())}
    with open(f"/proc/{pid}/maps", encoding="utf-8") as f:
        got["Files"] = sum(
            int(to, 16) - int(at, 16) for at, to in re.findall(
                r"(?m)^(\w+)-(\w+) \S+ \S+ \S+ [1-9]", f.read())) // 1024
    return got


def sample(s, log, workers):
    """role -> KiB and descriptors; None while two generations live."""
    try:
        busy, rest = s.workers()
        role = {"worker %d" % i: p for i, p in enumerate(sorted(busy))}
        for p in rest:
            role["logger" if log in (fd_links(p) or []) else "signer"] = p
        role["master"] = s.pid
        if len(busy) != workers or len(role) != workers + 3:
            return None
        return {k: dict(rollup(p), fds=len(os.listdir(f"/proc/{p}/fd")))
                for k, p in role.items()}
    except (FileNotFoundError, ProcessLookupError):
        return None


def still(s, log, workers):
    """A sample once all clients have gone."""
    def same():
        a = sample(s, log, workers)
        time.sleep(0.3)
        b = sample(s, log, workers)
        return a and b and {k: a[k]["fds"] for k in a} == \
            {k: b[k]["fds"] for k in b} and a
    return wait_for(same, 30)


def mix(s, lines, n, seconds, every):
    return subprocess.Popen(
        [os.environ["BUILD"] + "/tests/tools/mix", "127.0.0.1",
         str(s.gemini_port), str(s.gopher_port), lines, str(CONNS), str(n),
         str(seconds), str(every)], stdout=subprocess.PIPE,
        stderr=open(path("soak.err"), "a"), text=True)


def reload(s, editions, turn, i, hurry):
    """The i-th: a new edition in its turn, else new workers."""
    was, nth = s.changed(), (i + 1) // turn
    if (i + 1) % turn != 0 or nth >= len(editions.dir):
        s.turn_over()
        return
    editions.put(nth)
    if hurry:
        s.kill(signal.SIGHUP)
    wait_for(lambda: s.changed() > was, 60)


def soak(n, reloads, nedition, seconds, workers=2, hurry=False, used=0):
    """Run it; what was measured.  hurry: SIGHUP after each new file.  used:
    reloads before the first sample, for the master's memory has found its
    place after some 50: 1,150 KiB at the start, 1,320 then and after 300."""
    editions = Editions(nedition)
    lines, nask = list_of(editions)
    log = path("soak.log")
    s = Server(*editions.args(), "--log-to", log, pkg=editions.pkg,
               workers=workers)
    warm = mix(s, lines, min(40000, max(n // 5, 4000)), seconds, 10 ** 9)
    out = warm.communicate()[0]
    assert warm.returncode == 0, out + open(path("soak.err")).read()
    for i in range(used):
        s.turn_over()
    before = still(s, log, workers)
    when = [10 + (55 * (i + 1)) // reloads for i in range(reloads)]
    made, samples, line = 0, {}, ""
    m = mix(s, lines, n, seconds, n // 100)
    for line in m.stdout:
        if not line.startswith("at "):
            break
        pct = int(line.split()[1]) * 100 // n
        got = sample(s, log, workers)
        if got:
            samples[pct] = got
        if made < reloads and when[made] <= pct:
            reload(s, editions, max(reloads // (nedition - 1), 1), made,
                   hurry)
            made += 1
    m.wait()
    m.stdout.close()
    after = still(s, log, workers)
    got = s.counters()
    s.stop()
    return {"result": json.loads(line), "asks": nask,
            "reloads": s.taken() + s.changed() - used,
            "made": made, "editions": nedition, "before": before,
            "after": after, "samples": samples, "counters": got,
            "rc": m.returncode, "errors": open(path("soak.err")).read(),
            "died": s.err().count("died of"), "wanted": reloads}


def tenths(r):
    """role -> what -> (first, last): medians of the tenths' samples."""
    first = [r["samples"][k] for k in sorted(r["samples"]) if k <= 10]
    last = [r["samples"][k] for k in sorted(r["samples"]) if k > 90]
    return {role: {what: tuple(statistics.median(x[role][what] for x in t)
                               for t in (first, last))
                   for what in ("Pss", "Rss", "Anonymous", "Files", "fds")}
            for role in r["before"]}


def show(r):
    out = r["result"]
    print("# %d requests of %d kinds (%d Gemini, %d Gopher, %d cut) in "
          "%.0f s, %.0f a second, %.1f MB; %d reloads, %d editions, %d "
          "errors" % (out["count"], r["asks"], out["gemini"], out["gopher"],
                      out["cut"], out["seconds"], out["rps"],
                      out["bytes"] / 1e6, r["reloads"], r["editions"],
                      out["errors"]))
    print("# %-10s %15s %15s %15s %15s %15s %11s" % (
        "first, last", "own KiB", "files KiB", "RSS KiB", "PSS KiB",
        "fds under load", "at rest"))
    for role, t in tenths(r).items():
        print("# %-10s %8d %7d %7d %7d %7d %7d %7d %7d %7d %7d %5d %5d" % (
            role, *t["Anonymous"], *t["Files"], *t["Rss"], *t["Pss"],
            *t["fds"],
            r["before"][role]["fds"], r["after"][role]["fds"]), flush=True)


def run(name, n, share, kib, **kw):
    """Cases; a process's own memory may grow by a share and so many KiB.
    A worker is a new one after each reload, and what it holds goes by the
    clients of the moment: 350 KiB up or down were seen.  Of files no more may
    be mapped than before; editions grow a little.  RSS and PSS are shown
    only: what of a file is in memory is the system's and its other programs'
    matter."""
    r = {}

    @case(f"{name}: they were made, and measured")
    def _():
        r.update(soak(n, **kw))
        show(r)

    @case(f"{name}: no reply was wrong, none was missing")
    def _():
        assert r["rc"] == 0 and r["result"]["errors"] == 0, r["errors"]
        assert r["died"] == 0, r["died"]
        assert r["reloads"] >= r["wanted"] == r["made"], r["reloads"]

    @case(f"{name}: descriptors at rest are those of the beginning")
    def _():
        for role in r["before"]:
            assert r["after"][role]["fds"] == r["before"][role]["fds"], role

    @case(f"{name}: no process has grown")
    def _():
        if SANITIZED:
            return      # what is freed is kept there, to find its users
        for role, t in tenths(r).items():
            own = 512 if role.startswith("worker") else kib
            for what, more, least in (("Anonymous", share, own),
                                      ("Files", 0.02, 64)):
                a, b = t[what]
                assert b <= a * (1 + more) + least, (role, what, a, b)


if __name__ == "__main__":
    N = int(os.environ.get("N") or 1000000)
    run("%d requests" % N, N, reloads=22, nedition=6, seconds=7200, used=50,
        share=0.02, kib=64)
    done()
