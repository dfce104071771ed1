#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""The package as stock archivers open it: every name, every byte."""
import os
import zipfile

from desk import Desk, TMP, check, done, have, subprocess

# To unpack into a folder, to list names one a line.
TOOLS = {
    "unzip": (["unzip", "-q", "{file}", "-d", "{to}"],
              ["unzip", "-Z1", "{file}"]),
    "bsdtar": (["bsdtar", "-xf", "{file}", "-C", "{to}"],
               ["bsdtar", "-tf", "{file}"]),
    "7z": (["7z", "x", "-bd", "-y", "-o{to}", "{file}"],
           ["7z", "l", "-ba", "-slt", "{file}"]),
}


def tree(folder):
    found = {}
    for d, _, names in os.walk(folder):
        for n in names:
            path = os.path.join(d, n)
            with open(path, "rb") as f:
                found[os.path.relpath(path, folder)] = f.read()
    return found


def main():
    desk = Desk()
    with zipfile.ZipFile(desk.gpub) as z:
        check("python: no entry is damaged", z.testzip() is None)
        want = {n: z.read(n) for n in z.namelist()}
        check("python: metadata.txt comes first, all is stored",
              z.namelist()[0] == "metadata.txt" and
              {i.compress_type for i in z.infolist()} == {0})
        check("python: the comment is the head",
              z.comment.startswith(b"apeng-head 1\nid qianjiang\n"))
    for tool, (unpack, names) in TOOLS.items():
        if not have(tool):
            continue
        to = os.path.join(TMP, "by-" + tool)
        os.mkdir(to)

        def call(command):
            r = subprocess.run([a.format(file=desk.gpub, to=to)
                                for a in command], capture_output=True,
                               text=True, stdin=subprocess.DEVNULL)
            check("%s: %s" % (tool, command[1]), r.returncode == 0,
                  r.stdout + r.stderr)
            return r.stdout

        call(unpack)
        check(tool + ": every file, byte for byte", tree(to) == want)
        out = call(names)
        if tool == "7z":
            out = "".join(s[7:] + "\n" for s in out.splitlines()
                          if s.startswith("Path = "))
        check(tool + ": the names, in order", out.split() == list(want), out)
    check("it begins with a local header, as Lagrange wants",
          open(desk.gpub, "rb").read(4) == b"PK\3\4")
    desk.end()
    done("on_package")


if __name__ == "__main__":
    main()
