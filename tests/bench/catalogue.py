#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""What it costs to follow a province: N packages, each with a key of its own,
in one catalogue; bytes of TCP payload in both directions and seconds over 9,600
bit/s and 700 ms round trips; and the memory of a follower between two looks.

    N=2800 catalogue.py         (40 of them are followed, as a group; of all of
                                them the catalogue's list and pages are made)

Bytes are exact; seconds only on a machine that is at rest.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TOP = os.environ.get('TOP', os.getcwd())
BUILD = os.environ.get('BUILD', TOP + '/build')
os.environ.update(TOP=TOP, APENG=os.environ.get('APENG', BUILD + '/apeng'),
                  TMP=tempfile.mkdtemp(prefix='apeng-catalogue.'))
os.environ.pop('SOURCE_DATE_EPOCH', None)
sys.path[:0] = [TOP + '/tests/catalog', TOP + '/tests/serve']
from province import APENG, TMP, build, catalogue, key, must    # noqa: E402
from served import Server, certificates                         # noqa: E402

N = int(os.environ.get('N', '2800'))
FOLLOWED, FEW = 40, 28
GROUP, REST = 'members/east', 'members/west'
DISTRICTS = BUILD + '/tests/tools/districts'


def districts(base, folder, first, n, serial, blobs='blobs'):
    subprocess.run([DISTRICTS, 'k.key', base, 'province/' + folder,
                    str(first), str(n), str(serial), blobs, 'own'],
                   cwd=TMP, check=True)


def edit(out, value):
    """The starter capsule with another figure."""
    for d, _, files in os.walk(TMP + '/starter'):
        for f in files:
            if f.endswith('.yml'):
                p = os.path.join(d, f)
                with open(p, encoding='utf-8') as x:
                    text = x.read()
                new = re.sub(r'(?m)^(\s+value: )\d+$', r'\g<1>%d' % value,
                             text, count=1)
                with open(p, 'w', encoding='utf-8') as x:
                    x.write(new)
    must('build', '-k', 'k.key', '--no-blobs', '-o', out, 'starter')


def follow(server, dir, *more):
    """(bytes, seconds, what it said) of one job over the line."""
    line = subprocess.Popen([BUILD + '/tests/tools/linksim', '-r', '9600',
                             '-l', '700', '127.0.0.1:%d' % server.gopher],
                            stdout=subprocess.PIPE, text=True)
    port = line.stdout.readline().split()[1]
    r = subprocess.run(['/usr/bin/env', 'time', '-f', '%e', APENG, 'mirror',
                        '--once', '-p', 'province.pub', '-d', dir, *more,
                        'gopher://127.0.0.1:%s/' % port], cwd=TMP,
                       capture_output=True, text=True, timeout=3600)
    line.send_signal(signal.SIGTERM)
    said = json.loads(line.communicate()[0].strip().split('\n')[-1])
    total = sum(v for k, v in said.items() if k in
                ('up', 'down', 'to_server', 'to_client'))
    got = re.search(r'(\d+) bytes received and (\d+) sent', r.stdout)
    return (total or int(got[1]) + int(got[2]) if got else 0,
            float(r.stderr.strip().split('\n')[-1]), r.stdout + r.stderr)


def idle(server, dir, *more):
    """Pss in kB of a follower that waits for its next look, which is the only
    process of this program then."""
    p = subprocess.Popen([APENG, 'mirror', '--every', '1h', '-p',
                          'province.pub', '-d', dir, *more,
                          'gopher://127.0.0.1:%d/' % server.gopher], cwd=TMP,
                         stdout=subprocess.PIPE, text=True)
    said = p.stdout.readline()      # the first look is over
    server.end()
    time.sleep(1)
    with open('/proc/%d/smaps_rollup' % p.pid, encoding='ascii') as f:
        pss = int(re.search(r'(?m)^Pss: +(\d+) kB', f.read())[1])
    p.terminate()
    p.wait()
    assert ' 0 behind' in said, said
    return pss


def row(what, got, goal):
    print('%-44s %8d bytes %7.1f s   goal %s' % (what, got[0], got[1], goal),
          flush=True)
    if ' behind' in got[2] and ' 0 behind' not in got[2]:
        print(got[2])


def province(n):
    """A catalogue of n packages, FOLLOWED of them in the group east; the
    folder of certificates to serve it with."""
    os.chdir(TMP)
    key('k')
    must('new', '-l', 'en,zh', 'starter')
    with open('starter/capsule.yml', encoding='utf-8') as f:
        text = f.read()
    with open('starter/capsule.yml', 'w', encoding='utf-8') as f:
        f.write(re.sub(r'(?m)^hosts:.*', 'hosts: [qianjiang.example]',
                       text.replace('id: district', 'id: qianjiang', 1)))
    edit('one.gpub', 11)
    catalogue(pages=os.environ.get('PAGES') == '1')
    for f in (GROUP, REST):
        os.makedirs('province/' + f)
    districts('one.gpub', GROUP, 0, FOLLOWED, 2026112001)
    districts('one.gpub', REST, FOLLOWED, n - FOLLOWED, 2026112001, '-')
    rc, out, err = build()
    assert rc == 0, (out, err)
    return certificates('localhost')


def main():
    certs = province(N)

    def serve():
        return Server(['-p', 'province.pub', '--certs', certs],
                      ['province.gpub', 'province/' + GROUP])

    s = serve()
    ONLY = ('--only', 'east')
    row('first catalogue of %d alone' % N, follow(s, 'list', '--only',
                                                  'nobody'),
        '%d' % (45000 + 33 * N))
    row('and %d members' % FOLLOWED, follow(s, 'east', *ONLY), '-')
    for d in ('one', 'few', 'all'):
        shutil.copytree('east', d)
    row('nothing new', follow(s, 'east', *ONLY), '120, 1.6 s')
    edit('two.gpub', 12)
    for what, d, n, serial, goal in (
            ('1 changed', 'one', 1, 2026112101, '800'),
            ('%d changed' % FEW, 'few', FEW, 2026112201, '12000, 15 s'),
            ('%d followed, all changed' % FOLLOWED, 'all', FOLLOWED,
             2026112301, '19000, 18 s')):
        s.end()
        shutil.rmtree('province/' + GROUP)
        shutil.copytree('first' if os.path.exists('first') else 'east',
                        'province/' + GROUP)
        for x in os.listdir('province/' + GROUP):
            if x.startswith('catalogue'):
                x = 'province/%s/%s' % (GROUP, x)
                shutil.rmtree(x) if os.path.isdir(x) else os.unlink(x)
        districts('two.gpub', GROUP, 0, n, serial)
        if os.path.exists('first.gpub'):
            shutil.copy('first.gpub', 'province.gpub')
            shutil.rmtree('province.gpub.store')
            shutil.copytree('first.store', 'province.gpub.store')
        else:
            shutil.copy('province.gpub', 'first.gpub')
            shutil.copytree('province.gpub.store', 'first.store')
            shutil.copytree('east', 'first')
        for i in range(FOLLOWED):       # keys beside those not made anew
            p = 'province/%s/d%04d' % (GROUP, i)
            if not os.path.exists(p + '.pub'):
                subprocess.run([DISTRICTS, 'k.key', 'one.gpub', TMP, str(i),
                                '1', '1', '-', 'own'], check=True)
                shutil.move('%s/d%04d.pub' % (TMP, i), p + '.pub')
                os.unlink('%s/d%04d.gpub' % (TMP, i))
        rc, out, err = build()
        assert rc == 0, (out, err)
        s = serve()
        row(what, follow(s, d, *ONLY), goal)
    print('%-44s %8d kB                goal 4096' % (
        'idle, following %d of %d' % (FOLLOWED, N), idle(s, 'all', *ONLY)))


if __name__ == '__main__':
    try:
        main()
    finally:
        shutil.rmtree(TMP, ignore_errors=True)
