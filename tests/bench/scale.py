#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Time and memory against the number of pages.

For synthetic capsules: CPU (user and system) of `apeng build --unsigned
--no-blobs' and `apeng check' beside what libyaml alone needs to scan the
same files (tests/tools/yamlscan), the same by the clock, and their peak
memory; blobs timed apart;
then the start of `apeng serve' on the largest package beside limit-tls and
passes of SHA-256 over it, and searches in it.
	scale.py [ROUNDS]   PAGES="100 1000" for other sizes
"""
import os
import resource
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
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 3
PAGES = [int(n) for n in
         os.environ.get('PAGES', '100 1000 10000 20000').split()]
WIDTH = 40
median = statistics.median


def say(*a):
    print(*a, flush=True)


def run(*args):
    """CPU seconds, peak KiB, wall seconds."""
    began = time.monotonic()
    p = subprocess.Popen(args, stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    peak = status = 0
    # ru_maxrss would count the moment before exec, too.
    while (done := os.wait4(p.pid, os.WNOHANG))[0] == 0:
        try:
            with open(f'/proc/{p.pid}/status', encoding='ascii') as f:
                peak = max([peak] + [int(s.split()[1]) for s in f
                                     if s.startswith('VmHWM')])
        except (OSError, ValueError):
            pass
        time.sleep(0.005)
    _, status, use = done
    p.returncode = status
    if status != 0:
        raise SystemExit(f'{" ".join(args)}: status {status}')
    return (use.ru_utime + use.ru_stime, peak, time.monotonic() - began)


def plot(title, unit, rows):
    """rows: (pages, value)."""
    top = max(v for _, v in rows)
    say(f'\n  {title}')
    for n, v in rows:
        say(f'  {n:>7} |{"#" * max(1, round(v / top * WIDTH)):<{WIDTH}} '
            f'{v:.3g} {unit}' + ('' if unit == 'x' else
            f', {v / n * 1000:.3g} for 1,000 pages'))


def sizes(tmp):
    got = {}
    for n in PAGES:
        cap, pkg = f'{tmp}/c{n}', f'{tmp}/c{n}.gpub'
        subprocess.run([sys.executable, TOP + '/tests/bench/synth.py', cap,
                        str(n)], check=True)
        rounds = []
        for _ in range(ROUNDS):
            if os.path.exists(pkg):
                os.unlink(pkg)
            rounds.append((run(TOOLS + '/yamlscan', cap),
                           run(APENG, 'build', '--unsigned', '--no-blobs',
                               '-o', pkg, cap),
                           run(APENG, 'check', cap)))
        key = f'{tmp}/k{n}'
        run(APENG, 'keygen', '-W', '-o', key)
        bare = run(APENG, 'build', '-k', key + '.key', '--no-blobs', '-o',
                   f'{tmp}/bare.gpub', cap)
        full = run(APENG, 'build', '-k', key + '.key', '-o',
                   f'{tmp}/full.gpub', cap)
        subprocess.run(['rm', '-rf', f'{tmp}/bare.gpub', f'{tmp}/full.gpub',
                        f'{tmp}/full.gpub.store'], check=True)
        got[n] = {
            'scan': median(r[0][0] for r in rounds),
            'build': median(r[1][0] for r in rounds),
            'ratio': median(r[1][0] / r[0][0] for r in rounds),
            'wall': median(r[1][2] / r[0][2] for r in rounds),
            'check': median(r[2][0] / r[0][0] for r in rounds),
            'hwm': max(r[1][1] for r in rounds) / 1024,
            'blobs': full[0] - bare[0], 'bytes': os.path.getsize(pkg)}
        g = got[n]
        say(f'  {n} pages, {g["bytes"] / 1e6:.1f} MB: yamlscan '
            f'{g["scan"]:.2f} s, build {g["build"]:.2f} s = '
            f'CPU, {g["ratio"]:.1f} x; by the clock {g["wall"]:.1f} x '
            f'(goal 3 x) on {len(os.sched_getaffinity(0))} processors; '
            f'check {g["check"]:.1f} x CPU; '
            f'blobs {g["blobs"]:.2f} s more')
    plot('CPU of apeng build --unsigned --no-blobs', 's',
         [(n, g['build']) for n, g in got.items()])
    plot('the same, times yamlscan', 'x',
         [(n, g['ratio']) for n, g in got.items()])
    plot('peak memory', 'MB', [(n, g['hwm']) for n, g in got.items()])
    return f'{tmp}/c{PAGES[-1]}.gpub'


def port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def ask(at, request):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with socket.create_connection(('127.0.0.1', at)) as raw:
        with context.wrap_socket(raw, server_hostname='localhost') as s:
            s.sendall(request)
            out = b''
            try:
                while data := s.recv(65536):
                    out += data
            except (ssl.SSLError, ConnectionError):
                pass
            return out


def first_reply(args, at, request):
    """Seconds from exec to the whole first reply; the process runs on."""
    began = time.monotonic()
    p = subprocess.Popen(args, stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    while True:
        try:
            got = ask(at, request)
            if got:
                return time.monotonic() - began, p, got
        except OSError:
            pass
        if p.poll() is not None:
            raise SystemExit(f'{args[0]}: does not start')
        time.sleep(0.001)


def end(p):
    p.send_signal(signal.SIGTERM)
    p.wait()


def serve(tmp, pkg):
    certs = tmp + '/certs'
    run(APENG, 'cert', '--host', 'localhost', certs)
    run('sha256sum', pkg)
    took = {'serve': [], 'limit': [], 'sha': []}
    for _ in range(max(3, ROUNDS)):
        at = port()
        t, p, _ = first_reply(
            [TOOLS + '/limit_tls', str(at), '2048',
             certs + '/localhost.crt', certs + '/localhost.key'], at,
            b'gemini://localhost/\r\n')
        took['limit'].append(t)
        end(p)
        took['sha'].append(run('openssl', 'dgst', '-sha256', pkg)[2])
        at, gopher = port(), port()
        t, p, got = first_reply(
            [APENG, 'serve', '--unsigned', '--host', 'localhost', '--gemini',
             f'127.0.0.1:{at}', '--gopher', f'127.0.0.1:{gopher}', '--certs',
             certs, pkg], at, f'gemini://localhost:{at}/en/\r\n'.encode())
        took['serve'].append(t)
        if not got.startswith(b'20'):
            raise SystemExit(f'serve: {got[:80]}')
        for name, q in ('common', 'page'), ('rare', 'zzzz'):
            began = time.monotonic()
            with socket.create_connection(('127.0.0.1', gopher)) as s:
                s.sendall(f'/en/search\t{q}\r\n'.encode())
                while s.recv(65536):
                    pass
            took.setdefault(name, []).append(time.monotonic() - began)
        end(p)
    ms = {k: median(v) * 1e3 for k, v in took.items()}
    goal = 3 * ms['limit'] + 2 * ms['sha']
    say(f'\n  start to first reply: {ms["serve"]:.0f} ms; limit-tls '
        f'{ms["limit"]:.0f} ms, one pass of SHA-256 {ms["sha"]:.0f} ms: '
        f'goal {goal:.0f} ms '
        f'{"reached" if ms["serve"] <= goal else "NOT reached"}')
    say(f'  type 7 in /en: a word of every page {ms["common"]:.0f} ms, of '
        f'none {ms["rare"]:.0f} ms')
    for q in 'page', 'zzzz', 'river market':
        p = subprocess.run([APENG, 'search', pkg, q], capture_output=True)
        u = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = u.ru_utime + u.ru_stime
        p = subprocess.run([APENG, 'search', pkg, q], capture_output=True)
        u = resource.getrusage(resource.RUSAGE_CHILDREN)
        say(f'  apeng search {q!r}: {u.ru_utime + u.ru_stime - began:.2f} s '
            f'CPU, {p.stdout.count(b".gmi: ")} hits')


def main():
    with tempfile.TemporaryDirectory() as tmp:
        serve(tmp, sizes(tmp))


main()
