"""The year-end roll beside settlements with a kill -9 in the middle, in short; loadtest/roll has it in long."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

from gateway import SOURCE

ROLL = os.path.join(SOURCE, "loadtest", "roll")
ACCOUNTS, FAMILIES = 20_000, 300
sys.path.insert(0, ROLL)


class Roll(unittest.TestCase):
    def test_a_roll_that_was_killed_goes_on_and_rolls_nothing_twice(self):
        with tempfile.TemporaryDirectory() as folder:
            figures = os.path.join(folder, "figures.json")
            done = subprocess.run(
                [sys.executable, os.path.join(ROLL, "roll_beside_load.py"), "--accounts", str(ACCOUNTS),
                 "--families", str(FAMILIES), "--rate", "300", "--lead_s", "3", "--load_s", "14",
                 "--folder", os.path.join(folder, "data"), "--json", figures],
                capture_output=True, text=True)
            self.assertTrue(os.path.exists(figures), done.stdout + done.stderr)
            with open(figures) as file:
                found = json.load(file)
        said = json.dumps(found["first_faults"], indent=1) + found["roll_said"] + found["audit_said"]
        self.assertEqual((found["faults"], done.returncode), (0, 0), said)
        self.assertEqual(found["accounts_rolled"], ACCOUNTS + FAMILIES, said)
        self.assertTrue(0 < found["rolled_after_restart"] < ACCOUNTS, "the kill came in the middle")
        self.assertTrue(found["complete"])
        self.assertEqual((found["refused"], found["audit_exit_code"]), (0, 0), said)
        self.everything_is_answered(found)

    def everything_is_answered(self, found):
        counts, audit = found["load"]["counts"], found["load_audit"]
        self.assertTrue(audit["passed"], audit)
        self.assertGreater(counts["applied"], 300 * 12)
        self.assertEqual((counts["refused"], counts["busy"]), (0, 0))
        for fault in ("settlements_wrong", "open_unsolved", "accounts_wrong"):
            self.assertEqual(audit[fault], 0, fault)
        self.assertEqual(audit["open_asked"], counts["unknown"])


class Checks(unittest.TestCase):
    """Controls: the checks see an account that was left out, rolled twice, or rolled by a wrong amount."""

    def faults(self, events):
        import roll_checks

        pages = [{"items": events, "next_cursor": "9"}, {"items": [], "next_cursor": "9"}]
        reader = mock.Mock()
        reader.get.side_effect = pages
        with mock.patch.object(roll_checks, "Reader", return_value=reader):
            return roll_checks.journal_faults(None, {"one": 500, "two": 700}, {})

    def rolled(self, psn_no, amount):
        return {"type": "year_rolled", "psn_no": psn_no,
                "movements": [{"psn_no": psn_no, "bucket": "current_year", "amount": "-" + amount},
                              {"psn_no": psn_no, "bucket": "carryover", "amount": amount}]}

    def test_a_right_roll_has_no_faults(self):
        self.assertEqual(self.faults([self.rolled("one", "5.00"), self.rolled("two", "7.00")]), [])

    def test_an_account_left_out_is_named(self):
        self.assertIn("two was not rolled", self.faults([self.rolled("one", "5.00")]))

    def test_an_account_rolled_twice_is_named(self):
        twice = [self.rolled("one", "5.00"), self.rolled("two", "7.00"), self.rolled("one", "0.00")]
        self.assertIn("one was rolled 2 times", self.faults(twice))

    def test_a_wrong_amount_is_named(self):
        faults = self.faults([self.rolled("one", "5.00"), self.rolled("two", "7.01")])
        self.assertIn("1201 fen became carry-over, 1200 were due", faults)


if __name__ == "__main__":
    unittest.main()
