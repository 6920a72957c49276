"""What a machine may do to a process that settles: its clock jumps, it allows few files, it has no more memory,
it stands still while somebody starts a second one. Payments run all the while; afterwards every answer holds."""

import os
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from clients import Frames, import_lines, post, settle
from gateway import TOKEN, Gateway, eventually
from messages import CHILD, PHARMACY, sale, shanghai_family, sign_in
from shifted_clock import JumpingClock
from till import Till

FUND_FEN = 100_000_000
DAY_S = 86_400
FILES_MAX = 240
SMALL_PIECES = ["store.journal_write_buffer_bytes=1048576", "store.index_flush_records=1000"]
SPARE_BYTES = 64 << 20  # what the process may still take when memory becomes short
HOG_BYTES = 100 << 20


class TimedTill(Till):
    """Remembers when each settlement says it was made, and whom it refused."""

    def __init__(self):
        super().__init__()
        self.times, self.refused = {}, []  # times: place in the journal -> setl_time

    def note(self, answer):
        super().note(answer)
        if answer["infcode"] != 0:
            self.refused.append(answer)
            return
        info = answer["output"]["setlinfo"]
        self.times[info["durable_seq"]] = info["setl_time"]

    def times_in_order(self):
        return [self.times[sequence] for sequence in sorted(self.times)]


class FewFiles(Gateway):
    def command(self):
        return ["prlimit", f"--nofile={FILES_MAX}:{FILES_MAX}"] + super().command()


class Machine(unittest.TestCase):
    def start(self, gateway_class=Gateway, settings=(), environment=None):
        gateway = gateway_class(self.folder.name, settings, environment)
        gateway.start()
        self.addCleanup(lambda: gateway.process.poll() is None and gateway.kill())
        import_lines(gateway, shanghai_family("1000000.00"))
        return gateway

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def holds_after_restart(self, gateway, till):
        if gateway.process.poll() is None:
            gateway.kill()
        code, said = gateway.audit()
        self.assertEqual(code, 0, said)
        gateway.start()
        self.assertEqual(till.differences(gateway, FUND_FEN), [])

    def test_the_calendar_jumps_and_time_in_the_books_goes_forwards_only(self):
        clock = JumpingClock(self.folder.name)
        gateway = self.start(environment=clock.environment)

        def jump_and_kill():
            for days in (1, -20, 400, 399, 0):
                clock.jump(days * DAY_S)
                time.sleep(0.3)
            gateway.kill()

        till = TimedTill()
        till.run_until_cut(gateway, jump_and_kill, 100)
        self.assertEqual(till.refused, [])
        times = till.times_in_order()
        self.assertEqual(times, sorted(times))
        self.assertNotEqual(times[0][:4], times[-1][:4], "control: the clock did jump to another year")
        self.holds_after_restart(gateway, till)

    def test_a_crowd_that_takes_every_file_it_can_does_not_stop_the_journal(self):
        gateway = self.start(FewFiles, SMALL_PIECES)
        self.assertIn("connections_limited", gateway.log_tail())
        before = Frames(gateway.tcp, PHARMACY, sign_in())
        crowd = [socket.create_connection(gateway.http, timeout=30) for _ in range(FILES_MAX)]
        for number in range(6000):  # many times the journal begins another file
            if number >= 60:
                self.assertEqual(before.receive()[1]["infcode"], 0)
            before.send(number, sale(CHILD, "0.01"))
        self.assertGreater(number_of_open_files(gateway.process.pid), FILES_MAX // 2, "control: a crowd is there")
        for each in crowd:
            each.close()
        before.close()
        eventually(lambda: served(gateway), "there is room again", 30)
        self.assertEqual(gateway.stop(), 0)

    def test_without_memory_it_may_die_but_says_nothing_untrue(self):
        gateway = self.start()
        died = []

        def squeeze():
            limit = virtual_bytes(gateway.process.pid) + SPARE_BYTES
            subprocess.run(["prlimit", "--pid", str(gateway.process.pid), f"--as={limit}"], check=True)
            hogs = [threading.Thread(target=hog, args=(gateway,)) for _ in range(4)]
            for each in hogs:
                each.start()
            for each in hogs:
                each.join()
            died.append(gateway.process.poll())
            if died[0] is None:
                gateway.kill()

        till = Till()
        till.run_until_cut(gateway, squeeze, 300)
        print(f"ended by itself with {died[0]}" if died[0] is not None else "lived on",
              f"{len(till.told)} acknowledged")
        self.holds_after_restart(gateway, till)

    def test_one_that_stands_still_keeps_its_directory_and_goes_on_where_it_was(self):
        gateway = self.start()
        second = []

        def pause():
            gateway.process.send_signal(signal.SIGSTOP)
            second.append(subprocess.run(gateway.command(), capture_output=True, text=True, timeout=60, check=False))
            time.sleep(1)
            gateway.process.send_signal(signal.SIGCONT)
            time.sleep(0.5)
            gateway.kill()

        till = TimedTill()
        till.run_until_cut(gateway, pause, 100)
        self.assertEqual(second[0].returncode, 1)
        self.assertRegex(second[0].stderr, rf"in use by process {gateway.process.pid}; stop it first")
        self.assertNotIn("listening", second[0].stdout)
        self.assertEqual(till.refused, [])
        self.holds_after_restart(gateway, till)


def number_of_open_files(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def virtual_bytes(pid):
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(r"VmSize:\s+(\d+) kB", file.read())[1]) << 10


def hog(gateway):
    """An upload as large as they may be; whatever it is answered."""
    try:
        post(gateway.http, "/v1/import?batch=hog", b" " * HOG_BYTES, {"Authorization": f"Bearer {TOKEN}"})
    except OSError:
        pass


def served(gateway):
    try:
        return settle(gateway, sale(CHILD, "0.01"))["infcode"] == 0
    except OSError:
        return False


if __name__ == "__main__":
    unittest.main()
