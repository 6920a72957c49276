"""Several hundred ways to be read wrongly, to gongjid alone and behind haproxy and nginx."""

import collections
import concurrent.futures
import tempfile
import unittest

from clients import import_lines
from detector import Detector
from fronts import FRONTS, Front
from gateway import Gateway
from messages import shanghai_family
from naive_server import NaiveServer
from variants import REFUSE, variants

VARIANTS_MIN = 300
FRONTS_AT_ONCE = 6
# Who never ends what he began is cut soon, so that the test need not wait.
SETTINGS = ["gateway.head_timeout_ms=400", "gateway.body_timeout_ms=400", "gateway.deadline_ms=600000"]


class Smuggling(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def gateway(self):
        gateway = Gateway(self.folder.name, SETTINGS).start()
        self.addCleanup(lambda: gateway.process.poll() is None and gateway.kill())
        import_lines(gateway, shanghai_family("1000000.00"))
        return gateway

    def detector(self, server, front=None, **more):
        if front:
            front = Front(front, tempfile.mkdtemp(dir=self.folder.name), server)
            self.addCleanup(front.stop)
        detector = Detector(server, front and front.address, **more)
        self.addCleanup(detector.close)
        return detector

    @staticmethod
    def faults(judge, rows):
        found = ((variant.name, judge(variant)) for variant in rows)
        return [f"{name}: {fault}" for name, fault in found if fault]

    def behind(self, name):
        """Several fronts side by side: most of the time somebody waits for the end of what never ends."""
        gateway, rows = self.gateway(), variants()
        detectors = [self.detector(gateway.http, name) for _ in range(FRONTS_AT_ONCE)]
        parts = [rows[number::FRONTS_AT_ONCE] for number in range(FRONTS_AT_ONCE)]
        with concurrent.futures.ThreadPoolExecutor(FRONTS_AT_ONCE) as pool:
            found = pool.map(lambda detector, part: self.faults(detector.fault_behind, part), detectors, parts)
        self.assertEqual([fault for faults in found for fault in faults], [])
        others = sum(detector.refused_for_others for detector in detectors)
        self.assertLess(others, len(rows) / 10)
        print(f"{len(rows)} variants behind {name}: 0 desynchronised, {others} others had to ask again")
        self.clean(gateway)

    def clean(self, gateway):
        self.assertEqual(gateway.stop(), 0)
        code, said = gateway.audit()
        self.assertEqual(code, 0, said)

    def test_alone_every_variant_is_taken_as_its_row_says(self):
        rows = variants()
        counts = collections.Counter(variant.verdict for variant in rows)
        self.assertGreaterEqual(counts[REFUSE], VARIANTS_MIN)
        gateway = self.gateway()
        detector = self.detector(gateway.http)
        self.assertEqual(self.faults(detector.fault_alone, rows), [])
        print(f"{dict(counts)}: 0 accepted that should be refused, 0 desynchronised")
        self.clean(gateway)

    def test_behind_haproxy_nobody_is_desynchronised(self):
        self.behind("haproxy")

    def test_behind_nginx_nobody_is_desynchronised(self):
        self.behind("nginx")

    def test_behind_nginx_that_buffers_nobody_is_desynchronised(self):
        self.behind("nginx that buffers")

    # ---- controls: the detector sees a server that is desynchronised ----

    def test_control_a_naive_server_is_seen_to_be_desynchronised(self):
        server = NaiveServer()
        self.addCleanup(server.close)
        found = self.faults(self.detector(server.address).fault_alone, variants()[::5])
        smuggled = [fault for fault in found if "smuggled sale was made" in fault]
        self.assertGreater(len(smuggled), 10, found[:5])

    def test_control_a_naive_server_is_seen_also_behind_each_front(self):
        rows = [variant for variant in variants() if "a request as the body, beside" in variant.name]
        for name in FRONTS:
            with self.subTest(front=name):
                server = NaiveServer()
                self.addCleanup(server.close)
                detector = self.detector(server.address, name, patience_s=2)
                self.assertNotEqual(self.faults(detector.fault_behind, rows), [], "the test is blind")


if __name__ == "__main__":
    unittest.main()
