"""A reader in another language, Node's ioredis, and redis-cli, by docs/formats/redis.md alone: over one
Redis and over a cluster of three.

The client is pinned by package-lock.json and installed into the build folder; without npm or the registry
the test fails by name."""

import fcntl
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from clients import import_lines, settle
from gateway import Gateway, eventually
from messages import CHILD, FATHER, sale, shanghai_family
from redis_servers import Cluster, Redis, caught_up

HERE = pathlib.Path(__file__).resolve().parent
PLACE = pathlib.Path(os.environ["GONGJI_BIN_DIR"]).parent / "redis_reader"
INSTALL_SECONDS_MAX = 240
READ_SECONDS_MAX = 60


def install():
    npm = shutil.which("npm")
    if npm is None:
        raise AssertionError("npm is missing: install the packages of section [node]")
    PLACE.mkdir(parents=True, exist_ok=True)
    with open(PLACE / "lock", "w") as one_at_a_time:  # ctest runs these tests side by side
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        install_here(npm)


def install_here(npm):
    for name in ("package.json", "package-lock.json", "read_balances.js"):
        shutil.copy(HERE / name, PLACE / name)
    lock = (HERE / "package-lock.json").read_text()
    installed = PLACE / "installed-lock.json"  # written last: what is there is whole
    if installed.exists() and installed.read_text() == lock:
        return
    done = subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=PLACE, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=INSTALL_SECONDS_MAX, check=False)
    if done.returncode != 0:
        raise AssertionError(f"npm ci: {done.stdout}")
    installed.write_text(lock)


def read(url, *persons):
    done = subprocess.run(["node", "read_balances.js", url, *persons], cwd=PLACE, capture_output=True, text=True,
                          timeout=READ_SECONDS_MAX, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


class ReaderTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        install()

    def settle_in(self, redis):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(redis.stop)
        gateway = Gateway(folder.name, [f"redis.url={redis.url()}"]).start()
        self.addCleanup(lambda: gateway.process.poll() is None and gateway.kill())
        import_lines(gateway, shanghai_family())
        settle(gateway, sale(CHILD, "120.00"))
        eventually(lambda: caught_up(gateway), "the copy is complete", 30)
        return gateway

    def check(self, url):
        code, persons, said = read(url, FATHER, CHILD)
        self.assertEqual(code, 0, said)
        father, child = persons
        self.assertEqual(father["carryover"], 488000)
        self.assertEqual(father["household"]["carryover"], 488000)
        self.assertEqual(child["carryover"], 0)
        self.assertEqual(child["household"]["family"], 488000)

    def test_ioredis_and_redis_cli_read_one_redis(self):
        redis = Redis().start()
        self.settle_in(redis)
        self.check(redis.url())
        self.assertEqual(redis.cli("HGET", f"gongji:psn:{{{FATHER}}}", "carryover"), "488000")

    def test_ioredis_reads_a_cluster(self):
        redis = Cluster().start()
        self.settle_in(redis)
        self.check(redis.url())

    def test_a_reader_sees_that_the_copy_is_not_there(self):
        redis = Redis().start()
        self.addCleanup(redis.stop)
        code, _, said = read(redis.url(), FATHER)
        self.assertEqual(code, 1)
        self.assertIn("markers", said)


if __name__ == "__main__":
    unittest.main()
