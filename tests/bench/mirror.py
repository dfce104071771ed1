#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Bytes and seconds of mirroring over 9,600 bit/s and 700 ms round trips.

TCP payload of both directions as tests/tools/linksim delivers it, on the real
capsule, beside floors (zstd -19, --patch-from) and what others would fetch.
Runs in real time, about five minutes.   mirror.py [RATE [RTT]]
"""
import functools
import glob
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import zipfile

TOP = os.environ.get('TOP', os.getcwd())
BUILD = os.environ.get('BUILD', TOP + '/build')
APENG = os.environ.get('APENG', BUILD + '/apeng')
sys.path.insert(0, os.path.join(TOP, 'tests', 'mirror'))
sys.path.insert(0, os.path.join(TOP, 'tests', 'lib'))
import forge                                                    # noqa: E402
import helpers                                                  # noqa: E402

RATE = int(sys.argv[1]) if len(sys.argv) > 1 else 9600
RTT = int(sys.argv[2]) if len(sys.argv) > 2 else 700
TMP = tempfile.mkdtemp(prefix='apeng-bench.')
K = os.path.join(TMP, 'k')
CAPSULE, A = os.path.join(TMP, 'capsule'), os.path.join(TMP, 'a.gpub')
missed = 0


def run(*args):
    r = subprocess.run([APENG, *args], stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT, check=False)
    if r.returncode != 0:
        sys.exit('apeng %s: %s' % (args[0], r.stdout.decode()))


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as s:
        return s.getsockname()[1]


def wire(path):
    with zipfile.ZipFile(path) as z:
        return forge.wire_form([(i.filename, z.read(i))
                                for i in z.infolist()])


class Line:
    def __init__(self, to, *args, port=0, slow=True):
        speed = ['-r', str(RATE), '-l', str(RTT)] if slow else []
        self.p = subprocess.Popen(
            [BUILD + '/tests/tools/linksim', *speed, *args, '-p', str(port),
             '127.0.0.1:%d' % to], stdout=subprocess.PIPE)
        self.port = int(self.p.stdout.readline().split()[1])

    def end(self):
        self.p.send_signal(signal.SIGTERM)
        out = json.loads(self.p.stdout.read())
        self.p.wait()
        return out


def serve(public):
    conf = os.path.join(TMP, 'conf.yml')
    with open(conf, 'w', encoding='ascii') as f:
        f.write('packages: [%s]\nkeys: [%s.pub]\nhosts: [localhost]\n'
                'certs: %s\ngemini:\n  listen: ["127.0.0.1:0"]\n'
                '  public_port: %d\ngopher:\n  listen: ["127.0.0.1:0"]\n'
                % (A, K, os.path.join(TMP, 'certs'), public))
    p = subprocess.Popen([APENG, 'serve', '-c', conf],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    ports, text = {}, ''
    while len(ports) < 2:
        line = p.stdout.readline().decode()
        if not line:
            sys.exit('apeng serve does not start: ' + text)
        text += line
        ports.update((s, int(n)) for s, n in re.findall(
            r'^ready (gemini|gopher)://.*:(\d+)/', line))
    return p, ports


def row(name, j, seconds, floor, limit_bytes=None, limit_seconds=None):
    global missed
    n = j['up'] + j['down'] if isinstance(j, dict) else j
    bad = []
    if limit_bytes is not None and n > limit_bytes:
        bad.append('bytes')
    if limit_seconds is not None and seconds > limit_seconds:
        bad.append('seconds')
    missed += bool(bad)
    print('%-44s %9s %9s %9s %8.1f %8s  %s' % (
        name, '{:,}'.format(n), '{:,}'.format(floor) if floor else '-',
        '{:,}'.format(int(limit_bytes)) if limit_bytes else '-', seconds,
        limit_seconds or '-', 'MISSED: ' + ', '.join(bad) if bad else
        'ok' if limit_bytes else ''))
    sys.stdout.flush()


def mirror(scheme, ports, start, *line_args):
    """One run in real time; its line's counts and its seconds."""
    path = os.path.join(TMP, 'm.gpub')
    for f in (path, path + '.mirror', path + '.store'):
        if os.path.isdir(f):
            shutil.rmtree(f)
        elif os.path.exists(f):
            os.unlink(f)
    if start:
        shutil.copy(start, path)
    line = Line(ports[scheme], *line_args,
                port=PUBLIC if scheme == 'gemini' else 0)
    t = time.monotonic()
    r = subprocess.run([APENG, 'mirror', '--once', '-p', K + '.pub', '-o',
                        path, '%s://localhost:%d' % (scheme, line.port)],
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                       check=False)
    t = time.monotonic() - t
    j = line.end()
    with open(A, 'rb') as a, open(path, 'rb') as b:
        if r.returncode != 0 or a.read() != b.read():
            sys.exit('mirror: status %d: %s' % (r.returncode,
                                                r.stdout.decode()))
    return j, t


def edit():
    """Four pages get a paragraph, six a changed number, one page is new."""
    pages = sorted(glob.glob(CAPSULE + '/pages/*.yml'))
    text = {p: open(p, encoding='utf-8').read() for p in pages}
    para = ('  - text:\n      en: The county office adds that the road was '
            'opened in spring, and that buses run twice a day since.\n'
            '      zh: 据区有关部门补充，该路已于春季通车，班车每日往返两趟。\n')
    numbered = [p for p in pages if re.search(r'value: \d', text[p])]
    plain = [p for p in pages if p not in numbered and 'generate' not in
             text[p]]
    four = (plain + list(reversed(numbered)))[:4]
    for p in four:
        text[p] = text[p].rstrip('\n') + '\n' + para
    for p in [p for p in numbered if p not in four][:6]:
        text[p] = re.sub(r'(value: )(\d+)', lambda m: m.group(1)
                         + str(int(m.group(2)) + 1), text[p], count=1)
    text[CAPSULE + '/pages/weather.yml'] = (
        'title: {en: Weather, zh: 气候}\nshort: {en: Weather, zh: 气候}\n'
        'summary: {en: When to come and what to wear., zh: 何时来、穿什么。}\n'
        'date: 2026-11-23\nchange: {en: New page., zh: 新增页面。}\nblocks:\n'
        '  - heading: {en: Four seasons, zh: 四季}\n' + para * 2)
    for p, t in text.items():
        with open(p, 'w', encoding='utf-8') as f:
            f.write(t)
    conf = CAPSULE + '/capsule.yml'
    with open(conf, encoding='utf-8') as f:
        t = f.read()
    with open(conf, 'w', encoding='utf-8') as f:
        f.write(re.sub(r'(pages: \[)', r'\1weather, ', t, count=1))


class Ranges(helpers.Quiet):
    """The least that zsync and casync need: GET with Range."""
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        try:
            with open(self.translate_path(self.path), 'rb') as f:
                data = f.read()
        except OSError:
            self.send_error(404)
            return
        spans = re.findall(r'(\d+)-(\d+)', self.headers.get('Range', ''))
        if not spans:
            self.send_response(200)
            body, kind = data, 'application/octet-stream'
        elif len(spans) == 1:
            a, b = int(spans[0][0]), min(int(spans[0][1]), len(data) - 1)
            self.send_response(206)
            self.send_header('Content-Range', 'bytes %d-%d/%d'
                             % (a, b, len(data)))
            body, kind = data[a:b + 1], 'application/octet-stream'
        else:
            self.send_response(206)
            body = b''
            for a, b in spans:
                a, b = int(a), min(int(b), len(data) - 1)
                body += (b'\r\n--x\r\nContent-Range: bytes %d-%d/%d\r\n\r\n'
                         % (a, b, len(data)) + data[a:b + 1])
            body += b'\r\n--x--\r\n'
            kind = 'multipart/byteranges; boundary=x'
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def http_line(folder):
    return Line(helpers.files(folder, Ranges).port, slow=False)


def seconds(n, trips):
    """What the line needs at least for so many bytes and round trips."""
    return n * 8 / RATE + trips * RTT / 1000


def peer_zsync(old, new):
    d = os.path.join(TMP, 'zs')
    os.mkdir(d)
    shutil.copy(new, d + '/q.gpub')
    subprocess.run(['zsyncmake', '-u', 'q.gpub', '-o', d + '/q.zsync',
                    d + '/q.gpub'], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    line = http_line(d)
    seed = ['-i', old] if old else []
    r = subprocess.run(['zsync', *seed, '-o', d + '/out',
                        'http://127.0.0.1:%d/q.zsync' % line.port],
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                       check=False, cwd=d)
    j = line.end()
    same = os.path.exists(d + '/out') and open(d + '/out', 'rb').read() == \
        open(new, 'rb').read()
    shutil.rmtree(d)
    return (j, r.returncode) if same else (None, r.stdout.decode()[-300:])


def peer_casync(old, new):
    d = os.path.join(TMP, 'ca')
    os.mkdir(d)
    env = dict(os.environ)
    call = functools.partial(subprocess.run, check=True, env=env, cwd=d,
                             stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    shutil.copy(new, d + '/new')
    call(['casync', 'make', '--store=' + d + '/s.castr',
          '--chunk-size=4096', 'q.caibx', d + '/new'])
    line = http_line(d)
    seed = ['--seed=' + old] if old else []
    url = 'http://127.0.0.1:%d/' % line.port
    call(['casync', 'extract', '--store=' + url + 's.castr', *seed,
          url + 'q.caibx', d + '/out'])
    j = line.end()
    if open(d + '/out', 'rb').read() != open(new, 'rb').read():
        j = None
    shutil.rmtree(d)
    return j


def pages_one_by_one(ports, path):
    """What a stock client fetches, page by page, over Gemini and Gopher."""
    with zipfile.ZipFile(path) as z:
        names = [i.filename for i in z.infolist()]
    ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ctx.check_hostname, ctx.verify_mode = False, ssl.CERT_NONE
    line = Line(ports['gemini'], port=PUBLIC, slow=False)
    for n in names:
        with socket.create_connection(('127.0.0.1', line.port)) as c:
            with ctx.wrap_socket(c, server_hostname='localhost') as s:
                s.sendall(b'gemini://localhost:%d/%s\r\n'
                          % (line.port, n.encode()))
                while s.recv(65536):
                    pass
    return line.end(), len(names)


print('# %d bit/s, %d ms round trip; bytes of TCP payload, both ways'
      % (RATE, RTT))
os.environ['SOURCE_DATE_EPOCH'] = '1780000000'
shutil.copytree(TOP + '/capsule', CAPSULE)
run('keygen', '-W', '-o', K)
for f in glob.glob(K + '-reserve*'):    # without next-key, as the limits are
    os.unlink(f)
run('cert', '--host', 'localhost', '--ip', '127.0.0.1', '--ip', '::1',
    os.path.join(TMP, 'certs'))
run('build', '-k', K + '.key', '-o', A, CAPSULE)
OLD = os.path.join(TMP, 'old.gpub')
shutil.copy(A, OLD)
edit()
run('build', '-k', K + '.key', '-o', A, CAPSULE)
PUBLIC = free_port()
server, PORTS = serve(PUBLIC)
w1, w2 = wire(OLD), wire(A)
full, delta = len(forge.zstd(w2)), len(forge.zstd(w2, w1))
size = os.path.getsize(A)
print('# package %s bytes, wire form %s, zstd -19 %s, --patch-from %s'
      % tuple('{:,}'.format(x) for x in (size, len(w2), full, delta)))
print('%-44s %9s %9s %9s %8s %8s' % ('', 'bytes', 'floor', 'limit', 'seconds',
                                     'limit'))
try:
    for scheme, b, s in (('gopher', 600, 2.0), ('gemini', 1800, 3.6)):
        j, t = mirror(scheme, PORTS, A)
        row('nothing new, ' + scheme, j, t, 0, b, s)
        if scheme == 'gopher':
            plain = j
        else:
            tls = j['up'] + j['down'] - plain['up'] - plain['down']
    for scheme, more in (('gopher', 650), ('gemini', 1850)):
        j, t = mirror(scheme, PORTS, OLD)
        row('update, ' + scheme, j, t, delta, delta + more)
    for scheme, times, more in (('gopher', 1.01, 600), ('gemini', 1.03,
                                                        1800)):
        j, t = mirror(scheme, PORTS, None)
        row('first, ' + scheme, j, t, full, full * times + more)
        once = j['up'] + j['down']
        for cut, extra in (((10000, 90), (1000, None)) if scheme == 'gopher'
                           else ((10000, 1500 + 1422),)):
            j, t = mirror(scheme, PORTS, None, '-c', str(cut))
            row('first, %s, cut every %s (%d cuts)' % (
                scheme, '{:,}'.format(cut), j['cuts']), j, t, full,
                once + extra * j['cuts'] if extra else None)
    print('# TLS costs %d bytes a connection beside Gopher, with its URL and '
          'header' % tls)
    print('# peers; their seconds are what the line needs at least')
    j, n = pages_one_by_one(PORTS, A)
    row('%d pages one by one, Gemini' % n, j,
        seconds(j['down'] + j['up'], 3 * n), 0)
    row('the whole .gpub', size, seconds(size, 2), 0)
    for what, old in (('first', None), ('update', OLD)):
        for name, peer in (('zsync', peer_zsync), ('casync', peer_casync)):
            if not shutil.which(name):
                print('# %s is not installed' % name)
                continue
            got = peer(old, A)
            j = got[0] if isinstance(got, tuple) else got
            if j is None:
                print('# %s, %s: failed: %s' % (name, what, got))
                continue
            row('%s of the .gpub, %s' % (name, what), j,
                seconds(j['down'] + j['up'], 2 * j['connections']), 0)
finally:
    server.terminate()
    server.wait()
    shutil.rmtree(TMP)
sys.exit(1 if missed else 0)
