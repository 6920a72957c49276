"""From the start of the process to its first settlement, with a long journal behind it: after kill -9 and after
a drain. What a start has to do must not grow with the journal."""

import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest

from clients import Frames, import_lines
from gateway import BIN, Gateway
from messages import CHILD, PHARMACY, sale, shanghai_family, sign_in

# Settlements in the journal, and seconds a start may take then; without limits only what it does is looked at.
SETTLEMENTS = [int(count) for count in os.environ.get("GONGJI_RESTART_SETTLEMENTS", "20000").split(",")]
SECONDS_MAX = {1_000_000: 2, 10_000_000: 5}
FLUSHED_EVERY = 250_000 if SETTLEMENTS[-1] >= 1_000_000 else 3_000
FAMILIES = 20_000 if SETTLEMENTS[-1] >= 1_000_000 else 200


class Restart(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.gateway = Gateway(self.folder.name, [f"store.index_flush_records={FLUSHED_EVERY}"]).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        import_lines(self.gateway, shanghai_family("1000000.00"))
        self.load("--prepare")
        self.settled = 0

    def load(self, *arguments):
        http, tcp = ("%s:%d" % address for address in (self.gateway.http, self.gateway.tcp))
        done = subprocess.run([os.path.join(BIN, "gongji-load"), "--http", http, "--tcp", tcp, "--families",
                               str(FAMILIES), "--token-file", self.gateway.token_file, *arguments],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def settle_up_to(self, count):
        self.load("--connections", "8", "--depth", "64", "--count", str(count - self.settled), "--seed", str(count))
        self.settled = count

    def first_settlement(self):
        """Starts it; the seconds until it answered a settlement, and how many records it indexed again."""
        open(os.path.join(self.folder.name, "gongjid.log"), "w").close()
        began = time.monotonic()
        self.gateway.start()
        frames = Frames(self.gateway.tcp, PHARMACY, sign_in())
        self.assertEqual(frames.ask(sale(CHILD, "0.01"))["infcode"], 0)
        took_s = time.monotonic() - began
        frames.close()
        with open(os.path.join(self.folder.name, "gongjid.log")) as log:
            replays = [json.loads(line) for line in log if '"replaying"' in line]
        return took_s, replays[-1]["total"] if replays else 0

    def test_the_first_settlement_comes_soon_however_long_the_journal_is(self):
        for count in SETTLEMENTS:
            self.settle_up_to(count)
            self.gateway.kill()
            for how in ("kill -9", "a drain"):
                took_s, indexed = self.first_settlement()
                print(f"{count:,} settlements, after {how}: {took_s:.2f} s, {indexed:,} records indexed again")
                self.assertLess(indexed, 2 * FLUSHED_EVERY + 10_000)
                self.assertLessEqual(took_s, SECONDS_MAX.get(count, 60))
                self.assertEqual(self.gateway.stop(60), 0)
            self.gateway.start()

    def test_control_without_its_index_a_start_reads_the_whole_journal(self):
        self.settle_up_to(SETTLEMENTS[0])
        self.gateway.kill()
        shutil.rmtree(os.path.join(self.gateway.data, "index"))
        took_s, indexed = self.first_settlement()
        print(f"{SETTLEMENTS[0]:,} settlements, without an index: {took_s:.2f} s, {indexed:,} records indexed again")
        self.assertGreater(indexed, SETTLEMENTS[0])


if __name__ == "__main__":
    unittest.main()
