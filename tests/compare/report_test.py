"""The table and the page of a comparison: medians, and ratios of the same round."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.environ["GONGJI_SOURCE_DIR"], "loadtest", "compare"))
import report  # noqa: E402
from measurements import MEASUREMENTS, PROMISES  # noqa: E402


def a_round(**per_second):
    return {"commit": "abc1234", "at": "2026-11-30T04:00:00Z", "seconds": 5, "measured": {
        key: {"per_second": value, "p50_ms": 1.5, "p99_ms": 0, "faults": 0} for key, value in per_second.items()}}


# The machine drifts: the second round runs at half the speed, and no ratio notices.
ROUNDS = [a_round(http_gongji=40_000.0, http_nginx=50_000.0, http_node_postgres=5_000.0),
          a_round(http_gongji=20_000.0, http_nginx=25_000.0, http_node_postgres=2_500.0),
          a_round(http_gongji=41_000.0, http_nginx=50_000.0)]


class Report(unittest.TestCase):
    def test_every_ratio_is_between_two_measurements(self):
        keys = {m.key for m in MEASUREMENTS}
        self.assertEqual(len(keys), len(MEASUREMENTS))
        for promise in PROMISES:
            self.assertLessEqual({promise.numerator, promise.denominator}, keys, promise.text)

    def test_the_table_has_medians_and_ratios_of_the_same_round(self):
        text = report.markdown_report(ROUNDS)
        self.assertIn("| gongji | 40,000 | 20,000 | 41,000 | 1.50 |  | wrk |", text)
        self.assertIn("| HTTP: gongji to nginx that does no work | 0.80 | 0.6 | yes | 0.80 0.80 0.82 |", text)
        self.assertIn("| HTTP: gongji to Node + PostgreSQL | 8.00 | 10 | no | 8.00 8.00 |", text)
        self.assertNotIn("Redis", text)  # was not measured

    def test_the_page_has_a_bar_for_each_and_needs_nothing_from_elsewhere(self):
        page = report.html_report(ROUNDS)
        self.assertEqual(page.count("<rect"), 3)
        self.assertEqual(page.count("<circle"), 8)  # the rounds
        self.assertIn('class="bad">8.00<', page)
        for outside in ("http://", "https://", "<script", "src=", "href="):
            self.assertNotIn(outside, page)


if __name__ == "__main__":
    unittest.main()
