#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Run the tests of one build, several at once.

    BUILD=dir run.py [FOLDER | FOLDER/TEST]...

Unit tests are BUILD/tests/FOLDER/t_*, fuzzers replay their corpus, system
tests are tests/FOLDER/*.test (sh or python by their first line).  Each gets
APENG (the binary), BUILD, TOP and a private empty TMP, prints a line `ok ...'
or `not ok ...' a case, and is ended with everything it started when it takes
longer than TEST_LIMIT seconds (900, since another machine, or this one with
other work, may be several times slower: it ends what hangs, it times nothing).

A test that this build or kernel cannot run says `1..0 # skipped: WHY' and
counts as no case.

A test says in its first forty lines how it wants to be run:

    run: early      it takes long; it starts before the others
    run: alone      it measures time or processors; nothing runs beside it
    run: once       it runs nothing that was built; RUN_AGAIN=1, which the
                    sanitizer build's run says behind gcc's, leaves it out

AT_ONCE is the number of tests at once.  RUN_ONLY=unit or system runs one
kind, RUN_WHEN=together or alone one of the two parts.  BUILD/times.txt says
afterwards what each took: seconds on the clock, seconds of processor, name.
The last line is `N passed, N failed'."""
import glob
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

# Started in the background of a script or by nohup, it would hand on that
# these are ignored, and servers could not be ended by them.  A handler of its
# own is not handed on.
signal.signal(signal.SIGINT, signal.default_int_handler)
for sig in (signal.SIGHUP, signal.SIGQUIT):
    if signal.getsignal(sig) == signal.SIG_IGN:
        signal.signal(sig, lambda *_: None)
TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(TOP, os.environ.get("BUILD", "build"))
LIMIT = float(os.environ.get("TEST_LIMIT", 900))
ENV = {**os.environ, "TOP": TOP, "BUILD": BUILD,
       "APENG": os.path.join(BUILD, "apeng"),
       # Debian's python3, with Debian's modules
       "PATH": "/usr/bin:/bin:" + os.environ["PATH"],
       "LC_ALL": "C.UTF-8", "CMOCKA_MESSAGE_OUTPUT": "TAP",
       "PYTHONDONTWRITEBYTECODE": "1",
       "ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0",
       "UBSAN_OPTIONS": "print_stacktrace=1"}


def at_once():
    """Tests wait more than they compute, so even one processor runs two."""
    n = len(os.sched_getaffinity(0))
    return int(os.environ.get("AT_ONCE") or (max(n, 4) if n > 1 else 2))


class Test:
    """One program; after run() what it printed and what it took."""

    def __init__(self, name, source, command):
        self.name, self.command = name, command
        with open(source, encoding="utf-8", errors="replace") as f:
            head = "".join(f.readline() for _ in range(40))
        self.marks = re.findall(r"\brun: (early|alone|once)\b", head)
        self.group = None

    def run(self, work):
        tmp = tempfile.mkdtemp(dir=work)
        begin = time.monotonic()
        with tempfile.TemporaryFile(dir=work) as out:
            p = subprocess.Popen(self.command, cwd=TOP, stdout=out,
                                 env={**ENV, "TMP": tmp}, stderr=out,
                                 stdin=subprocess.DEVNULL,
                                 start_new_session=True)
            self.group = p.pid
            status, usage = self.wait(p)
            out.seek(0)
            self.said = out.read().decode("utf-8", "replace").splitlines()
        self.wall = time.monotonic() - begin
        self.cpu = usage.ru_utime + usage.ru_stime
        self.count(status)
        remove(tmp)

    def wait(self, p):
        """Its exit status; nothing of its group is alive afterwards."""
        late = [threading.Timer(LIMIT, self.kill, [signal.SIGTERM]),
                threading.Timer(LIMIT + 5, self.kill, [signal.SIGKILL])]
        for t in late:
            t.start()
        _, status, usage = os.wait4(p.pid, 0)
        p.returncode = os.waitstatus_to_exitcode(status)
        for t in late:
            t.cancel()
        self.kill(signal.SIGKILL)
        self.group = None
        return p.returncode, usage

    def kill(self, sig):
        if self.group:
            try:
                os.killpg(self.group, sig)
            except ProcessLookupError:
                pass

    def count(self, status):
        self.passed = sum(x.startswith("ok ") for x in self.said)
        self.failed = sum(x.startswith("not ok ") for x in self.said)
        self.skipped = status == 0 and self.passed == 0 and any(
            x.startswith("1..0 # skipped: ") for x in self.said)
        if self.failed == 0 and not self.skipped and (
                status != 0 or self.passed == 0):
            self.failed = 1
            self.said.append("not ok %s: exit status %d, %d cases ran" %
                             (self.name, status, self.passed))

    def report(self):
        if self.failed:
            return "\n".join(["== " + self.name] + self.said[-120:])
        return "ok %s (%d, %.1f s)%s" % (
            self.name, self.passed, self.wall,
            " skipped, it counts nothing" if self.skipped else "")


def remove(tree):
    """Also what a test made unreadable for itself."""
    for d, folders, _ in os.walk(tree):
        for f in folders:
            f = os.path.join(d, f)
            if not os.path.islink(f):
                os.chmod(f, 0o700)
    shutil.rmtree(tree, ignore_errors=True)


def found(folder):
    kind = os.environ.get("RUN_ONLY")
    d = os.path.join(TOP, "tests", folder)
    tests = []
    if kind != "system":
        for s in sorted(glob.glob(d + "/[tf]_*.c")):
            name = os.path.basename(s)[:-2]
            line = [os.path.join(BUILD, "tests", folder, name)]
            if name.startswith("f_"):
                name = name[2:]
                line.append("tests/fuzz/corpus/" + name)
            tests.append(Test(folder + "/" + name, s, line))
    if kind != "unit":
        for s in sorted(glob.glob(d + "/*.test")):
            tests.append(Test(folder + "/" + os.path.basename(s), s, [s]))
    return tests


def chosen(words):
    """All tests, or those of the folders and with the names given."""
    if not words:
        words = sorted(os.listdir(os.path.join(TOP, "tests")))
    tests = []
    for w in words:
        folder, _, name = w.rstrip("/").partition("/")
        got = found(folder)
        if name:
            got = [t for t in got if t.name.startswith(w)]
            if not got:
                sys.exit("run: no test is called " + w)
        tests += got
    return tests


def run_all(tests, n, work):
    """n threads take one test after another; reports come as they end."""
    left, lock = list(tests), threading.Lock()
    broken = []

    def worker():
        while True:
            with lock:
                if not left or broken:
                    return
                t = left.pop(0)
            try:
                t.run(work)
            except Exception as e:      # such as: it was not built
                t.passed, t.failed, t.wall, t.cpu = 0, 1, 0, 0
                t.said = ["not ok %s: %s" % (t.name, e)]
            with lock:
                print(t.report(), flush=True)

    threads = [threading.Thread(target=worker) for _ in range(n)]
    for t in threads:
        t.start()
    try:
        for t in threads:
            t.join()
    except BaseException:
        broken.append(True)
        for t in tests:
            t.kill(signal.SIGKILL)
        raise


def main():
    when = os.environ.get("RUN_WHEN")
    tests = chosen(sys.argv[1:])
    if os.environ.get("RUN_AGAIN"):
        tests = [t for t in tests if "once" not in t.marks]
    together = [t for t in tests if "alone" not in t.marks]
    together.sort(key=lambda t: "early" not in t.marks)
    alone = [t for t in tests if "alone" in t.marks]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    work = tempfile.mkdtemp(prefix="apeng.")
    ran = []
    try:
        if when != "alone":
            run_all(together, at_once(), work)
            ran += together
        if when != "together":
            run_all(alone, 1, work)
            ran += alone
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        remove(work)
    if when != "alone" or ran:
        with open(os.path.join(BUILD, "times.txt"),
                  "a" if when == "alone" else "w", encoding="utf-8") as f:
            for t in ran:
                f.write("%8.2f %8.2f %s\n" % (t.wall, t.cpu, t.name))
    passed, failed = sum(t.passed for t in ran), sum(t.failed for t in ran)
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(failed > 0 or passed == 0 and when is None)


main()
