# SPDX-License-Identifier: ISC
"""Keys, heads, packages and blobs in plain Python, right ones and wrong ones.

Written from apeng-package(5) alone, so that it is a second opinion on the
format; slow, and good for tests only.
"""
import base64
import hashlib
import os
import re as re_
import struct
import subprocess
import zlib

P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def _add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    aa = (y1 - x1) * (y2 - x2) % P
    bb = (y1 + x1) * (y2 + x2) % P
    cc = 2 * t1 * t2 * D % P
    dd = 2 * z1 * z2 % P
    e, f, g, h = bb - aa, dd - cc, dd + cc, bb + aa
    return e * f % P, g * h % P, f * g % P, e * h % P


def _mul(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = _add(q, p)
        p = _add(p, p)
        n >>= 1
    return q


def _pack(p):
    zi = pow(p[2], P - 2, P)
    x, y = p[0] * zi % P, p[1] * zi % P
    return (y | (x & 1) << 255).to_bytes(32, 'little')


_GY = 4 * pow(5, P - 2, P) % P
_X2 = (_GY * _GY - 1) * pow(D * _GY * _GY + 1, P - 2, P) % P
_GX = pow(_X2, (P + 3) // 8, P)
if (_GX * _GX - _X2) % P:
    _GX = _GX * pow(2, (P - 1) // 4, P) % P
if _GX & 1:
    _GX = P - _GX
G = (_GX, _GY, 1, _GX * _GY % P)


class Key:
    """A publisher's key, made from a name."""

    def __init__(self, name, key_id=None):
        seed = hashlib.sha256(name.encode()).digest()
        h = hashlib.sha512(seed).digest()
        a = int.from_bytes(h[:32], 'little')
        self.a = (a & ((1 << 254) - 8)) | 1 << 254
        self.prefix = h[32:]
        self.pub = _pack(_mul(self.a, G))
        self.id = key_id or hashlib.sha256(self.pub).digest()[:8]

    def raw(self, msg):
        r = int.from_bytes(hashlib.sha512(self.prefix + msg).digest(),
                           'little') % L
        rr = _pack(_mul(r, G))
        k = int.from_bytes(hashlib.sha512(rr + self.pub + msg).digest(),
                           'little') % L
        return rr + ((r + k * self.a) % L).to_bytes(32, 'little')

    def string(self):
        return base64.b64encode(b'Ed' + self.id + self.pub).decode()

    def hex_id(self):
        return '%016X' % int.from_bytes(self.id, 'little')

    def save(self, path):
        with open(path, 'w', encoding='ascii') as f:
            f.write('untrusted comment: minisign public key\n'
                    + self.string() + '\n')
        return path

    def seal(self, text, note=b'apeng'):
        sig = self.raw(text)
        b64 = base64.b64encode
        return (text + b'untrusted comment: apeng\n'
                + b64(b'Ed' + self.id + sig) + b'\ntrusted comment: ' + note
                + b'\n' + b64(self.raw(sig + note)) + b'\n')


def order(entries):
    return sorted(entries, key=lambda e: (e[0] != 'metadata.txt',
                                          e[0].encode('latin-1')))


def wire_form(entries):
    return (b''.join(b'%s %d\n' % (n.encode('latin-1'), len(d))
                     for n, d in entries)
            + b'\n' + b''.join(d for _, d in entries))


def zip_core(entries, mode=0o100644, **odd):
    """The canonical ZIP; odd: one deviation of the tricks' list."""
    body, central = b'', b''
    for i, (name, data) in enumerate(entries):
        n = name.encode('latin-1')
        local_name = odd.get('local_names', {}).get(name, name)
        common = struct.pack('<HHHHHIIIHH', 10, odd.get('flags', 0),
                             odd.get('method', 0), 0, 0x21, zlib.crc32(data),
                             len(data), len(data), len(n), 0)
        at = len(odd.get('prefix', b'')) + len(body)
        body += (b'PK\3\4' + common
                 + local_name.encode('latin-1') + data + odd.get('gap', b''))
        if i in odd.get('hidden', ()):
            continue
        central += (b'PK\1\2' + struct.pack('<H', 0x314) + common
                    + struct.pack('<HHHII', 0, 0, 0, mode << 16, at) + n)
    n = len(entries) - len(odd.get('hidden', ()))
    at = len(odd.get('prefix', b'')) + len(body)
    return (odd.get('prefix', b'') + body + central
            + b'PK\5\6' + struct.pack('<HHHHIIH', 0, 0, n, n, len(central),
                                      at, 0))


def zstd(data, base=None, level=19):
    import tempfile
    cmd = ['zstd', '-q', '-c', '-%d' % level, '--no-check']
    with tempfile.TemporaryDirectory() as tmp:
        new, old = os.path.join(tmp, 'n'), os.path.join(tmp, 'o')
        with open(new, 'wb') as f:
            f.write(data)
        if base is not None:
            with open(old, 'wb') as f:
                f.write(base)
            cmd.append('--patch-from=' + old)
        return subprocess.run(cmd + [new], check=True,
                              stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL).stdout


def rle_frame(nblock, window=0x40, flags=0, more=b''):
    """A zstd frame that expands to nblock * 128 KiB of 'a'."""
    out = b'\x28\xb5\x2f\xfd' + bytes([flags, window]) + more
    for i in range(nblock):
        head = (i == nblock - 1) | 1 << 1 | 131072 << 3
        out += struct.pack('<I', head)[:3] + b'a'
    return out


def sha(data):
    return hashlib.sha256(data).hexdigest()


class Edition:
    """One published state: all of its bytes."""

    def __init__(self, key, serial, entries, ident='qianjiang',
                 published='2026-01-01T00:00:00Z',
                 expires='2099-01-01T00:00:00Z', next_key=None, core=None,
                 wire=None, wire_size=None, sort=True):
        if sort:
            entries = order(entries)
        self.key, self.serial, self.entries = key, serial, entries
        self.wire = wire_form(entries) if wire is None else wire
        self.core = zip_core(entries) if core is None else core
        text = ('apeng-head 1\nid %s\nserial %d\npublished %s\nexpires %s\n'
                'core %s %d\nwire %s %d\n'
                % (ident, serial, published, expires, sha(self.core),
                   len(self.core), sha(self.wire),
                   wire_size or len(self.wire)))
        if next_key:
            text += 'next-key %s\n' % next_key.string()
        self.head = key.seal(text.encode())
        self.package = (self.core[:-2] + struct.pack('<H', len(self.head))
                        + self.head)
        self._full = None
        self._deltas = {}

    @property
    def full(self):
        if self._full is None:
            self._full = zstd(self.wire)
        return self._full

    def core16(self):
        return sha(self.core)[:16]

    def name(self):
        return '%d-%s' % (self.serial, self.core16())

    def delta(self, old):
        if old.name() not in self._deltas:
            self._deltas[old.name()] = zstd(self.wire, old.wire)
        return self._deltas[old.name()]


def number(n):
    out = b''
    while n > 0x7f:
        out += bytes([0x80 | (n & 0x7f)])
        n >>= 7
    return out + bytes([n])


def compact(e, asker=None, blob=None, is_delta=False, **odd):
    """A compact letter of edition e; asker: the edition that is there; odd:
    fields that say something else."""
    import calendar
    import time
    f = dict(re_.findall(rb'(?m)^(\S+) (.*)$', e.head.split(
        b'untrusted')[0]))

    def when(name):
        return calendar.timegm(time.strptime(f[name].decode(),
                                             '%Y-%m-%dT%H:%M:%SZ'))
    lines = e.head.split(b'untrusted')[1].split(b'\n')
    sig = base64.b64decode(lines[1])[10:]
    every = base64.b64decode(lines[3])
    core, csize = f[b'core'].split()
    wire, wsize = f[b'wire'].split()
    nxt = base64.b64decode(f[b'next-key'])[2:] if b'next-key' in f else b''
    kind = (3 if blob is None else 1 if is_delta else 0)
    if blob is None and asker and asker.core16() == e.core16():
        kind = 2
    derived = kind == 1 and len(blob) <= 4096 or kind == 2
    out = b'\xfe\0' + bytes([odd.get('flags', kind | (4 if not asker else 0)
                                     | (8 if nxt else 0))])
    out += number(int(f[b'serial'])) + number(when(b'published'))
    out += number(when(b'expires'))
    if asker:
        out += odd.get('keys', hashlib.sha256(e.key.id + nxt).digest()[:4])
    else:
        out += bytes([len(f[b'id'])]) + f[b'id'] + e.key.id + nxt
    if kind < 2:
        out += number(odd.get('size', len(blob)))
    if not derived:
        out += bytes.fromhex(core.decode()) + number(int(csize))
        out += bytes.fromhex(wire.decode())
    if kind != 2:
        out += number(odd.get('wire_size', int(wsize)))
    if kind < 2 and not derived:
        out += hashlib.sha256(blob).digest()
    return out + odd.get('sig', sig) + every + (blob or b'')


def offer(blob, base='-', size=None):
    return 'offer %s %d %s\n\n' % (sha(blob), size or len(blob), base)


def sample(edition=1, n=40):
    """Entries of a small capsule; each edition says something else."""
    pages = [('metadata.txt', b'gpubVersion: 1.0.0\ntitle: Qianjiang\n'),
             ('index.gmi', b'# Qianjiang\n=> en/p0.gmi\n')]
    for i in range(n):
        text = ''.join('Line %d of page %d says %s.\n' % (
            j, i, sha(b'%d %d' % (i, j))[:12 + j % 9]) for j in range(20))
        if i < edition:
            text += 'Edition %d has this to add.\n' % edition
        pages.append(('en/p%d.gmi' % i, text.encode()))
    return pages
