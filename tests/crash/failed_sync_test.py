"""The first sync that fails: nothing is acknowledged after it, the process ends within three seconds,
and starts again on what the disk really has. The disk drops what the failed sync left unwritten."""

import os
import subprocess
import tempfile
import time
import unittest

from clients import import_lines
from gateway import Gateway
from messages import shanghai_family
from till import Till

HERE = os.path.dirname(os.path.abspath(__file__))
CYCLES = int(os.environ.get("GONGJI_FAILED_SYNC_CYCLES", "4"))
FUND_FEN = 100_000_000
ENDS_WITHIN_S = 3
REFUSED_SYNC, SWALLOWED_SYNC = "EIO", "done"


class FailedSync(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.flag = os.path.join(self.folder.name, "syncs-fail")
        library = os.path.join(self.folder.name, "failing_sync.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, os.path.join(HERE, "failing_sync.c")], check=True)
        self.library = library

    def gateway(self, name, failing_as):
        folder = os.path.join(self.folder.name, name)
        os.makedirs(folder)
        gateway = Gateway(folder, environment={"LD_PRELOAD": self.library, "GONGJI_FAIL_SYNC": self.flag,
                                               "GONGJI_FAIL_SYNC_AS": failing_as})
        gateway.start()
        import_lines(gateway, shanghai_family("1000000.00"))
        return gateway

    def fail_syncs(self, gateway, took_s):
        began = time.monotonic()
        open(self.flag, "w").close()
        gateway.process.wait(30)
        took_s.append(time.monotonic() - began)

    def test_nothing_is_acknowledged_after_it_and_the_process_ends(self):
        for cycle in range(CYCLES):
            gateway = self.gateway(f"refused-{cycle}", REFUSED_SYNC)
            till, took_s = Till(), []
            till.run_until_cut(gateway, lambda: self.fail_syncs(gateway, took_s), 50 + 37 * cycle)
            os.remove(self.flag)
            self.assertNotEqual(gateway.process.returncode, 0)
            self.assertLess(took_s[0], ENDS_WITHIN_S, "from the failing disk to the end of the process")
            self.assertIn("journal", gateway.log_tail())
            gateway.process.stdout.close()
            self.check_after_restart(gateway, till)

    def check_after_restart(self, gateway, till):
        code, said = gateway.audit()
        self.assertEqual(code, 0, said)
        gateway.start()
        self.assertEqual(till.differences(gateway, FUND_FEN), [])
        gateway.kill()

    def test_control_a_failure_that_is_swallowed_is_found_out(self):
        gateway = self.gateway("swallowed", SWALLOWED_SYNC)
        till = Till()

        def go_on_and_die():
            open(self.flag, "w").close()
            time.sleep(1)
            gateway.kill()

        till.run_until_cut(gateway, go_on_and_die, 200)
        os.remove(self.flag)
        try:
            gateway.start()
            wrong = till.differences(gateway, FUND_FEN)
            gateway.kill()
        except AssertionError as refused:  # the journal has a hole: it does not open
            wrong = [str(refused)]
        self.assertNotEqual(wrong, [], "acknowledged settlements were dropped and nobody noticed")


if __name__ == "__main__":
    unittest.main()
