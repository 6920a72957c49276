"""Starts a real gongjid on free ports of 127.0.0.1 and stops it, gently or not."""

import json
import os
import signal
import subprocess
import time

BIN = os.environ["GONGJI_BIN_DIR"]
SOURCE = os.environ["GONGJI_SOURCE_DIR"]
TOKEN = "agency-token-of-the-tests-0123456789"


class Gateway:
    """One data directory and the processes that serve it, one after the other."""

    def __init__(self, folder, settings=(), environment=None):
        self.folder = folder
        self.data = os.path.join(folder, "data")
        self.settings = list(settings)
        self.environment = dict(os.environ, **(environment or {}))
        self.process = None
        self.access = os.path.join(folder, "access.toml")
        self.token_file = os.path.join(folder, "agency.token")
        with open(self.access, "w") as file:
            file.write(f'[[token]]\ntoken = "{TOKEN}"\nrole = "agency"\nname = "tests"\n')
        with open(self.token_file, "w") as file:
            file.write(TOKEN + "\n")

    def command(self):
        any_port = "127.0.0.1:0"
        flags = ["--data-dir", self.data, "--http", any_port, "--tcp", any_port, "--ops", any_port]
        # Nobody balances loads here, so nobody waits for a load balancer to turn away.
        for setting in [f"access.file={self.access}", "gateway.drain_grace_ms=0"] + self.settings:
            flags += ["--set", setting]
        return [os.path.join(BIN, "gongjid")] + flags

    def start(self, timeout_s=60):
        with open(os.path.join(self.folder, "gongjid.log"), "ab") as log:
            self.process = subprocess.Popen(self.command(), stdout=subprocess.PIPE, stderr=log,
                                            env=self.environment)
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            raise AssertionError(f"gongjid ended with {self.process.returncode}: {self.log_tail()}")
        listening = json.loads(line)
        self.http, self.tcp, self.ops = (address(listening[key]) for key in ("http", "tcp", "ops"))
        return self

    def log_tail(self):
        with open(os.path.join(self.folder, "gongjid.log"), errors="replace") as file:
            return "".join(file.readlines()[-10:])

    def keep_its_ports(self):
        """When it starts again, those who know it find it where it was."""
        for name, (host, port) in (("http", self.http), ("tcp", self.tcp)):
            self.settings.append(f"gateway.{name}={host}:{port}")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def stop(self, timeout_s=15):
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout_s)
        self.process.stdout.close()
        return code

    def ctl(self, *arguments):
        return subprocess.run([os.path.join(BIN, "gongjictl"), *arguments], capture_output=True,
                              text=True)

    def audit(self):
        """Refolds the stopped store; the exit code and what it printed."""
        done = self.ctl("audit", "--data-dir", self.data)
        return done.returncode, done.stdout + done.stderr

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()


def address(text):
    host, port = text.rsplit(":", 1)
    return host, int(port)


def eventually(condition, what, timeout_s=10, every_s=0.02):
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(every_s)
    raise AssertionError(f"did not happen in {timeout_s} s: {what}")
