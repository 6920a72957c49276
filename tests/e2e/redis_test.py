"""Hot balances in a real Redis, read with redis-cli by the documented layout only."""

import os
import shutil
import socket
import subprocess
import tempfile
import unittest

from clients import get, import_lines, settle
from gateway import Gateway, eventually
from messages import CHILD, FATHER, sale, shanghai_family


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


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
        eventually(lambda: self.cli("PING") == "PONG", "redis-server answers")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def cli(self, *command):
        done = subprocess.run(["redis-cli", "-p", str(self.port), *command], capture_output=True, text=True)
        return done.stdout.strip()


class HotBalances(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.redis = Redis()
        self.redis.start()
        self.addCleanup(self.redis.kill)
        url = f"redis.url=redis://127.0.0.1:{self.redis.port}"
        self.gateway = Gateway(self.folder.name, [url]).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        import_lines(self.gateway, shanghai_family())

    def balance(self):
        return self.redis.cli("HGET", f"gongji:psn:{{{FATHER}}}", "carryover")

    def test_a_reader_sees_the_balances_a_moment_after_the_answer(self):
        settle(self.gateway, sale(CHILD, "120.00"))
        eventually(lambda: self.balance() == "488000", "the fund in whole fen")
        household = self.redis.cli("HGET", f"gongji:psn:{{{CHILD}}}", "household")
        key = f"gongji:hh:{{{household}}}"
        self.assertEqual(self.redis.cli("HGET", key, f"{FATHER}:carryover"), "488000")
        self.assertEqual(self.redis.cli("HGET", key, f"{CHILD}:family"), "488000")

    def test_an_emptied_redis_is_filled_again(self):
        eventually(lambda: self.balance() == "500000", "projected")
        self.redis.cli("FLUSHALL")
        eventually(lambda: self.balance() == "500000", "projected again after FLUSHALL")

    def test_without_redis_settlements_go_on_and_it_is_healed_afterwards(self):
        eventually(lambda: self.balance() == "500000", "projected")
        self.redis.kill()
        self.assertEqual(settle(self.gateway, sale(CHILD, "10.00"))["infcode"], 0)
        self.assertEqual(get(self.gateway.ops, "/readyz")[0], 200)
        eventually(lambda: b"gongji_hot_balance_up 0" in get(self.gateway.ops, "/metrics")[1], "seen as down")
        self.redis.start()
        eventually(lambda: self.balance() == "499000", "healed")
        eventually(lambda: b"gongji_hot_balance_lag_records 0" in get(self.gateway.ops, "/metrics")[1], "caught up")


if __name__ == "__main__":
    unittest.main()
