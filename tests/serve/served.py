# SPDX-License-Identifier: ISC
"""A served capsule for the system tests, and plain clients for it.

Nothing sleeps: the server is up when its ready lines are read.
"""
import os
import re
import select
import socket
import ssl
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/lib"))
from ok import done as finish, tell as check    # noqa: E402,F401

APENG = os.environ["APENG"]
TOP = os.environ["TOP"]
TMP = os.environ["TMP"]


def run(*args, **more):
    r = subprocess.run([APENG, *args], capture_output=True, text=True, **more)
    if r.returncode != 0:
        raise SystemExit("not ok apeng %s: %s" % (args[0], r.stderr))
    return r.stdout


class Server:
    """apeng serve on ports of the system's choice."""

    def __init__(self, args, files, listen="127.0.0.1"):
        self.errors = open(os.path.join(TMP, "serve.err"), "a+")
        self.p = subprocess.Popen(
            [APENG, "serve", *args, "--gemini", listen + ":0",
             "--gopher", listen + ":0", *files],
            stdout=subprocess.PIPE, stderr=self.errors)
        said, ports = b"", {}
        while len(ports) < 2:
            ready, _, _ = select.select([self.p.stdout], [], [], 30)
            more = os.read(self.p.stdout.fileno(), 4096) if ready else b""
            if not more:
                self.errors.seek(0)
                raise SystemExit("not ok server: " + self.errors.read())
            said += more
            ports = {p: int(n) for p, n in re.findall(
                r"(?m)^ready (gemini|gopher)://.*:(\d+)/$", said.decode())}
        self.gemini, self.gopher = ports["gemini"], ports["gopher"]
        self.ip = listen

    def end(self):
        self.p.terminate()
        try:
            return self.p.wait(15)
        except subprocess.TimeoutExpired:
            self.p.kill()
            return None


def signed_capsule(folder=os.path.join(TOP, "capsule"), name="qianjiang"):
    """Build a capsule with a new key: (package, public key)."""
    key = os.path.join(TMP, name + "-key")
    gpub = os.path.join(TMP, name + ".gpub")
    run("keygen", "-W", "-o", key)
    run("build", "-k", key + ".key", "-o", gpub, folder)
    return gpub, key + ".pub"


def certificates(*names):
    folder = os.path.join(TMP, "certs")
    for name in names:
        run("cert", "--host", name, "--ip", "127.0.0.1", folder)
    return folder


def context():
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.check_hostname = False
    c.verify_mode = ssl.CERT_NONE
    return c


class Reply:
    """What came back; clean: TLS was ended by close_notify."""

    def __init__(self, data, clean=True):
        self.data, self.clean = data, clean
        self.head, crlf, self.body = data.partition(b"\r\n")
        self.whole = bool(crlf)
        m = re.match(rb"([1-6][0-9])(?: (.*))?$", self.head)
        self.status = int(m[1]) if m else None
        self.meta = (m[2] or b"").decode() if m else None

    def __repr__(self):
        return "%r clean=%s +%d" % (self.head[:80], self.clean,
                                    len(self.body))


def gemini(server, request, sni="localhost", pieces=None, ctx=None,
           more=b""):
    """Send the request's bytes, read to the end of TLS."""
    with socket.create_connection((server.ip, server.gemini), 20) as raw:
        with (ctx or context()).wrap_socket(
                raw, server_hostname=sni, suppress_ragged_eofs=False) as s:
            for piece in pieces or [request]:
                s.sendall(piece)
            data, clean = b"", True
            if more:
                s.sendall(more)
            while True:
                try:
                    got = s.recv(65536)
                except (ssl.SSLEOFError, ConnectionResetError):
                    clean = False
                    break
                if not got:
                    break
                data += got
            return Reply(data, clean)


def get(server, path, host="localhost", **more):
    return gemini(server, ("gemini://%s:%d%s\r\n" % (
        host, server.gemini, path)).encode(), **more)


def gopher(server, request, pieces=None, half_close=False):
    """Send the bytes, read to the end; a reset is an OSError."""
    with socket.create_connection((server.ip, server.gopher), 20) as s:
        for piece in pieces or [request]:
            s.sendall(piece)
        if half_close:
            s.shutdown(socket.SHUT_WR)
        data = b""
        while True:
            got = s.recv(65536)
            if not got:
                return data
            data += got


def items(menu):
    """(type, display, selector, host, port) of each line, as bytes."""
    found = []
    for line in menu.split(b"\r\n"):
        if line in (b"", b"."):
            continue
        f = line[1:].split(b"\t")
        found.append((line[:1].decode(), f[0], f[1].decode(), f[2], f[3])
                     if len(f) == 4 else ("?", line, "", b"", b""))
    return found


class Screen:
    """A real client in a tmux window."""
    count = 0

    def __init__(self, command, columns=80, lines=25, env=None):
        Screen.count += 1  # a socket of its own: kill-server is slow
        self.socket = os.path.join(TMP, "tmux%d" % Screen.count)
        e = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm",
             "HOME": os.path.join(TMP, "home"),
             "XDG_CONFIG_HOME": os.path.join(TMP, "home"), **(env or {})}
        e.pop("TMUX", None)
        os.makedirs(e["HOME"], exist_ok=True)
        open(os.path.join(e["HOME"], ".gopherrc"), "a").close()
        self.env = e
        self.tmux("new-session", "-d", "-s", "s", "-x", str(columns),
                  "-y", str(lines), "-c", e["HOME"], command)

    def tmux(self, *args):
        return subprocess.run(["tmux", "-u", "-S", self.socket, "-f",
                               "/dev/null", *args], env=self.env,
                              capture_output=True, text=True).stdout

    def text(self):
        return self.tmux("capture-pane", "-p", "-t", "s")

    def wait_for(self, good, seconds=20):
        """The screen once good(text), else its last state."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            t = self.text()
            if good(t):
                return t
            time.sleep(0.05)
        return self.text()

    def wait(self, pattern, seconds=20):
        return self.wait_for(lambda t: re.search(pattern, t), seconds)

    def keys(self, *keys):
        self.tmux("send-keys", "-t", "s", *keys)

    def end(self):
        self.tmux("kill-server")
