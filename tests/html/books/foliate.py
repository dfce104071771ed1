# SPDX-License-Identifier: ISC
"""Foliate, Debian's reader of books, in an X server of its own."""
import os
import signal
import subprocess
import tempfile
import time

LIMIT = 60          # seconds for a page


def drawn(env, out, last):
    """A picture of the screen in the file out, once it stands still and is
    another one than the last; None: it never did.  While a book is loaded, a
    wheel turns."""
    before = b""
    for _ in range(LIMIT):
        time.sleep(1)
        subprocess.run(["import", "-window", "root", out], env=env)
        k = subprocess.run(["convert", out, "-format", "%k", "info:"],
                           capture_output=True, text=True).stdout
        with open(out, "rb") as f:
            now = f.read()
        if now == before and int(k or 0) > 60 and now != last:
            return now
        before = now
    return None


def show(epub, prefix, pages=3, key="Right", size="900x700"):
    """Pictures PREFIX-0.png and on, a page each; those that did not come."""
    back, there = os.pipe()
    x = subprocess.Popen(["Xvfb", "-displayfd", str(there), "-screen", "0",
                          size + "x24", "-nolisten", "tcp"],
                         pass_fds=[there], stderr=subprocess.DEVNULL)
    os.close(there)
    with os.fdopen(back) as f:      # to its newline, or its writer dies
        display = ":" + f.readline().strip()
    bad, last = [], None
    with tempfile.TemporaryDirectory() as home:
        env = dict(os.environ, DISPLAY=display, HOME=home,
                   WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS="1")
        p = subprocess.Popen(["dbus-run-session", "foliate", epub], env=env,
                             stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL,
                             start_new_session=True)
        for n in range(pages):
            last = drawn(env, "%s-%d.png" % (prefix, n), last)
            if last is None:
                bad.append(n)
                break
            subprocess.run(["xdotool", "key", key], env=env)
        os.killpg(p.pid, signal.SIGTERM)
        p.wait()
    x.terminate()
    x.wait()
    return bad
