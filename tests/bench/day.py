# SPDX-License-Identifier: ISC
"""A day of 100 counties that follow 40 districts of a province over bad lines,
from one origin: bytes, seconds, and what the origin's processors do.

    FOLLOWERS=100 HOURS=24 LINES=50 N=2800 day.py

Each county looks once an hour, as `apeng mirror -d DIR --once'; LINES of them
at a time, each over a line of its own in linksim: 9,600 bit/s, 700 ms round
trips, and on four of five lines connections that are cut after so many bytes or
so many seconds.  The hours follow each other as fast as the looks are over, so that a
day takes minutes; nothing else is shortened.  In three of the hours the
province publishes an edition: 28 districts change in all.  What a county did
not get whole is left to its next look, as in life.
"""
import concurrent.futures
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import time

import catalogue as c

FOLLOWERS = int(os.environ.get('FOLLOWERS', '100'))
HOURS = max(4, int(os.environ.get('HOURS', '24')))  # each edition has its own
LINES = int(os.environ.get('LINES', '50'))
LISTED = int(os.environ.get('N', '2800'))
# Hour of publication, as a share of the day; first district, how many.
EDITIONS = ((0.25, 0, 9), (0.5, 9, 9), (0.75, 18, 10))
# What is wrong with a line, beside being slow; lines take turns.
BAD = ((), ('-c', '3000'), ('-c', '1200'), ('-C', '9000'),
       ('-c', '2000', '-s', '700:1500'))


def line(i, server):
    p = subprocess.Popen([c.BUILD + '/tests/tools/linksim', '-r', '9600',
                          '-l', '700', *BAD[i % len(BAD)],
                          '127.0.0.1:%d' % server.gopher],
                         stdout=subprocess.PIPE, text=True)
    return p, int(p.stdout.readline().split()[1])


def look(i, lines):
    """(seconds, is it up to date, bytes as the follower counts them)"""
    p, port = lines.get()
    try:
        began = time.monotonic()
        r = subprocess.run([c.APENG, 'mirror', '--once', '-p', 'province.pub',
                            '-d', 'county%03d' % i, '--only', 'east',
                            'gopher://127.0.0.1:%d/' % port], cwd=c.TMP,
                           capture_output=True, text=True, timeout=900)
        got = re.search(r'(\d+) bytes received and (\d+) sent', r.stdout)
        return (time.monotonic() - began, r.returncode == 0,
                int(got[1]) + int(got[2]) if got else 0)
    finally:
        lines.put((p, port))


def processes(pid):
    """A process and its children."""
    with open('/proc/%d/task/%d/children' % (pid, pid)) as f:
        return [pid] + [x for k in f.read().split()
                        for x in processes(int(k))]


def cpu(pid):
    """Seconds of the server's processes, ended ones included."""
    ticks = 0
    for p in processes(pid):
        with open('/proc/%d/stat' % p) as f:
            ticks += sum(map(int, f.read().rsplit(')', 1)[1].split()[11:15]))
    return ticks / os.sysconf('SC_CLK_TCK')


def publish(n, first, many):
    """An edition of so many districts, and of the catalogue, in place; CPU
    seconds of the build are not the origin's."""
    c.edit('day.gpub', 100 + n)
    c.districts('day.gpub', c.GROUP, first, many, 2026112101 + n * 100)
    rc, out, err = c.build()
    assert rc == 0, (out, err)
    time.sleep(6)               # the server looks at its files, and proves


def same(i):
    def read(path):
        with open(path, 'rb') as f:
            return f.read()
    d = 'county%03d/' % i
    return read(d + 'catalogue.gpub') == read('province.gpub') and all(
        read(d + x) == read('province/%s/%s' % (c.GROUP, x))
        for x in os.listdir('province/' + c.GROUP) if x.endswith('.gpub'))


def main():
    certs = c.province(LISTED)
    s = c.Server(['-p', 'province.pub', '--certs', certs],
                 ['province.gpub', 'province/' + c.GROUP])
    c.must('mirror', '--once', '-p', 'province.pub', '-d', 'county000',
           '--only', 'east', 'gopher://127.0.0.1:%d/' % s.gopher)
    for i in range(1, FOLLOWERS):
        shutil.copytree('county000', 'county%03d' % i)
    lines, all_lines = queue.Queue(), [line(i, s) for i in range(LINES)]
    for x in all_lines:
        lines.put(x)
    due = {int(at * HOURS): (n, first, many)
           for n, (at, first, many) in enumerate(EDITIONS)}
    began, before = time.monotonic(), cpu(s.p.pid)
    looks, calm, missed, published = [], [], 0, 0
    with concurrent.futures.ThreadPoolExecutor(LINES) as pool:
        for hour in range(HOURS):
            if hour in due:
                spent = cpu(s.p.pid)
                publish(*due[hour])
                published += cpu(s.p.pid) - spent
            got = list(pool.map(lambda i: look(i, lines), range(FOLLOWERS)))
            looks += got
            missed += sum(not x[1] for x in got)
            if hour < min(due):
                calm += got
    took, spent = time.monotonic() - began, cpu(s.p.pid) - before
    up = down = cuts = opened = 0
    for p, _ in all_lines:
        p.send_signal(signal.SIGTERM)
        said = json.loads(p.communicate()[0].strip().split('\n')[-1])
        up, down = up + said['up'], down + said['down']
        cuts, opened = cuts + said['cuts'], opened + said['connections']
    print('%d followers, %d looks each, %d districts changed in %d editions' %
          (FOLLOWERS, HOURS, sum(x[2] for x in EDITIONS), len(EDITIONS)))
    print('bytes on the lines        %9d down, %d up; %d a follower' %
          (down, up, (down + up) // FOLLOWERS))
    print('  a look, nothing new     %9.0f' % (sum(x[2] for x in calm) /
                                               len(calm)))
    print('connections               %9d, %d of them cut' % (opened, cuts))
    print('seconds of lines          %9.0f; a look %.1f, the longest %.1f' %
          (sum(x[0] for x in looks), sum(x[0] for x in looks) / len(looks),
           max(x[0] for x in looks)))
    print('looks that brought not all%9d of %d' % (missed, len(looks)))
    print('at the last edition       %9d of %d followers' %
          (sum(same(i) for i in range(FOLLOWERS)), FOLLOWERS))
    print('CPU of the origin         %9.2f s, %.2f of it for the editions' %
          (spent, published))
    print('(the day took             %9.0f s)' % took, flush=True)
    s.end()


try:
    main()
finally:
    shutil.rmtree(c.TMP, ignore_errors=True)
