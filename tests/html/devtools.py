# SPDX-License-Identifier: ISC
"""Chromium by its own protocol, over a pair of pipes: a page is opened as a
phone or a desk has it, and asked questions that its own content security
policy would not let a script ask."""
import base64
import fcntl
import json
import os
import select
import subprocess
import sys
import tempfile
import time

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
         "--no-first-run", "--hide-scrollbars", "--disable-sync",
         "--disable-background-networking", "--disable-component-update",
         "--disable-default-apps", "--mute-audio",
         "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


class Chromium:
    def __init__(self):
        self.home = tempfile.TemporaryDirectory()
        there, self.to = os.pipe()
        self.back, here = os.pipe()
        # It reads descriptor 3 and writes descriptor 4; ours are others.
        low = (there, here)
        there, here = (fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10)
                       for fd in low)
        for fd in low:
            os.close(fd)
        self.proc = subprocess.Popen(
            [sys.executable, "-c", "import os, sys; os.dup2(%d, 3); "
             "os.dup2(%d, 4); os.execvp(sys.argv[1], sys.argv[1:])" %
             (there, here), "chromium", *FLAGS, "--remote-debugging-pipe",
             "--user-data-dir=" + self.home.name, "about:blank"],
            pass_fds=(there, here), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=dict(os.environ, HOME=self.home.name))
        os.close(there)
        os.close(here)
        self.number, self.held, self.events = 0, b"", []
        self.session = None
        target = self.ask("Target.createTarget", url="about:blank")
        self.session = self.ask("Target.attachToTarget", flatten=True,
                                targetId=target["targetId"])["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(domain + ".enable")

    def message(self, until):
        while b"\0" not in self.held:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.back], [], [], left)[0]:
                raise TimeoutError("chromium says nothing")
            more = os.read(self.back, 1 << 20)
            if not more:
                raise EOFError("chromium has ended")
            self.held += more
        one, _, self.held = self.held.partition(b"\0")
        return json.loads(one)

    def ask(self, method, seconds=60, **params):
        self.number += 1
        m = {"id": self.number, "method": method, "params": params}
        if self.session:
            m["sessionId"] = self.session
        os.write(self.to, json.dumps(m).encode() + b"\0")
        until = time.monotonic() + seconds
        while True:
            got = self.message(until)
            if got.get("id") == self.number:
                if "error" in got:
                    raise RuntimeError("%s: %s" % (method, got["error"]))
                return got["result"]
            self.events.append(got)

    def size(self, width, height, phone):
        self.ask("Emulation.setDeviceMetricsOverride", width=width,
                 height=height, deviceScaleFactor=1, mobile=phone)

    def open(self, url):
        """Load it; what the browser complained of."""
        self.events = []
        self.ask("Page.navigate", url=url)
        until = time.monotonic() + 60
        while not any(e.get("method") == "Page.loadEventFired"
                      for e in self.events):
            self.events.append(self.message(until))
        return [e["params"] for e in self.events if e.get("method") in
                ("Log.entryAdded", "Network.loadingFailed",
                 "Runtime.exceptionThrown")]

    def value(self, expression, seconds=120):
        r = self.ask("Runtime.evaluate", seconds, expression=expression,
                     returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in r:
            raise RuntimeError(str(r["exceptionDetails"])[:500])
        return r["result"].get("value")

    def picture(self, path, width, height):
        r = self.ask("Page.captureScreenshot", format="png",
                     captureBeyondViewport=True, clip={
                         "x": 0, "y": 0, "width": width, "height": height,
                         "scale": 1})
        with open(path, "wb") as f:
            f.write(base64.b64decode(r["data"]))

    def end(self):
        self.proc.terminate()
        try:
            self.proc.wait(20)
        except subprocess.TimeoutExpired:
            self.proc.kill()
            self.proc.wait()
        os.close(self.to)
        os.close(self.back)
        self.home.cleanup()
