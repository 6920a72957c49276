"""gongjictl top: one screen for scripts, a live one on a terminal, and what it says when nobody answers."""

import os
import pty
import select
import signal
import subprocess
import tempfile
import time
import unittest

from clients import import_lines, settle
from gateway import BIN, Gateway, eventually
from messages import CHILD, sale, shanghai_family

GONGJICTL = os.path.join(BIN, "gongjictl")


class Top(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.gateway = Gateway(folder.name).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        import_lines(self.gateway, shanghai_family())
        settle(self.gateway, sale(CHILD, "120.00"))
        self.ops = "http://{}:{}".format(*self.gateway.ops)

    def once(self):
        return self.gateway.ctl("--ops-url", self.ops, "top", "--once")

    def test_once_prints_one_screen_and_says_by_its_exit_code_whether_somebody_answered(self):
        eventually(lambda: "every fen is accounted for" in self.once().stdout, "the books are checked", 60)
        done = self.once()
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        lines = done.stdout.splitlines()
        self.assertLessEqual(len(lines), 24)
        self.assertLessEqual(max(map(len, lines)), 80)
        self.assertIn("Money at risk?  no", done.stdout)
        self.assertEqual(self.gateway.stop(), 0)
        done = self.once()
        self.assertEqual(done.returncode, 1)
        self.assertIn("no answer", done.stderr)

    def test_on_a_terminal_it_goes_on_says_when_nobody_answers_and_ends_with_ctrl_c(self):
        master, slave = pty.openpty()
        process = subprocess.Popen([GONGJICTL, "--ops-url", self.ops, "top", "--interval_s", "0.2"], stdout=slave,
                                   stderr=slave)
        os.close(slave)
        self.addCleanup(os.close, master)
        self.addCleanup(lambda: process.poll() is None and process.kill())
        self.read_until(master, "Money at risk?")
        self.assertEqual(self.gateway.stop(), 0)
        self.read_until(master, "NO ANSWER since")
        process.send_signal(signal.SIGINT)
        self.read_until(master, "\033[?1049l")  # the terminal is as it was
        self.assertEqual(process.wait(30), 0)

    def read_until(self, master, text, timeout_s=60):
        said = b""
        deadline = time.monotonic() + timeout_s
        while text.encode() not in said:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([master], [], [], left)[0]:
                self.fail(f"did not say {text!r} but {said[-2000:]!r}")
            said += os.read(master, 65536)

    def test_help_has_an_example(self):
        done = self.gateway.ctl("top", "--help")
        self.assertEqual(done.returncode, 0)
        self.assertIn("Example:", done.stdout)
        self.assertIn("--once", done.stdout)


if __name__ == "__main__":
    unittest.main()
