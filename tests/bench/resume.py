#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""BENCH=resume: which clients resume a TLS session, and what a ticket costs.

A server of its own gives two tickets to each client, as OpenSSL does unless
told otherwise, and counts handshakes, those that were resumed, and bytes.
The clients are those that are installed; each visits three pages in a row.
Then the same clients visit apeng itself.
Lagrange, gemget and Offpunk are not in Debian 12: LAGRANGE, GEMGET and OFFPUNK
say where they are when they were built from source.
"""
import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time

TOP = os.environ.get('TOP', os.getcwd())
BUILD = os.environ.get('BUILD', TOP + '/build')
APENG = os.environ.get('APENG', BUILD + '/apeng')
LAGRANGE = os.environ.get('LAGRANGE', 'lagrange')
GEMGET = os.environ.get('GEMGET', 'gemget')
OFFPUNK = os.environ.get('OFFPUNK', 'offpunk')
PAGE = b'20 text/gemini\r\n# Page\n=> /a A\n=> /b B\n' + b'x' * 1600


class Server:
    def __init__(self, certs, tickets):
        self.ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ctx.load_cert_chain(certs + '/localhost.crt',
                                 certs + '/localhost.key')
        self.ctx.minimum_version = ssl.TLSVersion.TLSv1_2
        self.ctx.num_tickets = tickets
        self.seen = []          # (resumed, bytes both ways, version)
        self.s = socket.create_server(('127.0.0.1', 0))
        self.port = self.s.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                c = self.s.accept()[0]
            except OSError:
                return
            threading.Thread(target=self.one, args=(c,), daemon=True).start()

    def one(self, c):
        c.settimeout(10)
        got, out = ssl.MemoryBIO(), ssl.MemoryBIO()
        t = self.ctx.wrap_bio(got, out, server_side=True)
        n = 0

        def step(f, *a):
            nonlocal n
            while True:
                try:
                    r = f(*a)
                    break
                except ssl.SSLWantReadError:
                    data = out.read()
                    n += len(data)
                    c.sendall(data)
                    data = c.recv(65536)
                    if not data:
                        raise EOFError
                    n += len(data)
                    got.write(data)
            data = out.read()
            n += len(data)
            c.sendall(data)
            return r
        try:
            step(t.do_handshake)
            req = step(t.read, 1100)
            t.write(PAGE)
            try:
                t.unwrap()
            except ssl.SSLError:
                pass
            data = out.read()
            n += len(data)
            c.sendall(data)
            if req:
                self.seen.append((t.session_reused, n - len(PAGE) - len(req),
                                  t.version()))
            c.shutdown(socket.SHUT_WR)
            while c.recv(4096):
                pass
        except (OSError, EOFError):
            pass
        c.close()

    def tell(self, name):
        for _ in range(20):
            if len(self.seen) >= 3:
                break
            time.sleep(0.1)
        if not self.seen:
            print(f'  {name:<34} did not come')
            return
        one = [n for r, n, _ in self.seen if not r]
        two = [n for r, n, _ in self.seen if r]
        mean = (lambda v: f'{sum(v) / len(v):.0f}' if v else '-')
        print(f'  {name:<34} {len(self.seen)} handshakes, {len(two)} resumed; '
              f'overhead full {mean(one)}, resumed {mean(two)} '
              f'({self.seen[-1][2]})', flush=True)


class Relay:
    """apeng serve behind a relay that counts each connection's bytes."""
    def __init__(self, certs, pkg):
        self.s = socket.create_server(('127.0.0.1', 0))
        self.port = self.s.getsockname()[1]
        self.seen = []          # [bytes up, bytes down]
        self.log = tempfile.TemporaryFile('w+')
        self.apeng = subprocess.Popen(
            [APENG, 'serve', '--unsigned', '--certs', certs, '--gemini',
             '127.0.0.1:0', '--gemini-public-port', str(self.port),
             '--gopher', 'off', pkg], stdout=subprocess.PIPE,
            stderr=self.log, text=True)
        self.to = int(self.apeng.stdout.readline().split(':')[2].strip('/\n'))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                c = self.s.accept()[0]
            except OSError:
                return
            n = [0, 0]
            self.seen.append(n)
            d = socket.create_connection(('127.0.0.1', self.to))
            for a, b, k in ((c, d, 0), (d, c, 1)):
                threading.Thread(target=self.copy, args=(a, b, n, k),
                                 daemon=True).start()

    def copy(self, a, b, n, k):
        try:
            while data := a.recv(65536):
                n[k] += len(data)
                b.sendall(data)
            b.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def tell(self, name):
        time.sleep(1)
        self.apeng.send_signal(signal.SIGUSR2)
        time.sleep(1)
        self.apeng.terminate()
        self.apeng.wait()
        self.log.seek(0)
        words = self.log.read().rsplit('counters: ', 1)[1].split()
        got = dict(zip(words[::2], words[1::2]))
        print(f'  {name:<34} {got["handshakes"]} handshakes, '
              f'{got["tickets"]} tickets, {got["resumed"]} resumed; '
              'up+down ' + ' '.join('%d+%d' % tuple(n) for n in self.seen),
              flush=True)


def openssl(srv, tmp, keep):
    """s_client, with and without a session kept in a file."""
    f = tmp + '/session'
    for k in range(3):
        more = [] if not keep else ['-sess_out', f] + \
            (['-sess_in', f] if k else [])
        subprocess.run(['openssl', 's_client', '-quiet', '-connect',
                        f'127.0.0.1:{srv.port}', '-servername', 'localhost',
                        '-tls1_3', *more],
                       input=b'gemini://localhost/\r\n', capture_output=True)


def gnutls(srv):
    """gnutls-cli --resume connects, ends and connects again."""
    p = subprocess.Popen(['gnutls-cli', '--insecure', '--resume',
                          '--waitresumption', '-p', str(srv.port),
                          'localhost'], stdin=subprocess.PIPE,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(2):
        try:
            p.stdin.write(b'gemini://localhost/\r\n')
            p.stdin.flush()
        except OSError:
            break
        time.sleep(2)
    p.kill()
    p.wait()


def terminal(srv, tmp, program, keys):
    """A client in tmux: its first page by the command line, then by keys."""
    home = tempfile.mkdtemp(dir=tmp)
    with open(home + '/.bombadillo.ini', 'w', encoding='ascii') as f:
        f.write('[SETTINGS]\nconfiglocation=%s\nsavelocation=%s\n' %
                (home, home))
    sock = tmp + '/tmux'
    tmux = ['tmux', '-S', sock, '-f', '/dev/null']
    url = f'gemini://localhost:{srv.port}/'
    subprocess.run([*tmux, 'new-session', '-d', '-s', 'x', '-x', '90', '-y',
                    '30', f'HOME={home} XDG_CONFIG_HOME={home} '
                    f'XDG_DATA_HOME={home} XDG_CACHE_HOME={home} '
                    f'TERM=xterm {program} {url}'],
                   check=True)
    time.sleep(4)
    for k in keys:
        subprocess.run([*tmux, 'send-keys', '-t', 'x', *k])
        time.sleep(2)
    subprocess.run([*tmux, 'kill-server'])


def mirror(srv, tmp):
    """Our own mirror: no package comes back, its handshakes count."""
    key = tmp + '/k'
    subprocess.run([APENG, 'keygen', '-W', '-o', key], capture_output=True)
    for _ in range(3):
        subprocess.run([APENG, 'mirror', '--once', '-p', key + '.pub', '-o',
                        tmp + '/m.gpub', f'gemini://localhost:{srv.port}/'],
                       capture_output=True, timeout=60)


def lagrange(srv, tmp):
    """Lagrange without a screen; a second call tells it what to open."""
    run = tempfile.mkdtemp(dir=tmp)     # 0700, as its socket wants
    env = dict(os.environ, HOME=run, XDG_RUNTIME_DIR=run,
               SDL_VIDEODRIVER='dummy')
    call = [LAGRANGE, '-U', run + '/user']
    os.mkdir(run + '/user')             # else it cannot be called there
    url = f'gemini://localhost:{srv.port}/'
    with open(tmp + '/lagrange.log', 'wb') as log:
        p = subprocess.Popen([*call, '--sw', url], env=env, stdout=log,
                             stderr=log)
        time.sleep(5)
        for page in ('a', 'b'):
            subprocess.run([*call, '--replace-tab', url + page], env=env,
                           stdout=log, stderr=log, timeout=20)
            time.sleep(2)
        p.kill()
        p.wait()


def gemget(srv):
    url = f'gemini://localhost:{srv.port}/'
    subprocess.run([GEMGET, '-i', '-o', '-', url, url + 'a', url + 'b'],
                   capture_output=True, timeout=60)


def offpunk(srv, tmp):
    home = tempfile.mkdtemp(dir=tmp)
    url = f'gemini://localhost:{srv.port}/'
    subprocess.run([OFFPUNK], capture_output=True, timeout=60, text=True,
                   input=f'go {url}\ngo {url}a\ngo {url}b\nquit\n',
                   env=dict(os.environ, HOME=home, XDG_CACHE_HOME=home,
                            XDG_DATA_HOME=home, XDG_CONFIG_HOME=home))


def go(srv, tmp, keep):
    """Go's crypto/tls, of which amfora and gemget are made."""
    d = tmp + '/go'
    os.makedirs(d, exist_ok=True)
    with open(d + '/main.go', 'w', encoding='ascii') as f:
        f.write('''package main
import ("crypto/tls"; "io"; "os")
func main() {
	c := &tls.Config{InsecureSkipVerify: true, ServerName: "localhost"}
	if len(os.Args) > 2 { c.ClientSessionCache = tls.NewLRUClientSessionCache(8) }
	for i := 0; i < 3; i++ {
		t, err := tls.Dial("tcp", "127.0.0.1:" + os.Args[1], c)
		if err != nil { panic(err) }
		t.Write([]byte("gemini://localhost/\\r\\n"))
		io.ReadAll(t)
		t.Close()
	}
}
''')
    subprocess.run(['go', 'run', d + '/main.go', str(srv.port),
                    *(['keep'] if keep else [])], check=True,
                   env=dict(os.environ, GOCACHE=tmp + '/gocache',
                            GOFLAGS='-mod=mod'))


def main():
    with tempfile.TemporaryDirectory() as tmp:
        certs = tmp + '/certs'
        subprocess.run([APENG, 'cert', '--host', 'localhost', certs],
                       check=True, stdout=subprocess.DEVNULL)
        todo = [
            ('openssl s_client, no session kept', 'openssl',
             lambda s: openssl(s, tmp, False)),
            ('openssl s_client, session in a file', 'openssl',
             lambda s: openssl(s, tmp, True)),
            ('gnutls-cli --resume', 'gnutls-cli', gnutls),
            ('amfora', 'amfora', lambda s: terminal(
                s, tmp, 'amfora', (['1'], ['b'], ['2']))),
            ('bombadillo', 'bombadillo', lambda s: terminal(
                s, tmp, 'bombadillo', (['1', 'Enter'], ['b'],
                                       ['2', 'Enter']))),
            ('Lagrange', LAGRANGE, lambda s: lagrange(s, tmp)),
            ('gemget', GEMGET, gemget),
            ('Offpunk', OFFPUNK, lambda s: offpunk(s, tmp)),
            ('Go, as amfora and gemget use it', 'go',
             lambda s: go(s, tmp, False)),
            ('Go with a session cache', 'go', lambda s: go(s, tmp, True)),
            ('apeng mirror', APENG, lambda s: mirror(s, tmp))]
        for tickets in (2, 1, 0):
            print(f'Tickets that the server gives: {tickets}', flush=True)
            for name, program, f in todo if tickets == 2 else todo[:2]:
                if not shutil.which(program):
                    print(f'  {name:<34} not installed')
                    continue
                srv = Server(certs, tickets)
                f(srv)
                srv.tell(name)
                srv.s.close()
        pkg = tmp + '/q.gpub'
        subprocess.run([APENG, 'build', '--unsigned', '-o', pkg,
                        TOP + '/capsule'], check=True, capture_output=True)
        print('apeng serve, each client twice in a row', flush=True)
        for name, program, f in todo:
            if shutil.which(program):
                srv = Relay(certs, pkg)
                f(srv)
                f(srv)
                srv.tell(name)
                srv.s.close()


if __name__ == '__main__':
    main()
