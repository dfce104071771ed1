#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""BENCH=peers: the same district by apeng and by other servers, side by side.

`apeng export` writes the pages as files, and each peer that is installed serves
them.  All runs in a network namespace of its own with a loopback of Ethernet's
packet size, so that its counters are the bytes on the wire: both directions,
with the heads of IP and TCP.  Nothing answers there for names.

ROUNDS: requests whose median is taken (15).
"""
import atexit
import gzip
import os
import re
import shutil
import signal
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
if 'PEERS_INSIDE' not in os.environ:
    os.environ['PEERS_INSIDE'] = '1'
    user = [] if os.getuid() == 0 else ['-r']
    os.execvp('unshare', ['unshare', *user, '-n', 'sh', '-c',
                          'ip link set lo mtu 1500 gso_max_segs 1 up && '
                          'exec python3 "$@"', 'sh', *sys.argv])
ROUNDS = int(os.environ.get('ROUNDS', 15))
sys.argv[1:] = []
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import APENG, TOOLS, TOP, memory     # noqa: E402

PAGE = 'economy'
REST = 2.0      # seconds before memory is read
LINE = ['-r', '9600', '-l', '700']
NGINX = """daemon off; worker_processes 1; pid %(d)s/pid;
error_log stderr crit; events { worker_connections 1024; }
http { access_log off; types { text/html html; } charset utf-8; gzip on;
client_body_temp_path %(d)s/b; proxy_temp_path %(d)s/p;
fastcgi_temp_path %(d)s/f; uwsgi_temp_path %(d)s/u; scgi_temp_path %(d)s/s;
server { listen 127.0.0.1:%(port)d; root %(d)s/all/html; } }
"""
MOLLY = """Port = %(port)d
Hostname = "localhost"
CertPath = "%(d)s/certs/localhost.crt"
KeyPath = "%(d)s/certs/localhost.key"
DocBase = "%(d)s/all/gemini"
AccessLog = "%(d)s/molly.log"
ErrorLog = "%(d)s/molly.err"
"""


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as s:
        return s.getsockname()[1]


def tls():
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.check_hostname, c.verify_mode = False, ssl.CERT_NONE
    return c


class Wire:
    """What the loopback has carried, without its 14 bytes before each
    packet."""

    @staticmethod
    def count():
        # /sys shows the namespace in which it was mounted, /proc ours.
        with open('/proc/net/dev', encoding='ascii') as f:
            m = re.search(r'lo: *(\d+) +(\d+)', f.read())
        return int(m[1]) - 14 * int(m[2])

    @classmethod
    def rest(cls):
        """The count once nothing has moved for a while."""
        last, still = cls.count(), 0
        while still < 5:
            time.sleep(0.05)
            now = cls.count()
            still = still + 1 if now == last else 0
            last = now
        return last


class Way:
    """A protocol: what is asked, and what a good reply begins with.  context:
    of TLS, with it; again: its sessions are resumed, as Lagrange does."""

    def __init__(self, name, ask, good, context=None, again=False):
        self.name, self.ask, self.good = name, ask, good
        self.context, self.again, self.session = context, again, None

    def fetch(self, port, shown=None):
        """Milliseconds to the first byte, and the reply.  shown: the port
        that the request names, where a line stands between."""
        ask = self.ask.replace('PORT', str(shown or port)).encode()
        began = time.monotonic()
        here = '127.0.0.2' if self.again else '127.0.0.1'   # two readers
        with socket.create_connection(('127.0.0.1', port), 60,
                                      (here, 0)) as s:
            if self.context is not None:
                s = self.context.wrap_socket(s, server_hostname='localhost',
                                             session=self.session)
            s.sendall(ask)
            data = s.recv(65536)
            first = (time.monotonic() - began) * 1000
            while True:
                try:
                    more = s.recv(65536)
                except (ssl.SSLEOFError, ConnectionResetError):
                    break
                if not more:
                    break
                data += more
            if self.again and s.session.has_ticket:
                self.session = s.session
            s.close()
        if not re.match(self.good, data):
            raise SystemExit(f'{self.name}: {data[:200]!r}')
        return first, data


HTTP = ('GET %s HTTP/1.1\r\nHost: localhost:PORT\r\nUser-Agent: curl/7.88.1\r\n'
        'Accept: */*\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n')
GEMINI, AGAIN = (Way(name, f'gemini://localhost:PORT/en/{PAGE}.gmi\r\n',
                     rb'20 text/gemini', tls(), again)
                 for name, again in (('Gemini', False), ('resumed', True)))
SPARTAN = Way('Spartan', f'localhost /en/{PAGE}.gmi 0\r\n', rb'2 text/gemini')
WEB = Way('HTTP', HTTP % f'/en/{PAGE}.html', rb'HTTP/1.1 200')
# Debian 12's kiwix-serve and Debian 13's.
KIWIX = [Way('HTTP', HTTP % f'{at}/q/en/{PAGE}.html', rb'HTTP/1.1 200')
         for at in ('', '/content')]
GOPHER = Way('Gopher', f'/en/{PAGE}.txt\r\n', rb'Economy in 2018')


def page_of(data):
    """The page's bytes before any packing."""
    head, _, body = data.partition(b'\r\n\r\n')
    if not data.startswith(b'HTTP/'):
        return len(data.partition(b'\r\n')[2]) if data[:1].isdigit() \
            else len(data)
    if b'transfer-encoding: chunked' in head.lower():
        whole, rest = b'', body
        while rest:
            size, _, rest = rest.partition(b'\r\n')
            n = int(size, 16)
            whole, rest = whole + rest[:n], rest[n + 2:]
        body = whole
    return len(gzip.decompress(body) if b'gzip' in head else body)


def line(way, port):
    """Seconds until the page is whole at 9,600 bit/s and 700 ms."""
    p = subprocess.Popen([TOOLS + '/linksim', *LINE, f'127.0.0.1:{port}'],
                         stdout=subprocess.PIPE, text=True)
    try:
        at = int(p.stdout.readline().split()[1])
        began = time.monotonic()
        way.fetch(at, port)
        return time.monotonic() - began
    finally:
        p.terminate()
        p.wait()


class Peer:
    """A server by its command, on a port of its own for each protocol."""

    def __init__(self, name, argv, ways, cwd=None):
        self.name, self.ways = name, ways
        self.log = tempfile.TemporaryFile()
        self.p = subprocess.Popen(argv, stdin=subprocess.DEVNULL,
                                  stdout=self.log, stderr=self.log, cwd=cwd)
        atexit.register(self.p.kill)
        for _, port in ways:
            self.up(port)

    def up(self, port):
        for _ in range(1000):
            try:
                socket.create_connection(('127.0.0.1', port), 1).close()
                return
            except OSError:
                time.sleep(0.01)
            if self.p.poll() is not None:
                break
        self.log.seek(0)
        raise SystemExit(f'{self.name} does not start: '
                         f'{self.log.read().decode()[-600:]}')

    def measure(self):
        out = []
        for way, port in self.ways:
            for _ in range(3):              # whatever is done once is done
                _, data = way.fetch(port)
            if way.again and way.session is None:
                raise SystemExit(f'{self.name}: no session to resume')
            wire, first = [], []
            for _ in range(ROUNDS):
                first.append(way.fetch(port)[0])
            for _ in range(3):
                before = Wire.rest()
                way.fetch(port)
                wire.append(Wire.rest() - before)
            out.append((way, page_of(data), statistics.median(wire),
                        statistics.median(first), line(way, port)))
        time.sleep(REST)
        return out, memory(self.p.pid, 'Pss') / 1024

    def end(self):
        self.p.send_signal(signal.SIGTERM)
        try:
            self.p.wait(10)
        except subprocess.TimeoutExpired:
            self.p.kill()
            self.p.wait()


def write(path, text):
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


def apeng(d):
    ports = [free_port() for _ in range(4)]
    argv = [APENG, 'serve', '-p', d + '/k.pub', '--host', 'localhost',
            '--certs', d + '/certs', '--log-to', 'none', '--workers', '1']
    for name, port in zip(('gemini', 'spartan', 'gopher', 'http'), ports):
        argv += ['--' + name, f'127.0.0.1:{port}']
    return Peer('apeng', [*argv, d + '/q.gpub'],
                [(GEMINI, ports[0]), (AGAIN, ports[0]),
                 *zip((SPARTAN, GOPHER, WEB), ports[1:])])


def molly(d):
    port = free_port()
    conf = write(d + '/molly.conf', MOLLY % {'port': port, 'd': d})
    return Peer('molly-brown', ['molly-brown', '-c', conf], [(GEMINI, port)])


def gophernicus(d):
    """One process a request; what waits for it stands in for inetd."""
    port = free_port()
    return Peer('gophernicus', [
        'systemd-socket-activate', '-l', f'127.0.0.1:{port}', '-a', '--inetd',
        'gophernicus', '-r', d + '/all/gopher', '-h', 'localhost', '-p',
        str(port), '-nr'], [(GOPHER, port)])


def pygopherd(d):
    port = free_port()
    with open('/etc/pygopherd/pygopherd.conf', encoding='utf-8') as f:
        text = f.read()
    for key, value in (('port', port), ('root', d + '/all/gopher'),
                       ('usechroot', 'no'), ('servername', 'localhost'),
                       ('pidfile', d + '/pygopherd.pid'),
                       ('interface', '127.0.0.1'), ('logmethod', 'file'),
                       ('setuid', None), ('setgid', None)):
        text = re.sub(rf'(?m)^#? *{key} *=.*$', '' if value is None else
                      f'{key} = {value}', text, count=1)
    return Peer('pygopherd', ['pygopherd', write(d + '/pygopherd.conf', text)],
                [(GOPHER, port)])


def nginx(d):
    port = free_port()
    conf = write(d + '/nginx.conf', NGINX % {'port': port, 'd': d})
    return Peer('nginx', ['nginx', '-c', conf, '-p', d], [(WEB, port)])


def kiwix(d):
    """The ZIM of apeng(1)'s recipe, as kiwix-serve gives a single page of it:
    without the frame around it, which needs JavaScript."""
    port = free_port()
    subprocess.run(['convert', d + '/all/html/cover.png', '-resize', '48x48!',
                    d + '/all/html/icon.png'], check=True)
    subprocess.run(['zimwriterfs', '-w', 'index.html', '-I', 'icon.png', '-l',
                    'eng', '-n', 'q', '-t', 'Qianjiang District', '-d',
                    'A district', '-c', 'Qianjiang', '-p', 'Qianjiang',
                    d + '/all/html', d + '/q.zim'], check=True,
                   capture_output=True)
    peer = Peer('kiwix-serve', ['kiwix-serve', '-i', '127.0.0.1', '-p',
                                str(port), d + '/q.zim'], [(KIWIX[0], port)])
    try:
        KIWIX[0].fetch(port)
    except SystemExit:
        peer.ways = [(KIWIX[1], port)]
    return peer


PEERS = [(apeng, [APENG]), (molly, ['molly-brown']),
         (gophernicus, ['gophernicus', 'systemd-socket-activate']),
         (pygopherd, ['pygopherd']), (nginx, ['nginx']),
         (kiwix, ['kiwix-serve', 'zimwriterfs', 'convert'])]


def main():
    with tempfile.TemporaryDirectory() as d:
        os.chmod(d, 0o755)
        for argv in (['keygen', '-W', '-o', d + '/k'],
                     ['cert', '--host', 'localhost', d + '/certs'],
                     ['build', '-k', d + '/k.key', '-o', d + '/q.gpub',
                      TOP + '/capsule'],
                     ['export', d + '/q.gpub', d + '/all']):
            subprocess.run([APENG, *argv], check=True, capture_output=True)
        print(f'the page en/{PAGE}, one connection each; wire: bytes both ways '
              'with the heads of\nIP and TCP; MB: PSS of all processes at '
              'rest, after the requests')
        print('  %-12s %-8s %10s %10s %12s %14s %7s' % (
            'server', 'protocol', 'page bytes', 'wire bytes', 'ms to first',
            's at 9600 bit/s', 'MB'), flush=True)
        for start, needs in PEERS:
            lacks = [n for n in needs if not shutil.which(n)]
            if lacks:
                print(f'  {start.__name__:<12} {lacks[0]} is not installed')
                continue
            peer = start(d)
            rows, mb = peer.measure()
            for way, page, wire, first, slow in rows:
                print('  %-12s %-8s %10d %10d %12.1f %14.1f %7.1f' % (
                    peer.name, way.name, page, wire, first, slow, mb),
                    flush=True)
            peer.end()


if __name__ == '__main__':
    main()
