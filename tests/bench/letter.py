#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""One table: what a mirror costs by each carrier, and what others cost.

Three edits of the real capsule (a figure; a paragraph on four pages; a year's
update: a new page and thirty figures), nothing new, and the first copy; bytes
of TCP payload in both directions and seconds over 9,600 bit/s and 700 ms round
trips, in real time, about five minutes.  Beside it what rsync -z, zsync,
casync, bsdiff and xdelta3 need for the same edits; their seconds are what the
line needs at least.    letter.py [RATE [RTT]]
"""
import functools
import glob
import json
import os
import re
import shutil
import signal
import socket
import socketserver
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
TMP = tempfile.mkdtemp(prefix='apeng-letter.')
K = os.path.join(TMP, 'k')
CAPSULE = os.path.join(TMP, 'capsule')
WEB = os.path.join(TMP, 'web')
GPUB = os.path.join(TMP, 'q.gpub')
WHAT = ('nothing new', 'one figure', 'four paragraphs', "a year's update",
        'first copy')
GOALS = {'Gopher': (120, 450, 570, 2050, 25900)}
missed = 0
ends = []


def run(*args):
    r = subprocess.run([APENG, *args], stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT, check=False)
    if r.returncode != 0:
        sys.exit('apeng %s: %s' % (args[0], r.stdout.decode()))


def read(path):
    with open(path, 'rb') as f:
        return f.read()


class Line:
    """The line simulator before a port of this machine."""

    def __init__(self, to, slow=True, port=0):
        speed = ['-r', str(RATE), '-l', str(RTT)] if slow else []
        self.p = subprocess.Popen(
            [BUILD + '/tests/tools/linksim', *speed, '-p', str(port),
             '127.0.0.1:%d' % to], stdout=subprocess.PIPE)
        self.port = int(self.p.stdout.readline().split()[1])

    def end(self):
        self.p.send_signal(signal.SIGTERM)
        out = json.loads(self.p.stdout.read())
        self.p.wait()
        return out


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as s:
        return s.getsockname()[1]


def wait_for(port):
    for _ in range(400):
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return
        except OSError:
            time.sleep(.05)
    sys.exit('no server at %d' % port)


def live(public):
    conf = os.path.join(TMP, 'conf.yml')
    with open(conf, 'w', encoding='ascii') as f:
        f.write('packages: [%s]\nkeys: [%s.pub]\nhosts: [localhost]\n'
                'certs: %s\ngemini:\n  listen: ["127.0.0.1:0"]\n'
                '  public_port: %d\ngopher:\n  listen: ["127.0.0.1:0"]\n'
                % (GPUB, K, os.path.join(TMP, 'certs'), public))
    p = subprocess.Popen([APENG, 'serve', '-c', conf],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    ports = {}
    while len(ports) < 2:
        line = p.stdout.readline().decode()
        if not line:
            sys.exit('apeng serve does not start')
        ports.update((s, int(n)) for s, n in re.findall(
            r'^ready (gemini|gopher)://.*:(\d+)/', line))
    ends.append(lambda: (p.terminate(), p.wait()))
    return ports


def nginx():
    port = free_port()
    conf = os.path.join(TMP, 'nginx.conf')
    with open(conf, 'w', encoding='ascii') as f:
        f.write(f'''daemon off; master_process off; error_log stderr;
pid {TMP}/nginx.pid; events {{ worker_connections 64; }}
http {{ access_log off; client_body_temp_path {TMP}/n1;
proxy_temp_path {TMP}/n2; fastcgi_temp_path {TMP}/n3;
uwsgi_temp_path {TMP}/n4; scgi_temp_path {TMP}/n5;
server {{ listen 127.0.0.1:{port}; root {WEB}; }} }}
''')
    p = subprocess.Popen(['nginx', '-p', TMP, '-c', conf],
                         env={**os.environ, 'PATH': os.environ['PATH'] +
                              ':/usr/sbin'},
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ends.append(lambda: (p.terminate(), p.wait()))
    wait_for(port)
    return port


def gopher_files():
    """The least that is a Gopher server of files."""
    class One(socketserver.StreamRequestHandler):
        def handle(self):
            ask = self.rfile.readline(1024).decode().strip().lstrip('/')
            path = os.path.join(WEB, ask)
            self.wfile.write(read(path) if os.path.isfile(path) else
                             b"3no such file\terr\terror.host\t1\r\n.\r\n")
    s = helpers.tcp(One)
    ends.append(s.shutdown)
    return s.port


def build():
    run('build', '-k', K + '.key', '-o', GPUB, CAPSULE)


def change(path, old, new, count):
    with open(path, encoding='utf-8') as f:
        text = f.read()
    text, n = re.subn(old, new, text, count=count, flags=re.M)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return n


def up(m):
    return m.group(1) + str((int(m.group(2)) + 1) % 9 + 1)


PARA = ('  - text:\n      en: The county office adds that the road was opened '
        'in spring, and that buses run twice a day since.\n      zh: '
        '据区有关部门补充，该路已于春季通车，班车每日往返两趟。\n')


def a_figure():
    change(CAPSULE + '/pages/economy.yml', r'^( *value: )(9|8\.\d)$',
           r'\g<1>8.7', 1)


def four_paragraphs():
    pages = [p for p in sorted(glob.glob(CAPSULE + '/pages/*.yml'))
             if 'generate' not in read(p).decode()]
    for p in pages[:4]:
        with open(p, 'a', encoding='utf-8') as f:
            f.write(PARA)


def a_year():
    left = 30
    for p in sorted(glob.glob(CAPSULE + '/pages/*.yml')):
        if left:
            left -= change(p, r'(value: [\d.]*?)(\d)(?=[,}\s])', up, left)
    if left:
        print('# only %d figures to change' % (30 - left))
    with open(CAPSULE + '/pages/weather.yml', 'w', encoding='utf-8') as f:
        f.write('title: {en: Weather, zh: 气候}\nshort: {en: Weather, zh: 气候}\n'
                'summary: {en: When to come and what to wear., '
                'zh: 何时来、穿什么。}\ndate: 2026-11-23\n'
                'change: {en: New page., zh: 新增页面。}\nblocks:\n'
                '  - heading: {en: Four seasons, zh: 四季}\n' + PARA * 2)
    change(CAPSULE + '/capsule.yml', r'(pages: \[)', r'\1weather, ', 1)


def clear(path):
    for f in (path, path + '.mirror', path + '.store'):
        if os.path.isdir(f):
            shutil.rmtree(f)
        elif os.path.exists(f):
            os.unlink(f)


def mirror(scheme, port, start, public=0):
    """One run in real time: bytes both ways, seconds."""
    path = os.path.join(TMP, 'm.gpub')
    clear(path)
    if start:
        shutil.copy(start, path)
    line = Line(port, port=public)
    host = 'localhost' if scheme == 'gemini' else '127.0.0.1'
    t = time.monotonic()
    r = subprocess.run([APENG, 'mirror', '--once', '-p', K + '.pub', '-o',
                        path, '%s://%s:%d/' % (scheme, host, line.port)],
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                       env={**os.environ, 'no_proxy': '*'}, check=False)
    t = time.monotonic() - t
    j = line.end()
    if r.returncode != 0 or read(path) != read(GPUB):
        sys.exit('mirror %s: %s' % (scheme, r.stdout.decode()))
    return j['up'] + j['down'], t


def seconds(n, trips):
    return n * 8 / RATE + trips * RTT / 1000


def letter(start):
    out = os.path.join(TMP, 'letter')
    run('letter', *(['--from', start] if start else []), '-o', out, GPUB)
    return os.path.getsize(out), seconds(os.path.getsize(out), 0)


def peer_rsync(old, new):
    d = os.path.join(TMP, 'rs')
    os.makedirs(d + '/mod')
    port = free_port()
    with open(d + '/conf', 'w', encoding='ascii') as f:
        f.write(f'port = {port}\naddress = 127.0.0.1\nuse chroot = no\n'
                f'pid file = {d}/pid\n[q]\npath = {d}/mod\n')
    shutil.copy(new, d + '/mod/q')
    p = subprocess.Popen(['rsync', '--daemon', '--no-detach',
                          '--config=' + d + '/conf'],
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(port)
    line = Line(port, slow=False)
    if old:
        shutil.copy(old, d + '/out')
        os.utime(d + '/out', (1, 1))
    subprocess.run(['rsync', '-z', 'rsync://127.0.0.1:%d/q/q' % line.port,
                    d + '/out'], check=True, stdout=subprocess.DEVNULL)
    j = line.end()
    p.terminate()
    p.wait()
    same = read(d + '/out') == read(new)
    shutil.rmtree(d)
    return (j['up'] + j['down'], 4) if same else None


class Ranges(helpers.Quiet):
    """The least that zsync and casync need: GET with Range."""
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        try:
            data = read(self.translate_path(self.path))
        except OSError:
            self.send_error(404)
            return
        spans = [(int(a), min(int(b), len(data) - 1)) for a, b in re.findall(
            r'(\d+)-(\d+)', self.headers.get('Range', ''))]
        self.send_response(206 if spans else 200)
        kind, body = 'application/octet-stream', data
        if len(spans) == 1:
            a, b = spans[0]
            self.send_header('Content-Range', 'bytes %d-%d/%d'
                             % (a, b, len(data)))
            body = data[a:b + 1]
        elif spans:
            body = b''.join(b'\r\n--x\r\nContent-Range: bytes %d-%d/%d\r\n\r\n'
                            % (a, b, len(data)) + data[a:b + 1]
                            for a, b in spans) + b'\r\n--x--\r\n'
            kind = 'multipart/byteranges; boundary=x'
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def http_line(folder):
    return Line(helpers.files(folder, Ranges).port, slow=False)


def peer_zsync(old, new):
    d = os.path.join(TMP, 'zs')
    os.mkdir(d)
    shutil.copy(new, d + '/q')
    quiet = {'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL}
    subprocess.run(['zsyncmake', '-u', 'q', '-o', d + '/q.zsync', d + '/q'],
                   check=True, **quiet)
    line = http_line(d)
    subprocess.run(['zsync', *(['-i', old] if old else []), '-o', d + '/out',
                    'http://127.0.0.1:%d/q.zsync' % line.port], cwd=d,
                   check=False, **quiet)
    j = line.end()
    same = os.path.exists(d + '/out') and read(d + '/out') == read(new)
    shutil.rmtree(d)
    return (j['up'] + j['down'], 2 * j['connections']) if same else None


def peer_casync(old, new):
    d = os.path.join(TMP, 'ca')
    os.mkdir(d)
    call = functools.partial(subprocess.run, check=True, cwd=d,
                             stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    shutil.copy(new, d + '/new')
    call(['casync', 'make', '--store=' + d + '/s.castr', '--chunk-size=4096',
          'q.caibx', d + '/new'])
    line = http_line(d)
    url = 'http://127.0.0.1:%d/' % line.port
    call(['casync', 'extract', '--store=' + url + 's.castr',
          *(['--seed=' + old] if old else []), url + 'q.caibx', d + '/out'])
    j = line.end()
    same = read(d + '/out') == read(new)
    shutil.rmtree(d)
    return (j['up'] + j['down'], 2 * j['connections']) if same else None


def wire(path):
    out = path + '.wire'
    with zipfile.ZipFile(path) as z, open(out, 'wb') as f:
        f.write(forge.wire_form([(i.filename, z.read(i))
                                 for i in z.infolist()]))
    return out


def patch(*cmd):
    """A patch of the wire form alone: no request, no proof."""
    def size(old, new):
        if not old:
            return None
        out = os.path.join(TMP, 'patch')
        subprocess.run([x.format(old=wire(old), new=wire(new), out=out)
                        for x in cmd], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return os.path.getsize(out), 0
    return size


PEERS = (
    ('rsync -z', 'rsync', peer_rsync), ('zsync', 'zsync', peer_zsync),
    ('casync', 'casync', peer_casync),
    ('bsdiff, the patch', 'bsdiff', patch('bsdiff', '{old}', '{new}',
                                          '{out}')),
    ('xdelta3, the patch', 'xdelta3', patch(
        'xdelta3', '-9', '-S', 'djw', '-f', '-e', '-s', '{old}', '{new}',
        '{out}')))


def show(name, cells):
    global missed
    text = []
    for i, c in enumerate(cells):
        if c is None:
            text.append('-')
            continue
        goal = GOALS.get(name, (None,) * 5)[i]
        over = goal is not None and c[0] > goal
        missed += over
        text.append('{:,} ({:.1f} s){}'.format(c[0], c[1],
                                               ' over %d' % goal if over
                                               else ''))
    print('%-20s' % name + ''.join('%20s' % t for t in text))
    sys.stdout.flush()


def main():
    os.environ['SOURCE_DATE_EPOCH'] = '1780000000'
    shutil.copytree(TOP + '/capsule', CAPSULE)
    run('keygen', '-W', '-o', K)
    run('cert', '--host', 'localhost', '--ip', '127.0.0.1',
        os.path.join(TMP, 'certs'))
    build()
    edition = []
    for edit in (a_figure, four_paragraphs, a_year):
        old = os.path.join(TMP, 'e%d.gpub' % len(edition))
        shutil.copy(GPUB, old)
        edition.append(old)
        edit()
        build()
    # Each edit is measured from the edition before it to the one after it.
    after = [*edition[1:], os.path.join(TMP, 'e3.gpub')]
    shutil.copy(GPUB, after[2])
    rows = {n: [None] * 5 for n in ('Gopher', 'Gemini', 'http files',
                                    'Gopher files', 'letter')}
    print('# %d bit/s, %d ms; bytes both ways and seconds; package %d bytes'
          % (RATE, RTT, os.path.getsize(edition[0])))
    public = free_port()
    for i in (-1, 0, 1, 2):
        clear(GPUB)
        # The store of the edition after, with its delta from the one before.
        publish(edition[i] if i >= 0 else None, after[i] if i >= 0 else
                edition[0])
        shutil.rmtree(WEB, ignore_errors=True)
        run('export', '--origin', GPUB, WEB)
        ports = live(public)
        web, files = nginx(), gopher_files()
        todo = [(i + 1, edition[i])] if i >= 0 else [(0, GPUB), (4, None)]
        for at, start in todo:
            rows['Gopher'][at] = mirror('gopher', ports['gopher'], start)
            rows['Gemini'][at] = mirror('gemini', ports['gemini'], start,
                                        public)
            rows['http files'][at] = mirror('http', web, start)
            rows['Gopher files'][at] = mirror('gopher', files, start)
            rows['letter'][at] = letter(start)
        while ends:
            ends.pop()()
    print('%-20s' % '' + ''.join('%20s' % w for w in WHAT))
    for name, cells in rows.items():
        show(name, cells)
    print('# others; seconds: what the line needs at least')
    for name, program, peer in PEERS:
        if not shutil.which(program):
            print('%-20s is not installed' % name)
            continue
        got = [None] + [peer(o, n) for o, n in zip(edition, after)] + \
            [peer(None, edition[0])]
        show(name, [g and (g[0], seconds(*g)) for g in got])


def publish(old, new):
    """GPUB becomes new, with a store that leads there from old (None: alone)."""
    if old:
        shutil.copy(old, GPUB)
    path = os.path.join(TMP, 'full')
    run('letter', '-o', path, new)
    run('mirror', '--once', '-p', K + '.pub', '-o', GPUB, 'file://' + path)


try:
    main()
finally:
    while ends:
        ends.pop()()
    shutil.rmtree(TMP)
sys.exit(1 if missed else 0)
