#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""`make slow-http': slowhttptest, somebody else's tool, against HTTP on the
loopback: headers that never end (slowloris), a body byte by byte, lists of
ranges, readers who take next to nothing.  In each mode an honest client with
an address of its own is answered meanwhile, the tool's own probe finds the
server available each second, and every slow connection is ended by the
server's deadline, not by the tool's.  Half a minute a mode, two for readers.
"""
import csv
import os
import re
import shutil
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/net"))
from server import *    # noqa: E402,F403

CONNS = 300
PROBES = 3              # connections of the tool's own probe, in a row
OPEN = 4                # seconds in which the tool has opened them
SPAN, RATE = 40, 64     # who takes fewer bytes a second over that is cut
DOWNLOAD = "/qianjiang.gpub"
MODES = {               # arguments, seconds until all must be gone
    "slow headers": (["-H", "-i", "3", "-x", "24"], "/en/", 10),
    "slow headers, a byte each second": (["-H", "-i", "1", "-x", "1"],
                                         "/en/", 10),
    "slow body": (["-B", "-i", "3", "-s", "8192", "-x", "10"], "/en/", 10),
    "slow body of a GET": (["-B", "-t", "GET", "-i", "3", "-s", "8192"],
                           "/en/search", 10),
    "ranges by HEAD": (["-R", "-t", "HEAD", "-a", "10", "-b", "3000"],
                       DOWNLOAD, 15),
    "ranges by GET": (["-R", "-t", "GET", "-a", "10", "-b", "700"], DOWNLOAD,
                      15),
    "slow readers": (["-X", "-k", "8", "-n", "4", "-z", "16", "-w", "256",
                      "-y", "512"], DOWNLOAD, 2 * SPAN + 20),
}


class Honest:
    """Asks for a page again and again; seconds of each answer."""

    def __init__(self, s):
        self.s, self.took, self.bad, self.end = s, [], [], False
        self.want, self.most, self.last = None, 0, 0
        self.began = time.monotonic()
        self.t = threading.Thread(target=self.run)
        self.t.start()

    def held(self):
        """Connections of the tool's address that the server holds."""
        out = subprocess.run(
            ["ss", "-HOtn", "state", "established", "sport", "=",
             ":%d" % self.s.http_port, "dst", "127.0.0.1"],
            capture_output=True, text=True, check=True).stdout
        return len(out.splitlines())

    def once(self):
        c = self.s.tcp(self.s.http_port, source=("127.0.0.2", 0))
        try:
            c.sendall(b"GET /en/economy.html HTTP/1.1\r\nHost: localhost\r\n"
                      b"Connection: close\r\n\r\n")
            return read_all(c)
        finally:
            c.close()

    def run(self):
        while not self.end:
            began = time.monotonic()
            try:
                got = self.once()
                self.want = self.want or got
                if got != self.want or b" 200 OK" not in got[:20]:
                    self.bad.append(got[:200])
            except OSError as e:
                self.bad.append(e)
            self.took.append(time.monotonic() - began)
            n = self.held()
            self.most = max(n, self.most)
            if n > PROBES:
                self.last = time.monotonic() - self.began
            time.sleep(0.1)

    def stop(self):
        self.end = True
        self.t.join()


def attack(s, name):
    how, p, limit = MODES[name]
    out = path(re.sub(r"\W+", "-", name))
    tool = subprocess.run(
        ["slowhttptest", *how, "-c", str(CONNS), "-r", "150", "-l",
         str(limit + OPEN + 5), "-p", "5", "-g", "-o", out, "-u",
         "http://127.0.0.1:%d%s" % (s.http_port, p)], timeout=limit + 90,
        capture_output=True, stdin=subprocess.DEVNULL)
    said = re.sub(rb"\x1b\[[\d;]*m", b"", tool.stdout).decode()
    with open(out + ".csv", encoding="ascii") as f:
        return said, [{k: int(v) for k, v in row.items()}
                      for row in csv.DictReader(f)]


def one(s, name):
    limit = MODES[name][2]
    honest = Honest(s)
    try:
        said, rows = attack(s, name)
    finally:
        honest.stop()
    took = sorted(honest.took)
    print("# %s: at most %d at once, the last one gone after %.0f s; %d "
          "honest answers, median %.3f s, at most %.3f s" % (
              name, honest.most, honest.last, len(took),
              took[len(took) // 2], took[-1]))
    assert not honest.bad, honest.bad[:3]
    assert len(took) > 3 and took[-1] < 5, took[-3:]
    assert all(r["Service Available"] > 0 for r in rows), rows
    assert honest.last <= limit + OPEN, honest.last
    if "-X" in MODES[name][0]:  # they read on from their own buffers
        assert honest.most > CONNS * 0.9, honest.most
    else:
        assert "No open connections left" in said, said


def main():
    if not shutil.which("slowhttptest"):
        raise SystemExit("not ok slowhttptest is not there")
    s = Server("--limits-reply-rate", str(RATE), "--limits-reply-span",
               str(SPAN), gemini=False, gopher=False, more=["http"])
    for name in MODES:
        case("%d connections: %s" % (CONNS, name))(lambda: one(s, name))

    @case("the server is whole afterwards")
    def _():
        assert s.proc.poll() is None and not re.search(
            "died|killed|restart", s.err()), s.err()
        s.stop()

    @case("with limits of an address: few of them come in, others do")
    def _():
        s = Server("--limits-loopback", "yes", "--limits-per-address", "40",
                   gemini=False, gopher=False, more=["http"])
        honest = Honest(s)
        try:
            said, rows = attack(s, "slow headers")
        finally:
            honest.stop()
        assert not honest.bad and max(honest.took) < 5, honest.bad[:3]
        assert max(r["Connected"] for r in rows) < CONNS, rows
        s.stop()
    done()


main()
