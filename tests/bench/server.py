#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Speed, memory and bytes of the server, each beside its yardstick.

Runs in a network namespace of its own (peers bind all addresses).  Rounds are
interleaved and the ratios' medians are printed, because machines wobble;
counts (bytes, system calls) do not.
	server.py [ROUNDS]        APENG and BUILD as tests/run.py sets them
"""
import atexit
import glob
import json
import os
import re
import resource
import shutil
import signal
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = os.environ.get('BUILD', 'build')
APENG = os.environ.get('APENG', BUILD + '/apeng')
TOP = os.environ.get('TOP', os.getcwd())
TOOLS = BUILD + '/tests/tools'
WORKERS = os.environ.get('WORKERS', '1')    # of the server and its yardsticks
REST = 2.5          # seconds; a server at rest gives memory back
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 9
SUITES = 'TLS_AES_128_GCM_SHA256'   # the server's own, for the stricter one


def say(*a):
    print(*a, flush=True)


def row(name, got, goal, ok=None):
    mark = '' if ok is None else ('reached' if ok else 'NOT reached')
    say(f'  {name:<52} {got:>16}  goal {goal:<14} {mark}')


def tree(pid):
    """A process and all its descendants."""
    kids = {}
    for stat in glob.glob('/proc/[0-9]*/stat'):
        try:
            with open(stat, encoding='ascii', errors='replace') as f:
                s = f.read()
        except OSError:
            continue
        kids.setdefault(int(s[s.rindex(')') + 2:].split()[1]), []).append(
            int(s.split()[0]))
    out, todo = [], [pid]
    while todo:
        p = todo.pop()
        out.append(p)
        todo += kids.get(p, [])
    return out


def cpu(pid):
    """Seconds on a CPU, user and system, of the whole tree."""
    ns = 0
    for p in tree(pid):
        for s in glob.glob(f'/proc/{p}/task/*/schedstat'):
            try:
                with open(s, encoding='ascii') as f:
                    ns += int(f.read().split()[0])
            except OSError:
                pass
    return ns / 1e9


def memory(pid, what):
    """Sum over the tree of a line of smaps_rollup, in KiB."""
    kib = 0
    for p in tree(pid):
        try:
            with open(f'/proc/{p}/smaps_rollup', encoding='ascii') as f:
                kib += sum(int(line.split()[1]) for line in f
                           if line.startswith(what + ':'))
        except OSError:
            pass
    return kib


class Server:
    def __init__(self, name, argv, tls, request, port=None, **kw):
        self.name, self.tls, self.request = name, tls, request
        self.began = time.monotonic()
        self.log = tempfile.TemporaryFile()
        self.proc = subprocess.Popen(
            argv, stdout=subprocess.PIPE if port is None else self.log,
            stderr=self.log, stdin=subprocess.DEVNULL, **kw)
        atexit.register(self.proc.kill)     # nothing is left by a failure
        self.port = port
        while self.port is None:
            line = self.proc.stdout.readline().decode()
            if not line:
                self.log.seek(0)
                raise SystemExit(f'{name} does not start: '
                                 f'{self.log.read().decode()[-400:]}')
            scheme = 'gemini' if tls else 'gopher'
            m = re.match(r'ready (?:' + scheme +
                         r'://127\.0\.0\.1:)?(\d+)/?$', line.strip())
            if m:
                self.port = int(m.group(1))
        for _ in range(500):
            try:
                socket.create_connection(('127.0.0.1', self.port), 1).close()
                break
            except OSError:
                time.sleep(0.01)
        self.request = self.request.replace('PORT', str(self.port))

    def load(self, conns, count, expect=0, seconds=120, request=None):
        out = subprocess.run(
            [TOOLS + '/load', 'tls' if self.tls else 'tcp', '127.0.0.1',
             str(self.port), request or self.request, str(expect),
             str(conns), str(count), str(seconds), 'localhost'],
            capture_output=True, text=True)
        got = json.loads(out.stdout)
        if self.tls and got['starts'] != '20':
            raise SystemExit(f'{self.name}: status {got["starts"]}')
        return got

    def cap(self, conns, count):
        before = cpu(self.proc.pid)
        got = self.load(conns, count)
        return count / (cpu(self.proc.pid) - before), got

    def descriptors(self):
        return sum(len(os.listdir(f'/proc/{p}/fd'))
                   for p in tree(self.proc.pid))

    def end(self):
        self.proc.send_signal(signal.SIGTERM)
        try:
            self.proc.wait(10)
        except subprocess.TimeoutExpired:
            self.proc.kill()
            self.proc.wait()


class Bench:
    def __init__(self, tmp):
        self.tmp = tmp
        self.certs = tmp + '/certs'
        self.sh(APENG, 'cert', '--host', 'localhost', '--ip', '127.0.0.1',
                self.certs)
        self.crt, self.key = (self.certs + '/localhost' + x
                              for x in ('.crt', '.key'))
        self.sh('python3', TOP + '/tests/bench/synth.py', tmp + '/capsule',
                '40')
        self.gpub = tmp + '/synth.gpub'
        self.sh(APENG, 'build', '--unsigned', '--no-blobs', '-o', self.gpub,
                tmp + '/capsule')
        self.one = tmp + '/one.gpub'
        self.sh('python3', TOP + '/tests/bench/synth.py', tmp + '/one', '0',
                '1500', '1')
        self.sh(APENG, 'build', '--unsigned', '--no-blobs', '-o', self.one,
                tmp + '/one')
        self.size = {n: len(self.sh(APENG, 'cat', self.gpub, f'en/{n}.gmi'))
                     for n in ('size2k', 'size100k')}
        self.content = tmp + '/content/en'
        os.makedirs(self.content)
        for n in self.size:
            with open(f'{self.content}/{n}.gmi', 'wb') as f:
                f.write(self.sh(APENG, 'cat', self.gpub, f'en/{n}.gmi'))

    @staticmethod
    def sh(*argv):
        return subprocess.run(argv, check=True,
                              stdout=subprocess.PIPE).stdout

    def apeng(self, tls, page, *more, gpub=None, pre=()):
        req = (f'gemini://localhost:PORT/en/{page}.gmi' if tls else page)
        return Server('apeng', [
            *pre, APENG, 'serve', '--unsigned', '--certs', self.certs,
            '--host', 'localhost', '--gemini', '127.0.0.1:0',
            '--gopher', '127.0.0.1:0', '--workers',
            WORKERS, *more, gpub or self.gpub],
            tls, req)

    def limit_tls(self, page, pre=()):
        return Server('limit-tls', [*pre, TOOLS + '/limit_tls', '0',
                                    str(self.size[page]), self.crt, self.key,
                                    WORKERS],
                      True, f'gemini://localhost:PORT/en/{page}.gmi')

    def limit_tcp(self, size, pre=()):
        return Server('limit-tcp', [*pre, TOOLS + '/limit_tcp', '0',
                                    str(size), WORKERS], False, '/x')

    def limit_raw(self, how, size):
        """The stricter yardstick, one process.  how: see limit_raw.c."""
        tls = how != 'tcp'
        return Server('raw-' + how, [
            TOOLS + '/limit_raw', how, '0', str(size),
            *((self.crt, self.key, SUITES) if tls else ())], tls,
            'gemini://localhost:PORT/x' if tls else '/x')

    def molly(self, page):
        if not shutil.which('molly-brown'):
            return None
        conf = self.tmp + '/molly.conf'
        with open(conf, 'w', encoding='ascii') as f:
            f.write(f'Port = 1999\nHostname = "localhost"\n'
                    f'CertPath = "{self.crt}"\nKeyPath = "{self.key}"\n'
                    f'DocBase = "{self.tmp}/content"\n'
                    f'AccessLog = "{self.tmp}/molly.log"\n'
                    f'ErrorLog = "{self.tmp}/molly.err"\n')
        os.chmod(self.tmp, 0o755)
        return Server('molly-brown', ['molly-brown', '-c', conf], True,
                      f'gemini://localhost:PORT/en/{page}.gmi', port=1999)

    def caps(self, servers, conns, counts):
        """name -> list of requests per CPU second, round by round."""
        got = {s.name: [] for s in servers}
        p99 = {s.name: [] for s in servers}
        worst, errors = {}, {}
        for _ in range(ROUNDS):
            for s in servers:
                c, r = s.cap(conns, counts)
                got[s.name].append(c)
                p99[s.name].append(r['p99_ms'])
                worst[s.name] = max(worst.get(s.name, 0), r['worst_ms'])
                errors[s.name] = errors.get(s.name, 0) + r['errors']
        return got, p99, worst, errors


def ratio(got, a, b):
    return statistics.median(x / y for x, y in zip(got[a], got[b]))


def strictest(got, goal):
    """The row against the leanest of the stricter yardsticks."""
    best = max((n for n in got if n.startswith('raw-')),
               key=lambda n: statistics.median(got[n]))
    r = ratio(got, 'apeng', best)
    row(f'  ratio to limit-raw (the stricter one, {best[4:]})', f'{r:.3f}',
        f'>= {goal}', r >= goal)


def speed(b):
    for page, count, goals in (('size2k', 1500, (0.95, 1.0, 0.95)),
                               ('size100k', 800, (0.95, 1.2, 0.93))):
        servers = [b.apeng(True, page), b.limit_tls(page)]
        if WORKERS == '1':
            servers += [b.limit_raw(how, b.size[page])
                        for how in ('socket', 'buffer')]
        m = b.molly(page)
        if m:
            servers.append(m)
        for s in servers:
            s.load(12, 200)
        got, _, _, errors = b.caps(servers, 12, count)
        r = ratio(got, 'apeng', 'limit-tls')
        say(f'Gemini, {b.size[page]} bytes, {WORKERS} processes each, '
            'requests per CPU second: ' +
            ', '.join(f'{n} {statistics.median(v):.0f}'
                      for n, v in got.items()) +
            f'; errors {errors}')
        row('  ratio to limit-tls', f'{r:.3f}', f'>= {goals[0]}',
            r >= goals[0])
        if WORKERS == '1':
            strictest(got, goals[2])
        if m:
            r = ratio(got, 'apeng', 'molly-brown')
            row('  ratio to molly-brown', f'{r:.3f}', f'>= {goals[1]}',
                r >= goals[1])
        for s in servers:
            s.end()


def latency(b):
    servers = [b.apeng(True, 'size2k'), b.limit_tls('size2k')]
    _, p99, worst, errors = b.caps(servers, 50, 1500)
    r = ratio(p99, 'apeng', 'limit-tls')
    say('Gemini, 50 connections: p99 ms ' +
        ', '.join(f'{n} {statistics.median(v):.1f}' for n, v in p99.items()) +
        f'; worst {worst}; errors {errors}')
    row('  p99 ratio to limit-tls', f'{r:.3f}', '<= 1.15', r <= 1.15)
    row('  worst, ms', f'{worst["apeng"]:.0f}', '<= 200',
        worst['apeng'] <= 200)
    got = servers[0].load(1000, 4000)
    row('  1,000 connections: errors', got['errors'], '0',
        got['errors'] == 0)
    row('  2 KB view, TCP payload both ways',
        f'{got["wire_in"] + got["wire_out"]:.0f}', '<= 3245',
        got['wire_in'] + got['wire_out'] <= 3245)
    for s in servers:
        s.end()


def gopher(b):
    for page, count, goal, strict in (('size2k', 8000, 0.80, 0.95),
                                      ('size100k', 3000, 0.90, 0.93)):
        a = b.apeng(False, page)
        sel = 'en/size2k.txt'
        if page == 'size100k':      # texts end at 32,000 bytes: a download
            sel = 'synth.gpub'
            a.end()
            a = b.apeng(False, page, gpub=b.one)
        a.request = sel
        size = a.load(1, 1)['reply']
        servers = [a, b.limit_tcp(size)]
        if WORKERS == '1':
            servers.append(b.limit_raw('tcp', size))
        for s in servers:
            s.load(12, 500)
        got, _, _, errors = b.caps(servers, 12, count)
        r = ratio(got, 'apeng', 'limit-tcp')
        say(f'Gopher, {size} bytes ({sel}), {WORKERS} processes each, '
            'requests per CPU second: ' +
            ', '.join(f'{n} {statistics.median(v):.0f}'
                      for n, v in got.items()) + f'; errors {errors}')
        row('  ratio to limit-tcp', f'{r:.3f}', f'>= {goal}', r >= goal)
        if WORKERS == '1':
            strictest(got, strict)
        for s in servers:
            s.end()


def syscalls(b):
    for tls, goal in ((True, 18), (False, 8)):
        s = b.apeng(tls, 'size2k',)
        if not tls:
            s.request = 'en/size2k.txt'
        s.load(4, 200)
        time.sleep(0.5)
        out = b.tmp + '/strace'
        kids = [p for p in tree(s.proc.pid) if p != s.proc.pid]
        best = None
        for p in kids:
            st = subprocess.Popen(['strace', '-f', '-c', '-o', out, '-p',
                                   str(p)], stderr=subprocess.PIPE)
            st.stderr.readline()        # "attached"
            s.load(4, 500)
            time.sleep(0.5)             # the last ones' ends as well
            st.send_signal(signal.SIGINT)
            st.wait()
            with open(out, encoding='ascii') as f:
                table = f.read()
            # "% time, seconds, usecs/call, calls, [errors,] name"
            n = sum(int(m) for m in re.findall(
                r'^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s(?!.*total$)', table,
                re.M))
            if best is None or n > best:
                best = n
                keep = table
        say(f'System calls per request in the worker, '
            f'{"Gemini" if tls else "Gopher"}:')
        row('  calls', f'{best / 500:.2f}', f'<= {goal}',
            best / 500 <= goal)
        for line in keep.splitlines()[2:9]:
            say('   ', line)
        s.end()


def counted(b, make, tls, count):
    """Instructions of each process, whole run, in the order of their ids."""
    out = tempfile.mkdtemp(dir=b.tmp)
    s = make(['valgrind', '--tool=callgrind', '-q',
              f'--callgrind-out-file={out}/%p'])
    got = s.load(4, count)
    s.end()
    sums = []
    for p in sorted(os.listdir(out), key=int):
        with open(f'{out}/{p}', encoding='utf-8', errors='replace') as f:
            sums.append(max(int(line.split()[1]) for line in f
                            if line.startswith(('totals:', 'summary:'))))
    return sums, got['errors']


def instructions(b):
    """User instructions a request: two runs, so that the start drops out."""
    if not shutil.which('valgrind'):
        say('Instructions per request: no valgrind here')
        return
    conf = b.tmp + '/unlocked.yml'      # who is locked up writes no counts
    with open(conf, 'w', encoding='ascii') as f:
        f.write('sandbox: no\n')
    say('User instructions per request, thousands (callgrind; it lacks some '
        'of the CPU\'s crypto):')
    sums = {}
    for tls, page, yard in ((True, 'size2k', 'limit-tls'),
                            (True, 'size100k', 'limit-tls'),
                            (False, 'size2k', 'limit-tcp')):
        def apeng(pre):
            s = b.apeng(tls, page, '-c', conf, pre=pre)
            if not tls:
                s.request = 'en/size2k.txt'
            return s

        def limit(pre):
            return (b.limit_tls(page, pre) if tls else
                    b.limit_tcp(b.size[page], pre))

        for name, make in (('apeng', apeng), (yard, limit)):
            (few, e1), (many, e2) = (counted(b, make, tls, n)
                                     for n in (50, 250))
            if e1 or e2 or len(few) != len(many):
                raise SystemExit(f'{name}: errors under callgrind')
            each = [(m - f) / 200e3 for f, m in zip(few, many)]
            sums[name] = sum(each)
            say(f'  {"Gemini" if tls else "Gopher"} {page} {name}: '
                f'{sum(each):.1f} (by process ' +
                ', '.join(f'{x:.1f}' for x in each) + ')')
        row(f'  ratio to {yard}', f'{sums["apeng"] / sums[yard]:.3f}',
            'a count')


def hold(port, n):
    """n connections that send nothing."""
    return [socket.create_connection(('127.0.0.1', port)) for _ in range(n)]


def alone(b):
    """Files count less in PSS the more other programs map them: the same
    with copies of the libraries, which nobody else has."""
    lib = b.tmp + '/lib'
    os.mkdir(lib)
    for so in re.findall(r'=> (/\S+)', b.sh('ldd', APENG).decode()):
        shutil.copy(so, lib)
    os.environ['LD_LIBRARY_PATH'] = lib
    for make in (lambda: b.apeng(True, 'size2k'),
                 lambda: b.limit_tls('size2k')):
        s = make()
        s.load(12, 300)
        time.sleep(REST)
        row(f'  with libraries of its own, {s.name}',
            memory(s.proc.pid, 'Pss'), 'a count')
        row('    of that anonymous', memory(s.proc.pid, 'Pss_Anon'),
            'a count')
        s.end()
    del os.environ['LD_LIBRARY_PATH']


def memories(b):
    ctx = ssl.create_default_context()
    ctx.check_hostname = False
    ctx.verify_mode = ssl.CERT_NONE
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    n = min(10000, hard // 2 - 100)
    s = b.apeng(True, 'size2k')
    s.load(12, 300)
    time.sleep(REST)
    idle = memory(s.proc.pid, 'Pss')
    total = os.path.getsize(b.gpub) // 1024
    row('idle PSS of all processes, KiB (package '
        f'{total} KiB)', idle, f'<= {3072 + total}', idle <= 3072 + total)
    s.end()
    alone(b)
    for tls in (True, False):
        silent(b, tls, n)
    s = b.apeng(True, 'size2k')
    s.load(12, 300)
    time.sleep(REST)
    before = memory(s.proc.pid, 'Rss')
    # An idle one is closed after 10 s: all must be there by then.
    idlers = subprocess.Popen(
        [TOOLS + '/hold', '127.0.0.1', str(s.port), str(n), 'localhost'],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    took = idlers.stdout.readline().split()
    there = s.descriptors()
    per = (memory(s.proc.pid, 'Rss') - before) * 1024 / n
    if took[:1] == ['ready'] and there >= n:
        row(f'bytes per idle TLS connection, {n} in {took[1]} s',
            f'{per:.0f}', '<= 18432', per <= 18432)
    else:
        row(f'bytes per idle TLS connection, {n}',
            'this machine is too slow or too busy', '<= 18432', False)
    idlers.stdin.close()
    idlers.wait()
    s.end()
    # The loopback's segments of 64 KB would give a socket room for any page.
    b.sh('ip', 'link', 'set', 'lo', 'mtu', '1500')
    for tls in (True, False):
        slow_readers(b, tls, ctx)
    b.sh('ip', 'link', 'set', 'lo', 'mtu', '65536')


def silent(b, tls, n):
    s = b.apeng(tls, 'size2k', '--limits-half-open', str(n + 100))
    s.request = s.request if tls else 'en/size2k.txt'
    s.load(12, 300)
    time.sleep(REST)
    before, fds = memory(s.proc.pid, 'Rss'), s.descriptors()
    held = hold(s.port, n)
    for _ in range(100):        # the system keeps silent ones back a second
        there = s.descriptors() - fds
        if there >= n:
            break
        time.sleep(0.05)
    per = (memory(s.proc.pid, 'Rss') - before) * 1024 / n
    row(f'bytes per silent connection, {"Gemini" if tls else "Gopher"}, '
        f'{there} there', f'{per:.0f}', '<= 1024',
        per <= 1024 and there >= n)
    for c in held:
        c.close()
    s.end()


def kernel(port):
    """What the system holds for the server's sockets: their number, bytes
    that the readers have not taken, memory in all."""
    out = Bench.sh('ss', '-tnmH', 'state', 'established', 'sport', '=',
                   f':{port}').decode()
    queue = [int(x) for x in re.findall(r'(?m)^\d+\s+(\d+)', out)]
    return len(queue), sum(queue), sum(
        int(r) + int(w) for r, w in re.findall(r'skmem:\(r(\d+).*?,w(\d+)',
                                               out))


def slow_readers(b, tls, ctx):
    """Readers who have stopped in the midst of a page that their sockets
    do not hold, so that the server has to go on with each of them later."""
    n = 1000
    s = b.apeng(tls, 'size100k', gpub=b.gpub if tls else b.one)
    if not tls:
        s.request = 'synth.gpub'
    size = s.load(12, 200)['reply']
    time.sleep(REST)
    before, held = memory(s.proc.pid, 'Rss'), []
    for _ in range(n):
        c = socket.socket()
        c.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        c.connect(('127.0.0.1', s.port))
        if tls:
            c = ctx.wrap_socket(c, server_hostname='localhost')
        c.send(s.request.encode() + b'\r\n')
        held.append(c)
    time.sleep(1)
    per = (memory(s.proc.pid, 'Rss') - before) * 1024 / n
    alive, queued, mem = kernel(s.port)
    name = 'Gemini' if tls else 'Gopher'
    row(f'bytes per slow reader of {size} bytes, {name}, {n}', f'{per:.0f}',
        '<= 24576', per <= 24576)
    row('  of the reply with the kernel, each', f'{queued / n:.0f}',
        f'< {size}', queued / n < size * 0.9 and alive == n)
    row('  memory of the kernel for the socket', f'{mem / n:.0f}', 'a count')
    for c in held[::100]:       # each goes on where it stood
        got = 0
        while data := c.recv(65536):
            got += len(data)
        if got != size:
            raise SystemExit(f'slow reader: {got} bytes, not {size}')
    for c in held:
        c.close()
    s.end()


def start(b):
    took = {'apeng': [], 'limit-tls': []}
    for _ in range(ROUNDS):
        for make in (lambda: b.apeng(True, 'size2k'),
                     lambda: b.limit_tls('size2k')):
            began = time.monotonic()
            s = make()
            s.load(1, 1)
            took[s.name].append(time.monotonic() - began)
            s.end()
    r = ratio(took, 'apeng', 'limit-tls')
    say('Start to first reply, ms: ' +
        ', '.join(f'{n} {statistics.median(v) * 1e3:.1f}'
                  for n, v in took.items()))
    row('  ratio to limit-tls', f'{r:.2f}', '<= 1.5', r <= 1.5)


def main():
    if os.environ.get('BENCH_INSIDE') != '1':
        os.environ['BENCH_INSIDE'] = '1'
        os.execvp('unshare', ['unshare', '-n', 'sh', '-c',
                              'ip link set lo up && exec python3 "$@"',
                              'sh', *sys.argv])
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory() as tmp:
        b = Bench(tmp)
        for part in (speed, latency, gopher, instructions, syscalls,
                     memories, start):
            if os.environ.get('ONLY', part.__name__) == part.__name__:
                part(b)


if __name__ == '__main__':
    main()
