"""Headless Chromium, spoken to over its DevTools pipe: two file descriptors, JSON between NUL bytes."""

import base64
import json
import os
import select
import shutil
import subprocess
import time

REPLY_SECONDS_MAX = 120


class Browser:
    def __init__(self, folder, width=1440, height=1180):
        program = shutil.which("chromium")
        if program is None:
            raise AssertionError("chromium is not installed (package chromium)")
        to_us, from_browser = os.pipe()
        to_browser, from_us = os.pipe()

        def hand_over():
            # Chromium reads commands from 3 and answers on 4.
            os.dup2(to_browser, 60)
            os.dup2(from_browser, 61)
            os.dup2(60, 3)
            os.dup2(61, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-extensions", "--disable-background-networking", "--remote-debugging-pipe",
             f"--user-data-dir={folder}/profile", f"--window-size={width},{height}", "--hide-scrollbars", "about:blank"],
            preexec_fn=hand_over, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=dict(os.environ, HOME=folder))
        os.close(to_browser)
        os.close(from_browser)
        self.pipe_in, self.pipe_out = to_us, from_us
        self.buffer = b""
        self.serial = 0
        self.events = []
        self.session = None
        self.open_tab(width, height)

    def open_tab(self, width, height):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def call(self, method, **parameters):
        self.serial += 1
        message = {"id": self.serial, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.pipe_out, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + REPLY_SECONDS_MAX
        while True:
            answer = self.receive(deadline)
            if answer.get("id") != self.serial:
                self.events.append(answer)
            elif "error" in answer:
                raise AssertionError(f"{method}: {answer['error']}")
            else:
                return answer["result"]

    def receive(self, deadline):
        while b"\0" not in self.buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.pipe_in], [], [], left)[0]:
                raise AssertionError(f"the browser did not answer in {REPLY_SECONDS_MAX} s")
            more = os.read(self.pipe_in, 1 << 16)
            if not more:
                raise AssertionError(f"the browser ended with {self.process.poll()}")
            self.buffer += more
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def go(self, url):
        self.call("Page.navigate", url=url)

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise AssertionError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def prefer(self, scheme):
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def screenshot(self, path):
        png = base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])
        with open(path, "wb") as file:
            file.write(png)

    def complaints(self):
        """What the console, the log and the page said that is an error or a warning."""
        self.evaluate("1")  # collects what came meanwhile
        said = []
        for event in self.events:
            body = event.get("params", {})
            if event.get("method") == "Runtime.exceptionThrown":
                said.append(body["exceptionDetails"].get("exception", {}).get("description", "exception"))
            elif event.get("method") == "Runtime.consoleAPICalled" and body["type"] in ("error", "warning", "assert"):
                said.append(str([each.get("value") for each in body["args"]]))
            elif event.get("method") == "Log.entryAdded" and body["entry"]["level"] in ("error", "warning"):
                said.append(body["entry"]["text"] + " " + body["entry"].get("url", ""))
        return said

    def asked_for(self):
        """Addresses the page asked the network for."""
        return {event["params"]["request"]["url"] for event in self.events
                if event.get("method") == "Network.requestWillBeSent"}

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.pipe_in)
        os.close(self.pipe_out)
