#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""A search over many packages: our filters beside SQLite's FTS5.

    N=2800 find.py

Both are given the same made-up lines (tests/tools/findcost).  FTS5 gets them
as tokens: words of Latin letters, and of Chinese each pair of characters, which
is what a bigram tokenizer of its own would make; in memory, with prefix queries,
a row a line, or a row a package, which cannot tell where in it the words are.  What is told: CPU to build the index, its size, CPU of a query
for the first 20 places, CPU to take one package out and put it in again.
"""
import os
import re
import sqlite3
import subprocess
import time

BUILD = os.environ.get('BUILD', 'build')
N = os.environ.get('N', '2800')
TOOL = BUILD + '/tests/tools/findcost'


def tokens(line):
    out = []
    for w in re.findall(r'[a-z0-9]+|[^\x00-\x7f]+', line.lower()):
        if w[0] < '\x80':
            out.append(w)
        else:
            out += [w[i:i + 2] for i in range(max(1, len(w) - 1))]
    return ' '.join(out)


def phrase(words):
    return ' AND '.join('"%s"%s' % (tokens(w), '*' if w[0] < '\x80' else '')
                        for w in words.split())


def cpu(call):
    t = time.process_time()
    got = call()
    return (time.process_time() - t) * 1000, got


def fts(rows, detail):
    db = sqlite3.connect(':memory:')
    db.execute("create virtual table t using fts5(place unindexed, text, "
               f"content='', detail={detail}, tokenize='unicode61')")
    ms, _ = cpu(lambda: db.executemany(
        'insert into t(rowid, place, text) values (?, ?, ?)', rows))
    db.commit()
    size = db.execute('select sum(length(block)) from t_data').fetchone()[0]
    print('  FTS5 detail=%s: %.0f ms of CPU to build, index %.1f MB' % (
        detail, ms, size / 1e6))
    return db


def main():
    print(subprocess.run([TOOL, N], capture_output=True, text=True,
                         check=True).stdout, end='')
    lines = subprocess.run([TOOL, N, 'lines'], capture_output=True,
                           text=True, check=True).stdout.splitlines()
    pairs = [x.split('\t', 1) for x in lines]
    print('%d lines, %.1f MB' % (len(pairs), sum(
        len(t.encode()) for _, t in pairs) / 1e6))
    rows = [(i, p, tokens(t)) for i, (p, t) in enumerate(pairs)]
    whole = {}
    for i, p, t in rows:
        whole.setdefault(p, []).append(t)
    whole = [(int(p), p, ' '.join(t)) for p, t in whole.items()]
    for what, detail in (('line', 'full'), ('line', 'none'),
                         ('package', 'full'), ('package', 'none')):
        print('  a row a %s:' % what)
        place = [int(p) for p, _ in pairs] if what == 'line' else \
            list(range(int(N)))
        db = fts(rows if what == 'line' else whole, detail)
        some = [t for p, t in pairs if p == str(int(N) // 2) and
                t.startswith('* ')][0]
        zh = some[some.index('(') + 1:-1]
        en = some[2:some.index(' (')]
        for words in (zh[:2], zh, en.split()[0], en, 'baba', 'district 27'):
            if detail == 'none' and (len(tokens(words.split()[0]).split()) > 1):
                continue                # no phrases
            ms, got = cpu(lambda: {place[r[0]] for r in db.execute(
                'select rowid from t where t match ?', (phrase(words),))})
            print('    %-28s %5.1f ms of CPU, %d places' % (
                words, ms, len(got)))
        if detail == 'full':
            one = [r for r in (rows if what == 'line' else whole)
                   if r[1] == str(int(N) // 2)]

            def again():
                db.executemany(
                    "insert into t(t, rowid, place, text) values "
                    "('delete', ?, ?, ?)", one)
                db.executemany('insert into t(rowid, place, text) values '
                               '(?, ?, ?)', one)
                db.commit()
            ms = min(cpu(again)[0] for _ in range(5))
            print('    one package replaced: %.1f ms of CPU' % ms)


main()
