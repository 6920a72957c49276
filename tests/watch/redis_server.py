"""A Redis of the tests' own, on a free port, with nothing on the disk."""

import shutil
import subprocess

from gateway import eventually
from prometheus import free_port


class Redis:
    def __init__(self):
        if shutil.which("redis-server") is None:
            raise AssertionError("redis-server is not installed (package redis-server)")
        self.port = free_port()
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL)
        eventually(self.answers, "redis-server answers", 60)

    def answers(self):
        done = subprocess.run(["redis-cli", "-p", str(self.port), "PING"], capture_output=True, text=True)
        return done.stdout.strip() == "PONG"

    def kill(self):
        self.process.kill()
        self.process.wait()
