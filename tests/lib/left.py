# SPDX-License-Identifier: ISC
"""What a run of apeng that did not end well leaves in a folder.

    state(FOLDER)       all that the next run can find there, as one number:
                        two folders with the same number need one next run
    left_over(FOLDER)   the files there that a finished run removes"""
import os
import re


def _bytes(path):
    with open(path, 'rb') as f:
        return f.read()


def state(folder):
    """Names without the number of the process that made a file, modes,
    bytes."""
    found = []
    for d, folders, files in os.walk(folder):
        folders.sort()
        for f in sorted(files) + folders:
            p = os.path.join(d, f)
            name = re.sub(r'\b(tmp|new)\.\d+$', r'\1.',
                          os.path.relpath(p, folder))
            found.append((name, os.stat(p).st_mode,
                          None if os.path.isdir(p) else _bytes(p)))
    return hash(tuple(found))


def left_over(folder):
    return [os.path.join(d, f) for d, _, files in os.walk(folder)
            for f in files
            if '.tmp.' in f or f == 'job' or f.startswith('part.')]
