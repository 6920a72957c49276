#!/usr/bin/env python3
"""The coverage report itself: what is missing turns it red."""

import contextlib
import io
import unittest

import coverage


def quiet(report, *arguments):
    with contextlib.redirect_stdout(io.StringIO()) as text:
        report(*arguments)
    return text.getvalue()


class Coverage(unittest.TestCase):
    def everything(self):
        return {"Rules": {name + "_x": True for name in coverage.numbered(coverage.RULES, "_")},
                "WorkedExamples": {name: True for name in coverage.numbered(coverage.EXAMPLES, "")},
                "Reasons": {"E_QUOTA": True, "E_QUOTA_STALE_x": True}, "Provinces": {}}

    def test_all_there_is_green(self):
        faults = []
        text = quiet(coverage.report_ids, self.everything(), faults)
        self.assertEqual(faults, [])
        self.assertIn("100 of 100 rule ids tested", text)
        self.assertIn("56 of 56 worked examples", text)

    def test_a_missing_or_failing_rule_is_named(self):
        found = self.everything()
        del found["Rules"]["SH_24_x"]
        found["Rules"]["GX_15_x"] = False
        del found["WorkedExamples"]["X07"]
        faults = []
        text = quiet(coverage.report_ids, found, faults)
        self.assertIn("98 of 100", text)
        self.assertEqual(faults, ["SH-24 has no passing test", "GX-15 has no passing test",
                                  "X07 has no passing test"])

    def test_a_reason_is_not_shown_by_a_test_of_a_longer_one(self):
        codes = ["E_QUOTA", "E_QUOTA_STALE"]
        tests = {"E_QUOTA_STALE_x": True}
        self.assertFalse(coverage.produced(tests, "E_QUOTA", codes))
        self.assertTrue(coverage.produced(tests, "E_QUOTA_STALE", codes))
        self.assertFalse(coverage.produced({"E_QUOTA": False}, "E_QUOTA", codes))

    def test_a_reason_nobody_produces_is_named(self):
        faults = []
        rows = [("E_QUOTA", "ORGANISER", "额度不足"), ("E_LOST", "NONE", "没有")]
        text = quiet(coverage.report_reasons, self.everything(), rows, faults)
        self.assertEqual(faults, ["E_LOST is produced by no passing test Reasons.E_LOST…"])
        self.assertNotIn("every reason code produced", text)


if __name__ == "__main__":
    unittest.main(argv=["coverage_test"])
