# SPDX-License-Identifier: ISC
"""A server that answers mirrors as an attack needs it, and a way to run
`apeng mirror' against it and look at what happened.

An answer is bytes, or an iterable of bytes and of functions to call, such as
those that move the clock of the mirror (Clock).
"""
import mmap
import os
import re
import resource
import select
import socket
import ssl
import struct
import subprocess
import threading
import time

import forge

SELECTOR = re.compile(r'(/[a-z0-9-]+)?/\.?apeng/(head|keys|up/(-|\d+-[0-9a-f]{16})'
                      r'|u/(-|\d+-[0-9a-f]{16})|b/[0-9a-f]{16}/\d+'
                      r'|p/[0-9a-f]{16}/\d+)\Z')


class Clock:
    """The clock of those who run with its env: it stands, but for move().
    A deadline of theirs never passes because the machine is busy."""
    so = None

    def __init__(self, folder):
        if Clock.so is None:
            Clock.so = os.path.join(folder, 'fastclock.so')
            subprocess.run(['cc', '-shared', '-fPIC', '-O1', '-o', Clock.so,
                            os.path.join(os.environ['TOP'],
                                         'tests/net/fastclock.c'), '-ldl'],
                           check=True)
        path = os.path.join(folder, 'clock')
        with open(path, 'wb') as f:
            f.write(bytes(8))
        with open(path, 'r+b') as f:
            self.map = mmap.mmap(f.fileno(), 8)
        self.env = {'LD_PRELOAD': Clock.so, 'FASTCLOCK_HAND': path,
                    'FASTCLOCK_STILL': '1',
                    'ASAN_OPTIONS': 'verify_asan_link_order=0'}
        self.lock = threading.Lock()

    def move(self, seconds):
        with self.lock:
            now, = struct.unpack('q', self.map[:])
            self.map[:] = struct.pack('q', now + seconds)


def has_left(c):
    """The client of c has closed it, or does so within a hundredth of a
    second.  Behind its request it sends nothing else."""
    return bool(select.select([c], [], [], 0.01)[0])


class Raw(bytes):
    """Bytes that carry their own Gemini header."""


def as_old(ask):
    """The old selector for a new one, so that an answer knows one of both.
    A letter in text is an answer to `u/' too."""
    return re.sub(r'/apeng/(u/|up/|b/|head|keys)', lambda m: '/.apeng/' + {
        'u/': 'up/'}.get(m.group(1), m.group(1)), ask, count=1)


class Server:
    def __init__(self, answer, cert=None, port=0, before=None, names=as_old):
        """answer(selector) -> answer; cert: (crt, key) makes it Gemini;
        before: called before each handshake; names: what becomes of a
        selector before it is answered."""
        self.answer, self.asked, self.before = answer, [], before
        self.names = names
        self.sock = socket.create_server(('127.0.0.1', port))
        self.port = self.sock.getsockname()[1]
        self.tls = None
        if cert:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(*cert)
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        return '%s://127.0.0.1:%d' % ('gemini' if self.tls else 'gopher',
                                      self.port)

    def stop(self):
        self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()

    def _accept(self):
        while True:
            try:
                c, _ = self.sock.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(c,),
                             daemon=True).start()

    def _serve(self, c):
        try:
            c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.tls:
                if self.before:
                    self.before()
                c = self.tls.wrap_socket(c, server_side=True)
            line = b''
            while not line.endswith(b'\n') and len(line) < 4096:
                d = c.recv(4096)
                if not d:
                    return
                line += d
            ask = line.decode('latin-1')
            if ask.endswith('\r\n'):
                ask = ask[:-2]
            if self.tls:
                ask = re.sub(r'^gemini://[^/]*', '', ask)
            self.asked.append(ask)
            out = self.answer(self.names(ask))
            if isinstance(out, bytes):
                out = [out]
            first = True
            for part in out:
                if not isinstance(part, bytes):
                    part()
                    if has_left(c):
                        return
                    continue
                if first and self.tls and not isinstance(part, Raw):
                    part = b'20 application/octet-stream\r\n' + part
                first = False
                c.sendall(part)
            if self.tls:
                try:
                    c = c.unwrap()
                except (OSError, ValueError):
                    pass
            else:
                c.shutdown(socket.SHUT_WR)
                c.settimeout(2)
                while c.recv(4096):
                    pass
        except (OSError, ssl.SSLError):
            pass
        finally:
            c.close()


class Web(Server):
    """The same answers over HTTP: errors by status, blobs by range."""

    @property
    def url(self):
        return 'http://127.0.0.1:%d' % self.port

    def _serve(self, c):
        try:
            self._requests(c)
        except OSError:
            pass
        finally:
            c.close()

    def _requests(self, c):
        head = b''
        while b'\r\n\r\n' not in head and len(head) < 8192:
            d = c.recv(4096)
            if not d:
                return
            head += d
        ask = head.split(b' ')[1].decode('latin-1')
        self.asked.append(ask)
        m = re.search(rb'Range: bytes=(\d+)-', head, re.I)
        ask = self.names(ask)
        if '/b/' in ask:
            ask += '/%d' % (int(m.group(1)) if m else 0)
        out = self.answer(ask)
        out = iter([out] if isinstance(out, bytes) else out)
        first = next(out, b'')
        if isinstance(first, bytes) and first[:1] == b'3':
            c.sendall(b'HTTP/1.0 404 Not Found\r\n\r\n')
            return
        if isinstance(first, bytes) and first.startswith(b'apeng-blob ') \
                and b'\n' in first:
            first = first[first.index(b'\n') + 1:]
        c.sendall(b'HTTP/1.0 206 Partial Content\r\n\r\n' if m else
                  b'HTTP/1.0 200 OK\r\n\r\n')
        c.settimeout(20)
        part = first
        while part is not None:
            if isinstance(part, bytes):
                c.sendall(part)
            else:
                part()
                if has_left(c):
                    return
            part = next(out, None)
        c.shutdown(socket.SHUT_WR)
        c.settimeout(2)
        while c.recv(4096):
            pass


def honest(edition, olds=()):
    """The answers of an origin from before compact letters."""
    blobs = {forge.sha(edition.full)[:16]: edition.full}
    deltas = {}
    for o in olds:
        d = edition.delta(o)
        deltas[o.name()] = (o, d)
        blobs[forge.sha(d)[:16]] = d

    def answer(ask):
        if not ask.startswith('/.apeng/'):
            return b"3no such selector\terr\tnull.host\t1\r\n.\r\n"
        m = re.match(r'/\.apeng/b/([0-9a-f]{16})/(\d+)$', ask)
        if m:
            if m.group(1) not in blobs:
                return b"3no such blob\terr\tnull.host\t1\r\n.\r\n"
            b, at = blobs[m.group(1)], int(m.group(2))
            return (b'apeng-blob %s %d %d\n' % (m.group(1).encode(), at,
                                                len(b)) + b[at:])
        if ask == '/.apeng/head':
            return edition.head
        name = ask[len('/.apeng/up/'):]
        if name == edition.name():
            return edition.head + b'offer - 0 -\n\n'
        if name in deltas:
            o, d = deltas[name]
            return (edition.head + forge.offer(d, o.core16()).encode() + d)
        return edition.head + forge.offer(edition.full).encode() + edition.full

    return answer


def honest_compact(edition, olds=()):
    """The answers of a server that knows compact letters and no others."""
    old = honest(edition, olds)
    by_name = {o.name(): o for o in olds}

    def answer(ask):
        m = re.match(r'/apeng/u/(.*)$', ask)
        if not m:
            if not ask.startswith('/apeng/b/'):
                return b"3no such selector\terr\tnull.host\t1\r\n.\r\n"
            return old(ask.replace('/apeng/', '/.apeng/'))
        if m.group(1) == edition.name():
            return b'same\n'
        o = by_name.get(m.group(1))
        if o and o.core16() == edition.core16():
            return forge.compact(edition, o)
        if o:
            return forge.compact(edition, o, edition.delta(o), True)
        return forge.compact(edition, None, edition.full)
    return answer


def make_cert(folder, name):
    crt = os.path.join(folder, name + '.crt')
    key = os.path.join(folder, name + '.pem')
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt',
                    'ec_paramgen_curve:P-256', '-nodes', '-days', '3650',
                    '-subj', '/CN=localhost', '-keyout', key, '-out', crt],
                   check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return crt, key


class Run:
    """One run of `apeng mirror': rc, out, err, anon: the most memory of its
    own that was seen, in KiB, when it is to be watched.  ru_maxrss would not
    do: a child begins with that of its parent, which is Python.  most: KiB
    of memory of its own (RLIMIT_DATA) that the kernel gives it; the next
    call for memory fails."""

    def __init__(self, args, scale=200, limit=120, env=None, watch=False,
                 most=None):
        e = {**os.environ, 'APENG_MIRROR_SCALE': str(scale), **(env or {})}
        p = subprocess.Popen([os.environ['APENG'], 'mirror'] + args, env=e,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             stdin=subprocess.DEVNULL)
        if most:
            resource.prlimit(p.pid, resource.RLIMIT_DATA,
                             (most * 1024, most * 1024))
        self.anon, end = 0, time.monotonic() + limit
        out = None
        while out is None:
            try:
                out = p.communicate(timeout=0.002 if watch else limit)
            except subprocess.TimeoutExpired:
                self.anon = max(self.anon, anon_kib(p.pid))
                if time.monotonic() > end:
                    p.kill()
                    out = p.communicate()
        self.rc = p.returncode
        self.out, self.err = (x.decode() for x in out)

    def __str__(self):
        return 'status %d\n%s%s' % (self.rc, self.out, self.err)


def anon_kib(pid):
    try:
        with open('/proc/%d/status' % pid, encoding='ascii') as f:
            m = re.search(r'RssAnon:\s+(\d+)', f.read())
        return int(m.group(1)) if m else 0
    except OSError:
        return 0


def is_sanitized():
    with open(os.environ['APENG'], 'rb') as f:
        return b'__asan_init' in f.read()
