# SPDX-License-Identifier: ISC
"""A real `apeng serve' for the tests of this folder: port 0, the ready
lines, clients for both protocols.  Nothing sleeps for luck."""
import functools
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/lib"))
import ok               # noqa: E402
from ok import case     # noqa: E402,F401

APENG = os.environ["APENG"]
TOP = os.environ["TOP"]
TMP = os.environ["TMP"]

started = []        # servers; a case that failed may leave one behind


def done():
    for s in started:
        if s.proc.poll() is None:
            s.proc.kill()
            s.proc.wait()
    ok.done()


def apeng(*args, **kw):
    return subprocess.run([APENG, *args], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, timeout=60, **kw)


def path(name):
    return os.path.join(TMP, name)


def newest():
    """The newest day of the capsule's pages, as a serial has it: 20261128."""
    pages = os.path.join(TOP, "capsule", "pages")
    days = []
    for name in os.listdir(pages):
        with open(os.path.join(pages, name), encoding="utf-8") as f:
            days += re.findall(r"(?m)^date: (\S+)", f.read())
    return int(max(days).replace("-", ""))


def package(name="q.gpub", edition=1):
    """The real capsule, unsigned; another edition has another serial."""
    out = path(name)
    tmp = out + ".new"
    r = apeng("build", "--unsigned", "--serial-above",
              str(newest() * 100 + edition), "-o", tmp,
              os.path.join(TOP, "capsule"))
    assert r.returncode == 0, r.stderr
    os.rename(tmp, out)
    return out


def certs(host="localhost"):
    d = path("certs")
    if not os.path.exists(os.path.join(d, host + ".crt")):
        r = apeng("cert", "--host", host, d)
        assert r.returncode == 0, r.stderr
    return d


def fastclock():
    """Built once for each test: what is preloaded, see fastclock.c."""
    so = path("fastclock.so")
    if not os.path.exists(so):
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", so,
                        os.path.join(TOP, "tests/net/fastclock.c"), "-ldl"],
                       check=True)
    return so


def wait_for(what, seconds=20):
    """Ask until it is true; the answer."""
    end = time.monotonic() + seconds
    while True:
        got = what()
        if got:
            return got
        if time.monotonic() > end:
            raise AssertionError("waited too long for " + repr(what))
        time.sleep(0.02)


@functools.cache        # one takes as long as some handshakes
def context(version=None):
    """That of a client which takes any certificate."""
    ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ctx.check_hostname = False
    ctx.verify_mode = ssl.CERT_NONE
    if version:
        ctx.minimum_version = ctx.maximum_version = version
    return ctx


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as f:
            return [int(x) for x in f.read().split()]
    except FileNotFoundError:
        return []


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as f:
            return f.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def status(pid, key):
    """A line of /proc/PID/status."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as f:
        for line in f:
            if line.startswith(key + ":"):
                return line.split(":", 1)[1].strip()


def fd_links(pid):
    """What its descriptors are; those that come and go are left out."""
    links, fds = [], f"/proc/{pid}/fd"
    try:
        for x in os.listdir(fds):
            try:
                links.append(os.readlink(os.path.join(fds, x)))
            except FileNotFoundError:
                pass
    except (FileNotFoundError, PermissionError):
        return None
    return links


def lines_between(pid, other):
    """Descriptors of pid that are ends of socket pairs with other."""
    held, peer = {}, {}
    out = subprocess.run(["ss", "-xpnH"], capture_output=True, text=True)
    for line in out.stdout.splitlines():
        f = line.split()
        peer[f[5]] = f[7]
        held[f[5]] = {int(p): int(n) for p, n in
                      re.findall(r"pid=(\d+),fd=(\d+)", line)}
    return sorted(h[pid] for i, h in held.items()
                  if pid in h and other in held.get(peer[i], {}))


class Server:
    def __init__(self, *args, pkg=None, gopher=True, gemini=True,
                 workers=2, addr="127.0.0.1", before=None, sandbox=True,
                 certs=certs, unsigned=True, more=()):
        self.pkg = pkg or package()
        self.certs = certs if isinstance(certs, str) else certs()
        line = [APENG, "serve", *["--unsigned"][:unsigned], "--certs",
                self.certs, "--workers", str(workers)]
        line += ["--gemini", addr + ":0"] if gemini else ["--gemini", "off"]
        line += ["--gopher", addr + ":0"] if gopher else ["--gopher", "off"]
        for name in more:       # protocols that are usually off
            line += ["--" + name, addr + ":0"]
        line += [*args, self.pkg]
        if before:
            line = before + line
        self.err_path = path("stderr.%d" % time.monotonic_ns())
        self.err_file = open(self.err_path, "w")
        self.proc = subprocess.Popen(line, stdout=subprocess.PIPE,
                                     stderr=self.err_file, text=True)
        self.pid = self.proc.pid
        started.append(self)
        self.addr = addr
        self.gemini_port = self.gopher_port = None
        for _ in range(int(gopher) + int(gemini) + len(more)):
            ready = self.proc.stdout.readline()
            m = re.fullmatch(r"ready (\w+)://[^/]*:(\d+)/\n", ready)
            assert m, repr(ready) + self.err()
            setattr(self, m[1] + "_port", int(m[2]))

    def err(self):
        with open(self.err_path) as f:
            return f.read()

    def kill(self, sig):
        os.kill(self.pid, sig)

    def taken(self):
        """How often new workers have taken over."""
        return self.err().count("new workers have taken over")

    def turn_over(self, wait=True):
        """Another key, as it seems, and SIGHUP: new workers take over."""
        n = self.taken()
        for f in os.listdir(self.certs):
            if f.endswith(".key"):
                os.utime(os.path.join(self.certs, f))
        self.kill(signal.SIGHUP)
        if wait:
            wait_for(lambda: self.taken() > n)

    def changed(self):
        """How many changes of packages all workers have taken."""
        return sum(int(n) for n in re.findall(
            r"(\d+) packages? changed: the workers serve", self.err()))

    def stop(self, sig=signal.SIGTERM, tick=None):
        """tick: called until it has ended, as to move its clock on."""
        kids = children(self.pid)
        self.kill(sig)
        if tick:
            wait_for(lambda: tick() or self.proc.poll() is not None)
        rc = self.proc.wait(20)
        self.proc.stdout.close()
        self.err_file.close()
        assert rc == 0, (rc, self.err())
        wait_for(lambda: not any(alive(k) for k in kids))
        bad = [x for x in self.err().splitlines() if "Sanitizer" in x or
               "runtime error" in x]
        assert not bad, self.err()

    def workers(self):
        """The processes that hold a listening socket, and the others."""
        busy, rest = [], []
        for k in children(self.pid):
            links = fd_links(k)
            if links is None:
                continue
            (busy if any("eventpoll" in x for x in links)
             else rest).append(k)
        return busy, rest

    def counters(self):
        def lines():        # those that are there to their end
            return re.findall(r"counters:.*(?=\n)", self.err())
        before = len(lines())
        self.kill(signal.SIGUSR2)
        wait_for(lambda: len(lines()) > before)
        line = lines()[-1]
        words = line.split("counters: ")[1].split()
        return {words[i]: int(words[i + 1]) for i in range(0, len(words), 2)}

    def tcp(self, port, timeout=20, source=None):
        s = socket.create_connection((self.addr, port), timeout,
                                     source_address=source)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return s

    def tls(self, sni="localhost", version=None, **kw):
        s = self.tcp(self.gemini_port, **kw)
        try:
            return context(version).wrap_socket(s, server_hostname=sni,
                                                suppress_ragged_eofs=False)
        except Exception:
            s.close()
            raise

    def url(self, p="/en/index.gmi", host="localhost"):
        return f"gemini://{host}:{self.gemini_port}{p}"

    def gemini(self, p="/en/index.gmi", host="localhost", raw=None, **kw):
        """The whole reply; an end without close_notify raises."""
        t = self.tls(**kw)
        try:
            t.sendall(raw if raw is not None else
                      self.url(p, host).encode() + b"\r\n")
            return read_all(t)
        finally:
            t.close()

    def gopher(self, selector="", raw=None, **kw):
        s = self.tcp(self.gopher_port, **kw)
        try:
            s.sendall(raw if raw is not None else
                      selector.encode() + b"\r\n")
            return read_all(s)
        finally:
            s.close()


class Failing:
    """A process whose system call fails as the arguments say."""
    def __init__(self, pid, inject, *more):
        self.t = subprocess.Popen(["strace", "-qq", "-o", path("trace"),
                                   "-e", "trace=" + inject.split(":")[0],
                                   "-e", "inject=" + inject, *more, "-p",
                                   str(pid)],
                                  stderr=subprocess.PIPE)
        wait_for(lambda: status(pid, "TracerPid") != "0" or
                 self.t.poll() is not None)
        assert self.t.poll() is None, self.t.stderr.read()

    def end(self):
        self.t.send_signal(signal.SIGINT)
        self.t.wait()
        self.t.stderr.close()
        return open(path("trace")).read().count("INJECTED")


def read_all(s):
    got = []
    while True:
        b = s.recv(65536)
        if not b:
            return b"".join(got)
        got.append(b)


def threads(n, f):
    """Run f(i) n times at once; the first exception is raised here."""
    bad = []

    def one(i):
        try:
            f(i)
        except Exception as e:
            bad.append(e)
    ts = [threading.Thread(target=one, args=(i,)) for i in range(n)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    if bad:
        raise bad[0]
