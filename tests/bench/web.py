#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""HTTP beside nginx, which serves the same bytes from files: requests per CPU
second of the whole process tree, one worker each, no log; on fresh connections
and on kept ones, turn about in one run.  Then what pages cost beside their
gemtext, and what a page with its style takes on a line of 9,600 bit/s and
700 ms, by one connection and by two.
	web.py [ROUNDS]          APENG and BUILD as tests/run.py sets them
"""
import gzip
import os
import re
import shutil
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

sys.dont_write_bytecode = True
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 7
sys.argv[1:] = []
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import APENG, TOOLS, TOP, cpu, memory, row, say     # noqa: E402

PAGE = "/en/economy.html"
CONNS = 12
FRESH, KEPT = 6000, 24000
GZIP = "Accept-Encoding: gzip\r\n"


def request(path, more=""):
    return ("GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n" % (
        path, more)).encode()


def read(f):
    """One reply: its head and its body."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = f.readline()
        if not line:
            raise SystemExit("the line ended in a reply: %r" % head)
        head += line
    return head, f.read(int(re.search(rb"(?i)content-length: (\d+)",
                                      head)[1]))


def get(port, path, more=""):
    with socket.create_connection(("127.0.0.1", port), 20) as c:
        c.sendall(request(path, more))
        with c.makefile("rb") as f:
            return read(f)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def fresh(port, size):
    out = subprocess.run(
        [TOOLS + "/load", "tcp", "127.0.0.1", str(port),
         request(PAGE, "Connection: close\r\n")[:-2].decode(), str(size),
         str(CONNS), str(FRESH), "120"], capture_output=True, text=True)
    if out.returncode:
        raise SystemExit(out.stdout + out.stderr)
    return FRESH


def kept(port, size):
    """Requests one after another on CONNS connections; bytes are counted."""
    ask, bad = request(PAGE), []

    def one():
        with socket.create_connection(("127.0.0.1", port), 20) as c:
            for _ in range(KEPT // CONNS):
                c.sendall(ask)
                left = size
                while left > 0:
                    n = len(c.recv(65536))
                    if n == 0:
                        bad.append("the connection ended")
                        return
                    left -= n
    ts = [threading.Thread(target=one) for _ in range(CONNS)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    if bad:
        raise SystemExit(bad[0])
    return KEPT


def start(d):
    """apeng and nginx, each with its port: nginx has the page as a file."""
    pkg = d + "/q.gpub"
    subprocess.run([APENG, "build", "--unsigned", "-o", pkg,
                    TOP + "/capsule"], check=True, capture_output=True)
    a = subprocess.Popen(
        [APENG, "serve", "--unsigned", "--workers", "1", "--log-to", "none",
         "--gemini", "off", "--gopher", "off", "--http", "127.0.0.1:0", pkg],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    port = int(re.search(r":(\d+)/", a.stdout.readline())[1])
    os.makedirs(d + "/root/en")
    with open(d + "/root" + PAGE, "wb") as f:
        f.write(get(port, PAGE)[1])
    other = free_port()
    with open(d + "/nginx.conf", "w") as f:
        f.write("""daemon off; worker_processes 1; pid %s/pid;
error_log stderr crit; events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
open_file_cache max=100; types { text/html html; } charset utf-8;
client_body_temp_path %s/b; proxy_temp_path %s/p; fastcgi_temp_path %s/f;
uwsgi_temp_path %s/u; scgi_temp_path %s/s;
server { listen 127.0.0.1:%d backlog=1024; root %s/root; } }
""" % ((d,) * 6 + (other, d)))
    os.chmod(d, 0o755)
    n = subprocess.Popen(["nginx", "-c", d + "/nginx.conf", "-p", d],
                         stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", other), 1).close()
            break
        except OSError:
            time.sleep(0.02)
    return (a, port, pkg), (n, other)


def speed(ours, theirs):
    sizes = {}
    for p, port in (ours, theirs):
        head, body = get(port, PAGE)
        sizes[port] = (len(head) + len(body), len(
            get(port, PAGE, "Connection: close\r\n")[0]) + len(body), body)
    if sizes[ours[1]][2] != sizes[theirs[1]][2]:
        raise SystemExit("nginx serves other bytes")
    say("requests per CPU second, a page of %d bytes, %d rounds" % (
        len(sizes[ours[1]][2]), ROUNDS))
    for name, how, at in (("fresh connections", fresh, 1),
                          ("kept connections", kept, 0)):
        got = {ours[1]: [], theirs[1]: []}
        for i in range(ROUNDS):
            for p, port in ((ours, theirs), (theirs, ours))[i % 2]:
                before = cpu(p.pid)
                n = how(port, sizes[port][at])
                got[port].append(n / (cpu(p.pid) - before))
        ratio = statistics.median(a / b for a, b in zip(
            got[ours[1]], got[theirs[1]]))
        row("%s: apeng %.0f, nginx %.0f" % (
            name, statistics.median(got[ours[1]]),
            statistics.median(got[theirs[1]])), "%.2f" % ratio, ">= 0.9",
            ratio >= 0.9)
    pss = memory(ours[0].pid, "Pss") / 1024
    row("memory of all processes (PSS)", "%.1f MB" % pss, "<= 8 MB", pss <= 8)


def over_gemini(pkg, d):
    """What one page takes over Gemini beside the page, as TCP payload: all
    that the server sends, and all that the client sends."""
    subprocess.run([APENG, "cert", "--host", "localhost", d + "/certs"],
                   check=True, capture_output=True)
    p = subprocess.Popen(
        [APENG, "serve", "--unsigned", "--workers", "1", "--log-to", "none",
         "--gopher", "off", "--gemini", "127.0.0.1:0", "--certs", d + "/certs",
         pkg], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        port = int(re.search(r":(\d+)/", p.stdout.readline())[1])
        ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        ctx.check_hostname, ctx.verify_mode = False, ssl.CERT_NONE
        down, up = ssl.MemoryBIO(), ssl.MemoryBIO()
        t = ctx.wrap_bio(down, up, server_hostname="localhost")
        steps = [t.do_handshake, lambda: t.write(
            b"gemini://localhost:%d/en/economy.gmi\r\n" % port)]
        got, sent, page, body = 0, 0, 0, b""
        with socket.create_connection(("127.0.0.1", port), 20) as c:
            while True:
                try:
                    if steps:
                        steps[0]()
                        steps.pop(0)
                    elif not (more := t.read(65536)):
                        break
                    else:
                        body += more
                    want = False
                except ssl.SSLWantReadError:
                    want = True
                except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
                    break
                out = up.read()
                c.sendall(out)
                sent += len(out)
                if want:
                    data = c.recv(65536)
                    got += len(data)
                    down.write(data) if data else down.write_eof()
        page = len(body.partition(b"\r\n")[2])
        if page < 100:
            raise SystemExit("no page over Gemini: %r" % body)
        return got - page, sent
    finally:
        p.terminate()
        p.wait()


def cost(port, pkg, d):
    """Each page's bytes over HTTP beside its gemtext: all that the server
    sends.  The least that gzip and a head could take is of the gemtext."""
    more, sent = over_gemini(pkg, d)
    say("bytes that the server sends for a page, with and without HTTP's head")
    say("  %-26s %7s %13s %6s %13s %6s %8s %8s" % (
        "page", "gemtext", "gzip", "ratio", "plain", "ratio", "Gemini",
        "no HTML"))
    sums, n, above = [0, 0, 0, 0], 0, [0, 0]
    for i in zipfile.ZipFile(pkg).infolist():
        if not i.filename.endswith(".gmi") or \
                i.filename.endswith("search.gmi"):
            continue
        path = "/" + i.filename[:-4] + ".html"
        small, plain = get(port, path, GZIP), get(port, path)
        text = len(gzip.compress(zipfile.ZipFile(pkg).read(i), 9))
        all_of = [i.file_size, sum(map(len, small)), sum(map(len, plain)),
                  i.file_size + more]
        say("  %-26s %7d %6d %6d %6.2f %6d %6d %6.2f %8d %8.2f" % (
            path, i.file_size, all_of[1], len(small[1]),
            all_of[1] / i.file_size, all_of[2], len(plain[1]),
            all_of[2] / i.file_size, all_of[3],
            (text + len(small[0])) / i.file_size))
        sums = [a + b for a, b in zip(sums, all_of)]
        above[0] += all_of[1] > 1.1 * i.file_size
        above[1] += all_of[2] > 2.2 * i.file_size
        n += 1
    say("  no HTML: the gemtext itself with gzip and that head, of gemtext")
    for k, name, goal in ((1, "gzip", 1.1), (2, "plain", 2.2)):
        r = sums[k] / sums[0]
        row("%s, all pages: %d of %d" % (name, sums[k], sums[0]), "%.2f" % r,
            "<= %.1f" % goal, r <= goal)
        row("%s, pages above %.1f" % (name, goal), "%d of %d" % (
            above[k - 1], n), "0", above[k - 1] == 0)
    row("Gemini, all pages, each on a connection of its own: %d" % sums[3],
        "%.2f" % (sums[3] / sums[0]), "-")
    say("  over Gemini a page takes %d bytes more than its text, and the client"
        " sends %d" % (more, sent))


def line(port):
    say("page and style at 9,600 bit/s and 700 ms, gzip")
    sim = subprocess.Popen([TOOLS + "/linksim", "-r", "9600", "-l", "700",
                            "127.0.0.1:%d" % port], stdout=subprocess.PIPE,
                           text=True)
    at = int(sim.stdout.readline().split()[1])
    began = time.monotonic()
    for path in (PAGE, "/style.css"):
        get(at, path, GZIP + "Connection: close\r\n")
    two = time.monotonic() - began
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", at), 20) as c:
        f = c.makefile("rb")
        for path in (PAGE, "/style.css"):
            c.sendall(request(path, GZIP))
            read(f)
        f.close()
    one = time.monotonic() - began
    sim.terminate()
    sim.communicate()
    row("two connections %.1f s, one %.1f s" % (two, one), "%.2f" % (
        one / two), "< 1", one < two)


def main():
    if not shutil.which("nginx"):
        raise SystemExit("web.py: nginx is not there")
    d = tempfile.mkdtemp()
    procs = []
    try:
        (a, port, pkg), (n, other) = start(d)
        procs = [a, n]
        speed((a, port), (n, other))
        cost(port, pkg, d)
        line(port)
    finally:
        for p in procs:
            p.terminate()
            p.wait()
        shutil.rmtree(d)


main()
