#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""A DOS machine on a serial line: DOSBox, whose COM1 is a cable to our Gopher
port, and a program of 150 bytes for an 8086 that sends a selector and prints
what comes.  DOSBox of Debian has no network card to put a packet driver on;
a serial line is what such machines had.
"""
import os
import time

from desk import Desk, TMP, check, done, gopher, have, subprocess
from on_kristall import OUT, X

CONFIG = """[sdl]
output=surface
[cpu]
cycles=3000
[serial]
serial1=nullmodem server:127.0.0.1 port:%d transparent:1 usedtr:1
[autoexec]
mount c %s
c:
%s
"""


class Code:
    """Bytes with labels; `0f` of a jump or call is put in at the end."""

    def __init__(self):
        self.bytes, self.labels, self.jumps = bytearray(), {}, []

    def put(self, code, to=None):
        self.bytes += bytes.fromhex(code)
        if to is not None:
            width = 2 if code == "E8" else 1
            self.jumps.append((len(self.bytes), to, width))
            self.bytes += bytes(width)

    def label(self, name):
        self.labels[name] = len(self.bytes)

    def done(self):
        for at, to, width in self.jumps:
            far = self.labels[to] - (at + width)
            self.bytes[at:at + width] = far.to_bytes(width, "little",
                                                     signed=True)
        return bytes(self.bytes)


def get_com(baud):
    """GET.COM SELECTOR: COM1 at 3F8h, by polling; 5 s of silence end it."""
    c = Code()
    c.put("BAFB03 B080 EE")		# LCR: the divisor, please
    c.put("BAF803 B0%02X EE" % (115200 // baud))
    c.put("42 30C0 EE")
    c.put("BAFB03 B003 EE")		# LCR: 8 bits, no parity, 1 stop
    c.put("42 30C0 EE")			# MCR: hang up
    c.put("E8", "pause")
    c.put("BAFC03 B003 EE")		# MCR: DTR, RTS: the cable connects
    c.put("E8", "pause")
    c.put("BE8200 8A0E8000 30ED")	# SI, CX: what stands behind GET
    c.put("E3", "crlf")
    c.put("49")				# without the blank
    c.put("E3", "crlf")
    c.label("send")
    c.put("AC")				# LODSB
    c.put("E8", "put")
    c.put("E2", "send")			# LOOP
    c.label("crlf")
    c.put("B00D")
    c.put("E8", "put")
    c.put("B00A")
    c.put("E8", "put")
    c.label("again")
    c.put("B400 CD1A 89D3 83C35B")	# BX = the BIOS's clock + 91 ticks
    c.label("receive")
    c.put("BAFD03 EC A801")		# LSR: anything there?
    c.put("75", "got")
    c.put("B400 CD1A 39DA")		# not later than BX: look again
    c.put("72", "receive")
    c.put("BAFC03 30C0 EE B8004C CD21")	# hang up; to DOS
    c.label("got")
    c.put("BAF803 EC 88C2 B402 CD21")	# print it
    c.put("EB", "again")
    c.label("put")
    c.put("88C4 BAFD03")		# AH = the byte
    c.label("busy")
    c.put("EC A820")			# LSR: room for one?
    c.put("74", "busy")
    c.put("BAF803 88E0 EE C3")
    c.label("pause")
    c.put("B400 CD1A 89D3 83C312")	# 18 ticks: a second
    c.label("tick")
    c.put("B400 CD1A 39DA")
    c.put("72", "tick")
    c.put("C3")
    return c.done()


def dosbox(desk, name, commands, baud, env):
    """Run commands on drive C of a new machine; its folder, the process."""
    drive = os.path.join(TMP, name)
    os.mkdir(drive)
    with open(drive + "/GET.COM", "wb") as f:
        f.write(get_com(baud))
    with open(drive + ".conf", "w") as f:
        f.write(CONFIG % (desk.server.gopher, drive, commands))
    log = open(drive + ".log", "w")
    return drive, subprocess.Popen(
        ["dosbox", "-conf", drive + ".conf"], stdout=log, stderr=log,
        stdin=subprocess.DEVNULL, env={**os.environ, "HOME": TMP,
                                       "SDL_AUDIODRIVER": "dummy", **env})


def fetch(desk, name, selector, baud):
    drive, p = dosbox(desk, name, "get %s > OUT.TXT\nexit" % selector, baud,
                      {"SDL_VIDEODRIVER": "dummy"})
    try:
        p.wait(120)
    finally:
        p.kill()
        p.wait()
    with open(drive + "/OUT.TXT", "rb") as f:
        got = f.read()
    want = gopher(desk.server, selector.encode() + b"\r\n")
    check("DOS at %d bit/s: %s, %d bytes" % (baud, selector or "the root",
          len(want)), got == want, got[:200])


def picture(desk):
    """The screen of the machine, in text mode."""
    x = X(640, 400)
    p = None
    try:
        _, p = dosbox(desk, "screen", "cls\nget /ascii/economy.txt > A.TXT\n"
                      "cls\ntype A.TXT\npause", 9600,
                      {"DISPLAY": x.display, "SDL_VIDEODRIVER": "x11"})
        path = os.path.join(OUT, "dos.png")
        text = os.path.join(TMP, "screen/A.TXT")
        want = gopher(desk.server, b"/ascii/economy.txt\r\n")
        end, last = time.monotonic() + 120, None
        while time.monotonic() < end:
            size = os.path.getsize(text) if os.path.exists(text) else 0
            x.run("import", "-window", "root", path)
            with open(path, "rb") as f:
                seen = f.read()
            if size >= len(want) and seen == last and len(seen) > 2000:
                break
            last = seen
            time.sleep(1)
        check("DOS: picture dos.png", os.path.getsize(path) > 2000)
    finally:
        if p is not None:
            p.kill()
            p.wait()
        x.end()


def main():
    desk = Desk()
    os.makedirs(OUT, exist_ok=True)
    if all([have(p) for p in ("dosbox", "Xvfb", "import")]):
        fetch(desk, "root", "", 2400)
        fetch(desk, "ascii", "/ascii", 2400)
        fetch(desk, "narrow", "/40/economy.txt", 9600)
        fetch(desk, "gb", "/gb/glance.txt", 9600)
        picture(desk)
    desk.end()
    done("on_dos")


if __name__ == "__main__":
    main()
