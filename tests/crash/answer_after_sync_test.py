"""No answer leaves before the sync that covers it: seen by strace on the real process, over HTTP and TCP,
many at once, and checked call by call. On a disk that lies about its sync the check must complain."""

import os
import shutil
import subprocess
import tempfile
import threading
import unittest

from clients import Frames, import_lines, settle
from gateway import Gateway
from messages import PHARMACY, sale, shanghai_family, sign_in
from system_calls import DATA_BYTES_MAX, TRACED, Call, answers_before_their_sync, read_calls

HERE = os.path.dirname(os.path.abspath(__file__))
CLIENTS = 8
SALES_EACH = 12


class Traced(Gateway):
    def __init__(self, folder, environment=None):
        # A process has one tracer, and LeakSanitizer would be one.
        super().__init__(folder, environment={"ASAN_OPTIONS": "detect_leaks=0"})
        self.trace = os.path.join(folder, "calls")
        self.inside = [word for name, value in (environment or {}).items() for word in ("-E", f"{name}={value}")]

    def command(self):
        # -D: strace is a grandchild, so that the process we start and signal is gongjid itself.
        return ["strace", "-D", "-f", "-qq", "-s", str(DATA_BYTES_MAX), "-e", TRACED, "-e", "signal=none", "-o", self.trace,
                *self.inside, *super().command()]


class AnswerAfterSync(unittest.TestCase):
    def setUp(self):
        self.assertIsNotNone(shutil.which("strace"), "strace is missing: install the packages of section [test]")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.answered = {}  # message id → the settlement id its answer holds

    def buy_over_http(self, gateway):
        for _ in range(SALES_EACH):
            message = sale(amount=1.00)
            self.note(message, settle(gateway, message))

    def buy_over_tcp(self, gateway):
        frames = Frames(gateway.tcp, PHARMACY, sign_in())
        messages = [sale(amount=1.00) for _ in range(SALES_EACH)]
        for correlation, message in enumerate(messages, start=1):
            frames.send(correlation, message)
        for _ in messages:
            correlation, answer = frames.receive()
            self.note(messages[correlation - 1], answer)
        frames.socket.close()

    def note(self, message, answer):
        self.answered[message["msgid"]] = answer["output"]["setlinfo"]["setl_id"]

    def complaints(self, environment=None):
        with Traced(self.folder, environment) as gateway:
            import_lines(gateway, shanghai_family("1000000.00"))
            buyers = [threading.Thread(target=buy, args=(gateway,))
                      for buy in (self.buy_over_http, self.buy_over_tcp) for _ in range(CLIENTS // 2)]
            for buyer in buyers:
                buyer.start()
            for buyer in buyers:
                buyer.join()
            self.assertEqual(gateway.stop(timeout_s=60), 0)
        self.assertEqual(len(self.answered), CLIENTS * SALES_EACH)
        with open(gateway.trace, errors="replace") as file:
            return answers_before_their_sync(read_calls(file), self.answered)

    def test_every_answer_waits_for_its_sync(self):
        self.assertEqual(self.complaints(), [])

    def test_control_on_a_lying_disk_no_answer_waited(self):
        library = os.path.join(self.folder, "lying_sync.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, os.path.join(HERE, "lying_sync.c")], check=True)
        complaints = self.complaints({"LD_PRELOAD": library})
        self.assertEqual(len(complaints), len(self.answered))

    def test_the_check_knows_the_orders_apart(self):
        write, sync, send = ("1 pwrite64(9, \"..m-1..\", 7, 0) = 7", "1 fdatasync(9) = 0", "2 sendto(4, \"..S-1..\") = 7")
        over_a_block_end = r'1 pwrite64(9, "..m\333\346\v\240\316\7\004-1..", 16, 0) = 16'
        begun, ended = "1 fdatasync(9 <unfinished ...>", "1 <... fdatasync resumed>) = 0"
        table = [("in order", [write, sync, send], 0), ("over a block's end", [over_a_block_end, sync, send], 0),
                 ("over one, sent first", [send, over_a_block_end, sync], 1), ("sent first", [send, write, sync], 1),
                 ("sent before the sync", [write, send, sync], 1), ("sent while it ran", [write, begun, send, ended], 1),
                 ("written while it ran", [begun, write, ended, send], 1), ("another file's", [write, "1 fdatasync(8) = 0", send], 1),
                 ("after an end in another thread", [write, begun, ended, send], 0), ("no record", [sync, send], 1)]
        for what, lines, complaints in table:
            self.assertEqual(len(answers_before_their_sync(read_calls(lines), {"m-1": "S-1"})), complaints, what)
        self.assertEqual(read_calls([write])[0], Call("pwrite64", 9, ', "..m-1..", 7, 0) = 7', 1, 1))


if __name__ == "__main__":
    unittest.main()
