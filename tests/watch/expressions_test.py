"""A real Prometheus scrapes a loaded gateway; every expression of every panel and rule is asked of it."""

import tempfile
import unittest

from expressions import metrics_in, panels
from gateway import Gateway, eventually
from load import Load, frames, populate
from prometheus import Prometheus, free_port
from redis_server import Redis

FASTER = 60
SERIES_MAX = 2000


class Expressions(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        redis = Redis()
        redis.start()
        self.addCleanup(redis.kill)
        self.gateway = Gateway(folder.name, [f"redis.url=redis://127.0.0.1:{redis.port}"]).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        populate(self.gateway)
        self.load = Load(self.gateway).start()
        self.addCleanup(self.load.stop)
        self.prometheus = Prometheus(folder.name, {"loaded": self.gateway.ops}, FASTER).start()
        self.addCleanup(self.prometheus.stop)

    def test_no_unknown_metric_no_empty_panel_no_broken_rule(self):
        frames(self.gateway)
        eventually(self.everything_is_there, "every panel has something to show", 120)
        known = self.prometheus.names()
        shown = list(panels())
        self.assertGreater(len(shown), 60)
        unknown = {name for _, _, expr in shown for name in metrics_in(expr)} - known - {"ALERTS"}
        rules = self.prometheus.rules()
        self.assertGreater(len(rules), 50)
        unknown |= {name for rule in rules for name in metrics_in(rule["query"])} - known
        self.assertEqual(unknown, set(), "metrics nobody exports")
        self.assertEqual([(rule["name"], rule["lastError"]) for rule in rules if rule["health"] != "ok"], [])
        self.assertEqual(self.empty_panels(), [])
        series = len(self.prometheus.query('{job="gongji", __name__=~"gongji_.*|process_.*"}'))
        self.assertLessEqual(series, SERIES_MAX)
        print(f"{len(shown)} panel expressions, {len(rules)} rules, 0 unknown metrics, 0 empty panels, {series} series")

    def everything_is_there(self):
        return self.load.answered > 100 and not self.empty_panels() and \
            all(rule["health"] == "ok" for rule in self.prometheus.rules())

    def empty_panels(self):
        return [(dashboard, title, expr) for dashboard, title, expr in panels() if not self.prometheus.query(expr)]

    def test_the_check_itself_sees_an_unknown_metric_and_an_empty_panel(self):
        eventually(lambda: "gongji_inflight" in self.prometheus.names(), "scraped", 60)
        self.assertEqual(metrics_in('sum(rate(gongji_inflight_typo{instance="x"}[5m]))'), {"gongji_inflight_typo"})
        self.assertNotIn("gongji_inflight_typo", self.prometheus.names())
        self.assertEqual(self.prometheus.query("gongji_inflight_typo"), [])
        self.assertNotEqual(self.prometheus.query("gongji_inflight"), [])


if __name__ == "__main__":
    unittest.main()
