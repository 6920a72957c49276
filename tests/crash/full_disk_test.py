"""A disk that fills while payments run: new work is refused before the journal meets it, nothing that was
answered is lost, and work goes on by itself once there is room. gongji-load sends all the while and asks
afterwards about every message. The control: nobody watches the disk, and the journal meets its end."""

import json
import os
import subprocess
import tempfile
import threading
import time
import unittest

from clients import get
from gateway import BIN, Gateway, eventually
from small_disk import SmallDisk

LONG = os.environ.get("GONGJI_FULL_DISK_LONG", "") == "1"
DISK_MB, KEPT_FREE_MB, ROUNDS = (2400, 256, 3) if LONG else (400, 48, 1)
# Short runs meet the end of a small disk sooner when the store writes in smaller pieces.
SMALL_PIECES = ["store.journal_write_buffer_bytes=4194304", "store.index_write_buffer_bytes=4194304"]
SETTINGS = [] if LONG else SMALL_PIECES
ROOM_MB = 300 if LONG else 4  # left above the limit when the filling begins
OTHERS_MB = 4 if LONG else 1  # what somebody else writes meanwhile, every fifth of a second
RATE = 10_000 if LONG else 2_000
RECOVERS_WITHIN_S = 30
MB = 1 << 20


class FullDisk(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.disk = SmallDisk(self.folder.name, DISK_MB)
        self.disk.mount()
        self.addCleanup(self.disk.unmount)
        self.report = os.path.join(self.folder.name, "load.json")

    def start(self, free_bytes_min):
        self.gateway = Gateway(self.folder.name, SETTINGS + [f"store.free_bytes_min={free_bytes_min}"])
        self.gateway.data = os.path.join(self.disk.mount_point, "data")
        self.gateway.start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        self.gateway.keep_its_ports()
        self.wait_for(self.load("--prepare"))

    def load(self, *arguments):
        http, tcp = ("%s:%d" % address for address in (self.gateway.http, self.gateway.tcp))
        return subprocess.Popen([os.path.join(BIN, "gongji-load"), "--http", http, "--tcp", tcp, "--families", "200",
                                 "--token-file", self.gateway.token_file, "--json", self.report, *arguments],
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def pay(self, seconds):
        """Payments at RATE for so long, with every answer checked at the end."""
        return self.load("--rate", str(RATE), "--duration_s", str(seconds), "--connections", "8", "--depth", "64",
                         "--audit", "--seed", str(time.time_ns() % 1_000_000))

    def wait_for(self, load):
        said, _ = load.communicate(timeout=300)
        self.assertEqual(load.returncode, 0, said)

    def end(self, load):
        self.wait_for(load)
        with open(self.report) as file:
            return json.load(file)

    def figure(self, name):
        lines = get(self.gateway.ops, "/metrics")[1].decode().splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith(f"gongji_{name}"))

    def is_ready(self):
        return get(self.gateway.ops, "/readyz")[0] == 200

    def says_disk_low(self):
        status, body = get(self.gateway.ops, "/readyz")
        return status == 503 and b"disk low" in body

    def test_work_is_refused_before_the_journal_meets_the_end_and_taken_again_when_there_is_room(self):
        self.start(KEPT_FREE_MB * MB)
        for number in range(ROUNDS):
            load = self.pay(60 if LONG else 15)
            self.disk.fill_up_to((KEPT_FREE_MB + ROOM_MB) * MB)
            self.fill_until_it_is_said()
            eventually(lambda: self.figure('admission_shed_total{reason="disk_full"}') > 0, "work is refused", 30)
            time.sleep(2)  # what was taken in before ends, and writes what it must
            least_free = self.disk.free_bytes()
            self.assertGreater(least_free, 0, "the journal met the end of the disk")
            self.assertIsNone(self.gateway.process.poll(), self.gateway.log_tail())
            self.disk.free()
            began, sequence = time.monotonic(), self.figure("journal_sequence")
            eventually(lambda: self.figure("journal_sequence") > sequence or load.poll() is not None,
                       "payments go on by themselves", RECOVERS_WITHIN_S)
            took = time.monotonic() - began
            told = self.end(load)
            self.check(told)
            self.assertTrue(self.is_ready())
            print(f"round {number}: {told['counts']['applied']:,} settled, {told['counts']['busy']:,} refused,"
                  f" {least_free // MB} MB left at the fullest, taken again after {took:.1f} s")
        self.assertEqual(self.figure("journal_failures_total"), 0)
        self.assertEqual(self.gateway.stop(), 0)
        code, said = self.gateway.audit()
        self.assertEqual(code, 0, said)

    def fill_until_it_is_said(self):
        for _ in range(300):
            if self.says_disk_low():
                return
            self.disk.write_more(OTHERS_MB * MB)
            time.sleep(0.2)
        self.fail("the disk never was low")

    def check(self, told):
        self.assertTrue(told["audit"]["passed"], told["audit"])
        self.assertGreater(told["counts"]["busy"], 0)
        self.assertGreater(told["counts"]["applied"], 0)
        self.assertEqual(told["counts"]["unknown"], 0, told["codes"])
        self.assertEqual(told["connection_breaks"], 0)

    def test_control_unwatched_the_journal_meets_the_end_and_still_loses_nothing(self):
        self.start(0)
        load = self.pay(12)
        self.disk.fill_up_to(5 * MB)
        self.gateway.process.wait(120)
        self.assertEqual(self.gateway.process.returncode, 1)
        self.assertIn("No space left on device", self.gateway.log_tail())
        self.assertIn("journal_failed", self.gateway.log_tail())
        self.gateway.process.stdout.close()
        self.cannot_start_on_the_full_disk()
        self.disk.free()
        self.gateway.start()
        told = self.end(load)
        self.assertTrue(told["audit"]["passed"], told["audit"])
        self.assertGreater(told["connection_breaks"], 0)

    def cannot_start_on_the_full_disk(self):
        with self.assertRaisesRegex(AssertionError, "start_failed.*No space left on device"):
            self.gateway.start()
        self.gateway.process.stdout.close()


if __name__ == "__main__":
    unittest.main()
