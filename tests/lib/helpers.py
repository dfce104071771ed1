# SPDX-License-Identifier: ISC
"""Servers that Python tests run beside apeng, each in a thread of its own.

A client that hangs up in the midst of an answer is what many tests are
about: it ends that answer and is no error, so nothing is printed of it.
Any other exception is shown as Python shows it.

    files(FOLDER)           its files over HTTP -> the server
    tcp(HANDLER)            a handler of socketserver's -> the server
    background(F, ARGS...)  F(ARGS...) in a thread that ends with the test

A server has .port and .shutdown()."""
import functools
import http.server
import socketserver
import ssl
import sys
import threading

GONE = (ConnectionError, TimeoutError, ssl.SSLError)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """The files of a folder; no line a request."""

    def log_message(self, *_):
        pass


class _Mixed:
    daemon_threads = True

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], GONE):
            super().handle_error(request, client_address)


class _Web(_Mixed, http.server.ThreadingHTTPServer):
    pass


class _Tcp(_Mixed, socketserver.ThreadingTCPServer):
    pass


def _started(server):
    server.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def files(folder, handler=Quiet):
    return _started(_Web(('127.0.0.1', 0),
                         functools.partial(handler, directory=folder)))


def tcp(handler):
    return _started(_Tcp(('127.0.0.1', 0), handler))


def background(f, *args):
    def run():
        try:
            f(*args)
        except GONE:
            pass
    t = threading.Thread(target=run, daemon=True)
    t.start()
    return t
