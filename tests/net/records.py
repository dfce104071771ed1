# SPDX-License-Identifier: ISC
"""A reader that sees TLS records: how long each is, when it became readable,
and what is lost of them when the line is cut.  For records.test and the
bench of the same name."""
import os
import socket
import ssl
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["TOP"], "tests/net"))
from server import *    # noqa: E402,F403

TOOLS = os.environ["BUILD"] + "/tests/tools/"
OVERHEAD = 5 + 1 + 16           # of a record in TLS 1.3: header, type, tag
# linksim's own end of the line is close to the server, whatever the line is
# like that it plays.  A server that is told of a proxy does not judge by that.
FAR = ("--proxy-from", "127.0.0.1")
HEADER = b"PROXY TCP4 127.0.0.1 127.0.0.1 40000 1965\r\n"


class Tool:
    """A tool that prints `ready PORT'."""

    def __init__(self, *args):
        self.p = subprocess.Popen(args, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.p.stdout.readline().split()[1])

    def end(self):
        self.p.terminate()
        self.p.wait()
        self.p.stdout.close()


def linksim(port, *args):
    return Tool(TOOLS + "linksim", *args, "127.0.0.1:%d" % port)


def limit_tls(size):
    """Records of 16 KB: what OpenSSL makes of one SSL_write()."""
    crt = certs() + "/localhost"
    return Tool(TOOLS + "limit_tls", "0", str(size), crt + ".crt",
                crt + ".key")


class Seen:
    """records: plain bytes of each whole record of the reply; raw: bytes of
    it that came; plain: those that can be read; first: seconds until the
    first of these; handshake: bytes before the reply."""


def read(port, url, seconds=60, far=False):
    """Ask; until the end or the cut.  A Seen.  far: of a server with FAR."""
    ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ctx.check_hostname = False
    ctx.verify_mode = ssl.CERT_NONE
    ctx.minimum_version = ssl.TLSVersion.TLSv1_3
    got, out = ssl.MemoryBIO(), ssl.MemoryBIO()
    t = ctx.wrap_bio(got, out, server_hostname="localhost")
    begin = time.monotonic()
    see = Seen()
    see.raw, see.plain, see.first, see.handshake = b"", b"", None, 0
    with socket.create_connection(("127.0.0.1", port), seconds) as c:
        if far:
            c.sendall(HEADER)
        while True:
            try:
                t.do_handshake()
                break
            except ssl.SSLWantReadError:
                c.sendall(out.read())
                more = c.recv(4096)
                assert more, "cut in the handshake"
                see.handshake += len(more)
                got.write(more)
        t.write(url.encode() + b"\r\n")
        c.sendall(out.read())
        while True:
            try:
                more = c.recv(65536)
            except ConnectionResetError:
                break
            if not more:
                break
            see.raw += more
            got.write(more)
            try:
                while True:
                    data = t.read(65536)
                    if not data:
                        break
                    see.plain += data
                    if see.first is None:
                        see.first = time.monotonic() - begin
            except (ssl.SSLWantReadError, ssl.SSLZeroReturnError):
                pass
    see.records, at = [], 0
    while at + 5 <= len(see.raw):
        n = int.from_bytes(see.raw[at + 3:at + 5], "big")
        at += 5 + n
        if at <= len(see.raw):
            see.records.append(n - 17)
    if see.records and see.records[-1] == 2:    # close_notify
        see.records.pop()
    return see


def lost(see):
    """Bytes that came and cannot be read."""
    return len(see.raw) - sum(n + OVERHEAD for n in see.records)
