#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Seconds until the first of a long reply can be read, by the size of TLS
records: apeng beside limit-tls, which sends 16 KB ones, over linksim.
Both at once, each on a line of its own; about half a minute.
"""
import os
import shutil
import sys
import tempfile

TOP = os.environ.setdefault('TOP', os.getcwd())
BUILD = os.environ.setdefault('BUILD', TOP + '/build')
os.environ.setdefault('APENG', BUILD + '/apeng')
TMP = os.environ['TMP'] = tempfile.mkdtemp(prefix='apeng-bench.')
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(TOP, 'tests', 'net'))
from records import FAR, Server, limit_tls, linksim, read, threads   # noqa: E402

LINES = (('2,400 bit/s, 200 ms', 2400, 200), ('9,600 bit/s, 700 ms', 9600,
                                              700),
         ('1 Mbit/s, 50 ms', 1000000, 50))
SIZE = 24000                # of the reply that is let through

srv = Server(*FAR)
y = limit_tls(os.path.getsize(srv.pkg))
got = {}


def one(k):
    name, rate, rtt = LINES[k // 2]
    cut = SIZE if rate > 2400 else 20000
    line = linksim((srv.gemini_port, y.port)[k % 2], '-r', str(rate), '-l',
                   str(rtt), '-c', str(cut))
    got[k] = read(line.port, srv.url('/qianjiang.gpub'), 200,
                  far=k % 2 == 0)
    line.end()


try:
    threads(2 * len(LINES), one)
    for i, (name, _, _) in enumerate(LINES):
        a, b = got[2 * i], got[2 * i + 1]
        print(f'  {name:<22} first byte to read after {a.first:6.2f} s, '
              f'limit-tls {b.first:6.2f} s; largest record '
              f'{max(a.records):5d}; {len(a.plain)} of {len(a.raw)} bytes '
              f'readable when cut, limit-tls {len(b.plain)}', flush=True)
finally:
    y.end()
    srv.stop()
    shutil.rmtree(TMP)
