"""A backup taken under load, restored elsewhere: the audit is clean, what was answered before it is there,
and settlement goes on from it."""

import json
import os
import subprocess
import tempfile
import threading
import time
import unittest

from clients import import_lines, person, settle
from gateway import BIN, Gateway, eventually
from messages import CHILD, FATHER, query, sale, shanghai_family
from redis_test import Redis


class Backup(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.redis = Redis()
        self.redis.start()
        self.addCleanup(self.redis.kill)
        self.gateway = self.one("first")
        import_lines(self.gateway.start(), shanghai_family("1000000.00"))
        self.backup = os.path.join(self.folder.name, "backup")

    def one(self, name):
        folder = os.path.join(self.folder.name, name)
        os.mkdir(folder)
        gateway = Gateway(folder, [f"redis.url=redis://127.0.0.1:{self.redis.port}"])
        self.addCleanup(lambda: gateway.process and gateway.process.poll() is None and gateway.kill())
        return gateway

    def buy_until(self, over, told):
        while not over.is_set():
            message = sale(CHILD, "0.01")
            told.append((time.monotonic(), message, settle(self.gateway, message)))

    def back_up_under_load(self):
        """What each purchase was told and when, and when the backup began."""
        over, told = threading.Event(), []
        buyers = [threading.Thread(target=self.buy_until, args=(over, told)) for _ in range(4)]
        for buyer in buyers:
            buyer.start()
        time.sleep(0.5)
        began = time.monotonic()
        done = self.gateway.ctl("backup", self.backup, "--ops-url", "http://%s:%d" % self.gateway.ops)
        time.sleep(0.2)
        over.set()
        for buyer in buyers:
            buyer.join()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("audit clean", done.stdout)
        return [each[1:] for each in told if each[0] < began], [each[1:] for each in told if each[0] >= began]

    def restored(self):
        second = self.one("second")
        done = second.ctl("restore", self.backup, "--data-dir", second.data)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return second

    def test_a_backup_under_load_is_restored_elsewhere_and_settlement_goes_on(self):
        before, after = self.back_up_under_load()
        self.assertGreater(len(before), 10)
        self.assertGreater(len(after), 0, "the gateway went on serving")
        self.gateway.kill()  # lost, with what came after
        second = self.restored()
        code, said = second.audit()
        self.assertEqual(code, 0, said)
        second.start()
        for message, answer in before:
            self.assertEqual(dict(settle(second, message)), answer, "the first answer, byte for byte")
        states = [settle(second, query(message["msgid"]))["output"]["state"] for message, _ in after]
        applied = len(before) + states.count("applied")
        self.assertIn("unknown", states, "what came after the backup is lost with the disk, and says so")
        self.assertEqual(settle(second, sale(CHILD, "1.00"))["infcode"], 0)
        left = 100_000_000 - applied - 100
        self.assertEqual(person(second, FATHER)["balances"]["carryover"], f"{left // 100}.{left % 100:02d}")
        balance = lambda: self.redis.cli("HGET", f"gongji:psn:{{{FATHER}}}", "carryover")
        eventually(lambda: balance() == str(left), "Redis follows the restored store", 30)
        self.assertEqual(second.stop(), 0)
        code, said = second.audit()
        self.assertEqual(code, 0, said)
        print(f"{len(before)} before, {len(after)} during and after the backup, {applied} in it")

    def test_nothing_is_written_over_and_damage_is_refused(self):
        self.back_up_under_load()
        again = self.gateway.ctl("backup", self.backup, "--ops-url", "http://%s:%d" % self.gateway.ops)
        self.assertEqual(again.returncode, 1)
        self.assertIn("not empty", again.stderr)
        over = self.gateway.ctl("restore", self.backup, "--data-dir", self.gateway.data)
        self.assertEqual(over.returncode, 1)
        self.assertIn("not empty", over.stderr)
        with open(os.path.join(self.backup, "manifest.json")) as file:
            largest = max(json.load(file)["files"], key=lambda entry: entry["bytes"])
        path = os.path.join(self.backup, largest["path"])
        with open(path, "r+b") as file:
            file.seek(largest["bytes"] // 2)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 1]))
        elsewhere = os.path.join(self.folder.name, "elsewhere")
        damaged = self.gateway.ctl("restore", self.backup, "--data-dir", elsewhere)
        self.assertEqual(damaged.returncode, 1)
        self.assertIn(largest["path"], damaged.stderr)
        self.assertFalse(os.path.exists(elsewhere))
        leftovers = os.listdir(os.path.join(self.gateway.data, "checkpoints"))
        self.assertEqual(leftovers, [], "the checkpoints are gone")

    def test_without_a_gateway_it_says_what_is_missing(self):
        self.gateway.kill()
        done = subprocess.run([os.path.join(BIN, "gongjictl"), "backup", self.backup, "--ops-url",
                               "http://127.0.0.1:1"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no checkpoint", done.stderr)
        self.assertFalse(os.path.exists(self.backup))


if __name__ == "__main__":
    unittest.main()
