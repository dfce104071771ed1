# SPDX-License-Identifier: ISC
"""Packages of large tables, which are mirrored in windows.

    edition(FILES, LINES, SERIAL)   a/d0000.gpub and its store are replaced by
                        an edition of FILES tables of 1 MB each; LINES: table ->
                        its lines, where they are not COMMON
    run(), must()       a command -> its status and output; or its output"""
import os
import re
import subprocess
import zipfile

TMP = os.environ['TMP']
TOOLS = os.environ['BUILD'] + '/tests/tools/'
COMMON = ['%d,%d\n' % (i, i * 7919 % 104729) for i in range(90000)]


def run(*args, **env):
    r = subprocess.run(args, cwd=TMP, stdout=subprocess.PIPE, text=True,
                       stderr=subprocess.STDOUT, timeout=300,
                       env={**os.environ, **env})
    return r.returncode, r.stdout


def must(*args):
    rc, out = run(*args)
    if rc != 0:
        raise SystemExit('not ok %s: %s' % (' '.join(args), out))
    return out


def pages():
    """The pages of a new capsule, as mkpkg wants them."""
    if not os.path.exists(TMP + '/c.gpub'):
        must(os.environ['APENG'], 'new', '-l', 'en', 'c')
        with open(TMP + '/c/capsule.yml', encoding='utf-8') as f:
            text = f.read()
        with open(TMP + '/c/capsule.yml', 'w', encoding='utf-8') as f:
            # which districts replaces by its own
            f.write(re.sub(r'(?m)^id: .*', 'id: qianjiang', text))
        must(os.environ['APENG'], 'build', '--unsigned', '--no-blobs', '-o',
             'c.gpub', 'c')
        with zipfile.ZipFile(TMP + '/c.gpub') as z:
            z.extractall(TMP + '/pages')
    return ['%s@%s' % (os.path.relpath(os.path.join(d, f), TMP + '/pages'),
                       os.path.join(d, f))
            for d, _, files in os.walk(TMP + '/pages') for f in files]


def edition(files, lines, serial):
    args = []
    for i in range(files):
        name = '%s/d%02d.csv' % (TMP, i)
        with open(name, 'w', encoding='ascii') as f:
            f.write('table,%d\n' % i + ''.join(lines.get(i, COMMON)))
        args.append('data/d%02d.csv@%s' % (i, name))
    if os.path.exists(TMP + '/base'):
        os.unlink(TMP + '/base')
    must(TOOLS + 'mkpkg', 'base', '-', '1', *pages(), *args)
    must(TOOLS + 'districts', 'k.key', 'base', 'a', '0', '1', str(serial),
         'blobs')
