#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Many packages in one server: what they cost.

    N="300 2800" many.py        (usually 300 alone: 2,800 take 4 minutes of CPU
                                to make)

For N real packages in one folder: CPU until the ready lines, without and with
a folder of copies (--state), PSS of all processes beside the size of the files, then CPU of all processes for a changed
package (a burst of CHANGES of them, the looks at the folder included), for
SIGHUP with nothing new, and a second of rest.  At the end 10,000 replacements
(TIMES; two prepared editions of 20 packages take turns, as hard links that are
renamed into place): CPU for each, and what memory and mappings are meanwhile.
KEEP=DIR keeps what was made there for the next run.  Bounded: a minute or two
for 300.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

BUILD = os.environ.get('BUILD', 'build')
APENG = os.environ.get('APENG', BUILD + '/apeng')
TOP = os.environ.get('TOP', os.getcwd())
NUMBERS = [int(n) for n in os.environ.get('N', '300').split()]
CHANGES = int(os.environ.get('CHANGES', 100))
TIMES = int(os.environ.get('TIMES', 10000))
KEEP = os.environ.get('KEEP')
TICK = os.sysconf('SC_CLK_TCK')


def run(*args):
    r = subprocess.run(args, stdout=subprocess.DEVNULL,
                       stderr=subprocess.PIPE, text=True)
    if r.returncode != 0:
        raise SystemExit(' '.join(args) + ': ' + r.stderr)


def wait_for(s, what, seconds=60):
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise SystemExit('waited too long: ' + s.err()[-2000:])
        time.sleep(0.005)


class Server:
    def __init__(self, d, key, certs, *more):
        # a file of its own, appended to: reading it moves no writer's place
        fd, path = tempfile.mkstemp()
        os.close(fd)
        self.errors = open(path, 'a+')
        os.unlink(path)
        self.p = subprocess.Popen(
            [APENG, 'serve', '-p', key, '--certs', certs, '--workers', '2',
             '--log-to', 'none', '--gemini', '127.0.0.1:0', '--gopher',
             '127.0.0.1:0', *more, d], stdout=subprocess.PIPE, stderr=self.errors,
            text=True)
        for _ in range(2):
            if not self.p.stdout.readline().startswith('ready'):
                raise SystemExit(self.err())

    def err(self):
        self.errors.seek(0)
        return self.errors.read()

    def pids(self):
        pid = self.p.pid
        with open(f'/proc/{pid}/task/{pid}/children') as f:
            return [pid] + [int(x) for x in f.read().split()]

    def cpu(self):
        """Seconds of all processes, in parts of a thousandth."""
        total = 0
        for pid in self.pids():
            with open(f'/proc/{pid}/schedstat') as f:
                total += int(f.read().split()[0]) / 1e9
        return total

    def pss(self):
        """KiB: all, and of that memory of no file."""
        both = [0, 0]
        for pid in self.pids():
            with open(f'/proc/{pid}/smaps_rollup') as f:
                text = f.read()
            both[0] += int(re.search(r'\nPss: +(\d+)', text)[1])
            both[1] += int(re.search(r'\nPss_Anon: +(\d+)', text)[1])
        return both

    def maps(self):
        out = []
        for pid in self.pids():
            with open(f'/proc/{pid}/maps') as f:
                out.append(f.read().count('\n'))
        return out

    def changed(self):
        return sum(int(n) for n in re.findall(
            r'(\d+) packages? changed: the workers serve', self.err()))

    def hup(self):
        n = self.err().count('SIGHUP: cert')
        self.p.send_signal(signal.SIGHUP)
        wait_for(self, lambda: self.err().count('SIGHUP: cert') > n)

    def end(self):
        self.p.terminate()
        self.p.wait(60)
        self.errors.close()


def with_state(work, a, key, n):
    """Starts with a folder of copies: none is there, all are there."""
    ready = []
    for _ in range(2):
        s = Server(a, key, work + '/certs', '--state', work + '/state%d' % n)
        ready.append(s.cpu())
        time.sleep(5)
        pss, anon = s.pss()
        s.end()
    print('  with a folder of copies: ready after %.2f s of CPU the first '
          'time, then %.2f s; PSS %.1f MB' % (*ready, pss / 1024))


def put(src, dst):
    """A new edition comes as a name of a file that was there before."""
    if os.path.exists(dst) and os.path.samefile(src, dst):
        return                          # rename() would do nothing
    os.link(src, dst + '.new')
    os.rename(dst + '.new', dst)


def measure(work, n):
    make = BUILD + '/tests/tools/districts'
    key = work + '/k'
    a, b = work + '/a%d' % n, work + '/b%d' % n
    for d, first, count, serial, more in ((a, 0, n, 2026112501, ['blobs']),
                                          (b, 0, CHANGES, 2026112601,
                                           ['blobs'])):
        if os.path.exists(d + '.made'):
            continue
        os.mkdir(d)
        run(make, key + '.key', work + '/base.gpub', d, str(first),
            str(min(n, count)), str(serial), *more)
        open(d + '.made', 'w').close()
    old = work + '/c%d' % n             # the first edition again
    os.makedirs(old, exist_ok=True)
    some = sorted(f for f in os.listdir(b) if f.endswith('.gpub'))
    for f in some:
        if os.path.exists(old + '/' + f):       # of a run before
            put(old + '/' + f, a + '/' + f)
        else:
            shutil.copy(a + '/' + f, old)
        # blobs of both editions, each named by its hash
        shutil.copytree(b + '/' + f + '.store', a + '/' + f + '.store',
                        dirs_exist_ok=True)
    size = sum(os.path.getsize(a + '/' + f) for f in os.listdir(a)
               if f.endswith('.gpub'))
    time.sleep(5)                       # nothing has just changed
    for _ in range(2):                  # the second time with warm files
        s = Server(a, key + '.pub', work + '/certs')
        ready = s.cpu()
        if _ == 0:
            s.end()
    time.sleep(5)
    pss, anon = s.pss()
    print('%d packages, %.1f MB: ready after %.2f s of CPU; PSS %.1f MB, '
          '%.1f KiB each (%.1f of them not of files)' % (
              n, size / 1e6, ready, pss / 1024, pss / n, anon / n))
    with_state(work, a, key + '.pub', n)
    c = s.cpu()
    time.sleep(10)
    print('  at rest %.2f ms of CPU a second' % ((s.cpu() - c) * 100))
    c, t, k = s.cpu(), time.monotonic(), s.changed()
    s.hup()
    print('  SIGHUP, nothing new: %.2f s of CPU, %.2f s' % (
        s.cpu() - c, time.monotonic() - t))
    c = s.cpu()
    for f in some:
        put(b + '/' + f, a + '/' + f)
    wait_for(s, lambda: s.changed() >= k + len(some))
    print('  %d changed at once: %.1f ms of CPU each' % (
        len(some), (s.cpu() - c) * 1000 / len(some)))
    c, k, many = s.cpu(), s.changed(), 5
    for i in range(many):
        put(old + '/' + some[i], a + '/' + some[i])
        wait_for(s, lambda: s.changed() >= k + i + 1)
    print('  one changed alone: %.1f ms of CPU each, two seconds of looking '
          'included' % ((s.cpu() - c) * 1000 / many))
    return s, a, (old, b), some


def churn(s, a, editions, some):
    """TIMES replacements by SIGHUP; memory before, in between and after."""
    def sizes(done):
        pss, anon = s.pss()
        print('  after %d replacements: PSS %.2f MB, own %.2f MB, maps %s' % (
            done, pss / 1024, anon / 1024, s.maps()), flush=True)
    done = first = s.changed()
    stops = [TIMES // 10, TIMES // 2, TIMES]
    r, some, cpu = 0, some[:20], s.cpu()
    sizes(0)
    while stops:
        for f in some:
            put(editions[r % 2] + '/' + f, a + '/' + f)
        s.hup()                 # its line comes after its look
        done = s.changed() - first
        r += 1
        if done >= stops[0]:
            stops.pop(0)
            sizes(done)
    print('  %.2f ms of CPU for each of them' % ((s.cpu() - cpu) * 1000 / done))


def main():
    with tempfile.TemporaryDirectory() as own:
        work = KEEP or own
        if not os.path.exists(work + '/base.gpub'):
            run(APENG, 'keygen', '-W', '-o', work + '/k')
            run(APENG, 'cert', '--host', 'localhost', work + '/certs')
            run(APENG, 'build', '-k', work + '/k.key', '--no-blobs', '-o',
                work + '/base.gpub', TOP + '/capsule')
        for n in NUMBERS:
            s, a, editions, some = measure(work, n)
            churn(s, a, editions, some)
            s.end()


main()
