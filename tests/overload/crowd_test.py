"""Crowds that cost memory: ten times the load, readers that do not read, senders that drip, and ten thousand
who only sit there. The gateway stays within its memory, serves the others meanwhile, and gives back what it took."""

import contextlib
import resource
import socket
import struct
import tempfile
import time
import unittest

from clients import Frames, import_lines, settle
from gateway import eventually
from messages import CHILD, sale, shanghai_family, sign_in
from rig import PHARMACIES, SECONDS, STRICT, Load, PeakMemory, capacity, figure, resident_mb, start

MEMORY_MB_MAX = 512
GIVEN_BACK_MB = 64  # what may stay of it: caches of the store that filled meanwhile
IDLE = 10_000 if STRICT else 1_500
DEAF, DRIPPING = (400, 400) if STRICT else (60, 60)
OFTEN = 400  # what each deaf one asks for
OPENAPI = b"GET /v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n"  # the longest answer anybody can have
# The store fills its caches while payments run; small ones show what the crowd costs.
SETTINGS = ["gateway.connections_max=12000", "store.block_cache_bytes=33554432",
            "store.journal_write_buffer_bytes=16777216", "store.index_write_buffer_bytes=16777216",
            "store.index_flush_records=50000"]


class Crowd(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    def gateway(self, *settings, delay_ms=0):
        gateway = start(self, [*SETTINGS, *settings], delay_ms)
        import_lines(gateway, shanghai_family())
        return gateway

    def costs_little_and_gives_back(self, gateway, crowd):
        """Runs `crowd`, a context that is closed in the end, and looks at the memory before, during and after."""
        before = resident_mb(gateway)
        with PeakMemory(gateway) as peak, crowd:
            self.served(gateway)
        self.assertLessEqual(peak.mb, MEMORY_MB_MAX)
        eventually(lambda: resident_mb(gateway) <= before + GIVEN_BACK_MB,
                   f"memory is given back: {before} MB before, {peak.mb} MB at most", 60, 0.2)
        print(f"resident: {before} MB before, {peak.mb} MB at most, {resident_mb(gateway)} MB afterwards")

    def served(self, gateway):
        for _ in range(10):
            self.assertEqual(settle(gateway, sale(CHILD, "0.01", PHARMACIES[1]))["infcode"], 0)

    def test_ten_times_the_load(self):
        gateway = self.gateway(delay_ms=20)
        most = capacity(gateway, 2)
        asked_for = Load(gateway, "--connections", 128, "--depth", 64, "--rate", round(most * 10), "--duration_s",
                         SECONDS, "--grace_ms", 1000)
        with PeakMemory(gateway) as peak:
            told = asked_for.ended()
        self.assertGreater(told["counts"]["busy"], 0)
        self.assertEqual(told["connection_breaks"], 0)
        self.assertLessEqual(peak.mb, MEMORY_MB_MAX)
        self.served(gateway)
        print(f"ten times {most:,.0f}/s: {told['settlements_per_s']:,.0f}/s settled, {peak.mb} MB at most")

    def test_readers_that_do_not_read(self):
        gateway = self.gateway("gateway.write_timeout_ms=3000")
        self.costs_little_and_gives_back(gateway, self.deaf(gateway))

    @contextlib.contextmanager
    def deaf(self, gateway):
        sockets = []
        for _ in range(DEAF):
            each = socket.socket()
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            each.connect(gateway.http)
            each.settimeout(0.01)
            with contextlib.suppress(OSError):
                each.sendall(OPENAPI * OFTEN)
            sockets.append(each)
        yield
        eventually(lambda: figure(gateway, "connections{") <= 2, "who does not read is cut", 90)
        for each in sockets:
            each.close()

    def test_senders_that_drip(self):
        gateway = self.gateway("gateway.head_timeout_ms=2000", "gateway.body_timeout_ms=2000")
        self.costs_little_and_gives_back(gateway, self.dripping(gateway))

    @contextlib.contextmanager
    def dripping(self, gateway):
        """Half of them announce the longest frame there may be and bring it byte by byte."""
        sockets = []
        for number in range(DRIPPING):
            each = socket.create_connection(gateway.http if number % 2 else gateway.tcp, timeout=30)
            each.sendall(b"POST /fsi/api HT" if number % 2 else struct.pack(">IQ", 65_536, 1))
            sockets.append(each)
        yield
        for _ in range(100):
            time.sleep(0.1)
            for each in sockets:
                with contextlib.suppress(OSError):
                    each.sendall(b" ")
        eventually(lambda: figure(gateway, "connections{") <= 2, "who drips is cut", 60)
        for each in sockets:
            each.close()

    def test_thousands_that_only_sit_there(self):
        gateway = self.gateway()
        self.costs_little_and_gives_back(gateway, self.sitting(gateway))

    @contextlib.contextmanager
    def sitting(self, gateway):
        sockets = [socket.create_connection(gateway.http if number % 2 else gateway.tcp, timeout=30)
                   for number in range(IDLE)]
        eventually(lambda: figure(gateway, "connections{") >= IDLE, "all of them are let in", 60)
        self.frames_are_served(gateway)
        yield
        for each in sockets:
            each.close()

    def frames_are_served(self, gateway):
        frames = Frames(gateway.tcp, PHARMACIES[1], sign_in(PHARMACIES[1]))
        self.assertEqual(frames.ask(sale(CHILD, "0.01", PHARMACIES[1]))["infcode"], 0)
        frames.close()


if __name__ == "__main__":
    unittest.main()
