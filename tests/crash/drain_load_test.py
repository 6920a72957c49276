"""SIGTERM while gongji-load sends at half of what the gateway can do, again and again on one data directory.
Each time gongji-load asks afterwards about every message it sent, answered or not, and compares every
account: what was acknowledged is there, once, and every message has an end."""

import json
import os
import random
import shutil
import subprocess
import tempfile
import time
import unittest

from gateway import BIN, Gateway

CYCLES = int(os.environ.get("GONGJI_DRAIN_CYCLES", "2"))
STOP_LIMIT_S = 10
LOAD_S = 2


class DrainUnderLoad(unittest.TestCase):
    def setUp(self):
        self.seed = int(os.environ.get("GONGJI_SEED", random.SystemRandom().randrange(1 << 32)))
        self.chance = random.Random(self.seed)
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.gateway = Gateway(self.folder.name).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        self.gateway.keep_its_ports()
        self.report = os.path.join(self.folder.name, "load.json")
        self.wait_for(self.load("--prepare"))

    def load(self, *arguments):
        http, tcp = ("%s:%d" % address for address in (self.gateway.http, self.gateway.tcp))
        return subprocess.Popen([os.path.join(BIN, "gongji-load"), "--http", http, "--tcp", tcp, "--families", "200",
                                 "--connections", "8", "--depth", "32", "--token-file", self.gateway.token_file,
                                 "--json", self.report, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                text=True)

    def wait_for(self, load):
        said, _ = load.communicate(timeout=120)
        self.assertEqual(load.returncode, 0, f"{said}\nseed {self.seed}")

    def told(self):
        with open(self.report) as file:
            return json.load(file)

    def half_of_capacity(self):
        """Messages a second: half of what a closed loop gets through."""
        self.wait_for(self.load("--count", "20000"))
        return self.told()["messages_per_s"] / 2

    def stop_during_load(self, rate, number, meanwhile=lambda: None):
        """One load with a SIGTERM somewhere in it, and `meanwhile` while nobody serves; how long it stopped."""
        load = self.load("--rate", f"{rate:.0f}", "--duration_s", str(LOAD_S), "--seed", str(1 + number), "--audit")
        time.sleep(self.chance.uniform(0.3, 0.6 * LOAD_S))
        began = time.monotonic()
        self.assertEqual(self.gateway.stop(timeout_s=60), 0, f"seed {self.seed}")
        took = time.monotonic() - began
        meanwhile()
        self.gateway.start()
        return load, took

    def test_whatever_was_acknowledged_is_there_and_every_message_has_an_end(self):
        rate, times, answered, open_ended = self.half_of_capacity(), [], 0, 0
        for number in range(1, CYCLES + 1):
            load, took = self.stop_during_load(rate, number)
            self.wait_for(load)
            audit = self.told()["audit"]
            self.assertTrue(audit["passed"], audit)
            times.append(took)
            answered += audit["settlements_answered"]
            open_ended += audit["open_asked"]
        self.assertLessEqual(max(times), STOP_LIMIT_S)
        self.assertGreater(answered, CYCLES * 10)
        self.assertEqual(self.gateway.stop(), 0)
        code, said = self.gateway.audit()
        self.assertEqual(code, 0, said)
        times.sort()
        print(f"seed {self.seed}: {CYCLES} times SIGTERM at {rate:,.0f} messages/s, {answered:,} acknowledged, 0 lost, "
              f"{open_ended:,} unanswered and solved; stopped in {times[len(times) // 2]:.2f} s (median), "
              f"{times[-1]:.2f} s (longest)")

    def test_control_a_store_from_before_the_load_is_found_out(self):
        self.assertEqual(self.gateway.stop(), 0)
        kept = os.path.join(self.folder.name, "kept")
        shutil.copytree(self.gateway.data, kept)
        self.gateway.start()

        def put_back():
            shutil.rmtree(self.gateway.data)
            shutil.move(kept, self.gateway.data)

        load, _ = self.stop_during_load(500, 1, put_back)
        said, _ = load.communicate(timeout=120)
        self.assertEqual(load.returncode, 1, said)
        self.assertGreater(self.told()["audit"]["settlements_wrong"], 0)


if __name__ == "__main__":
    unittest.main()
