"""gongji-load's special days against a real gateway, in short: each does what it says, and its audit sees
money that went another way."""

import datetime
import json
import os
import subprocess
import tempfile
import threading
import unittest

import shifted_clock
from gateway import BIN, Gateway
from rest import Desk

FAMILIES = 60
FATHER_OF_FAMILY_0 = "319100000000000"  # loadtest/population.hpp
YEAR_WITH_A_PRICE = "2026"  # config/policies/SH-2025.toml


def closed_year(today):
    """The year of the last 30 June before today."""
    return today.year if (today.month, today.day) >= (7, 1) else today.year - 1


class SpecialDays(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.gateway = Gateway(self.folder)
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())

    def generator(self, *arguments):
        return subprocess.run(
            [os.path.join(BIN, "gongji-load"), "--http", "%s:%d" % self.gateway.http, "--families", str(FAMILIES),
             "--singles", "20", "--connections", "4", "--token-file", self.gateway.token_file, *arguments],
            capture_output=True, text=True, timeout=110)

    def prepare(self):
        done = self.generator("--prepare")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def load(self, profile, *more):
        """Its exit code and its report."""
        report = os.path.join(self.folder, "report.json")
        done = self.generator("--json", report, "--html", os.path.join(self.folder, "report.html"), "--profile",
                              profile, *more)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        self.assertTrue(os.path.exists(report), done.stdout + done.stderr)
        self.said = done.stdout
        with open(report) as file:
            return done.returncode, json.load(file)

    def premiums(self):
        return self.load("deadline-day", "--count", str(3 * FAMILIES), "--premium_year",
                         YEAR_WITH_A_PRICE, "--audit")

    def take_one_yuan(self):
        desk = Desk(self.gateway)
        answer = desk.post(f"/v1/accounts/{FATHER_OF_FAMILY_0}/debits",
                           {"bucket": "carryover", "amount": "1.00", "reason": "CORE_USE"})
        self.assertEqual(answer.status, 200, answer)

    def test_on_the_deadline_day_every_child_is_paid_for_once(self):
        self.gateway.start()
        self.prepare()
        code, report = self.premiums()
        self.assertEqual(code, 0, self.said)
        paid, audit = report["kinds"]["premium"]["counts"], report["audit"]
        self.assertEqual((paid["applied"], paid["refused"], paid["busy"]), (FAMILIES, 0, 0), self.said)
        self.assertEqual((audit["premiums_right"], audit["premiums_wrong"]), (FAMILIES, 0))
        self.assertEqual(audit["paid_answered"], audit["balance_drop"])
        self.assertEqual(report["kinds"]["settle"]["counts"]["applied"], 2 * FAMILIES)
        code, report = self.premiums()
        self.assertEqual((code, report["codes"]), (0, {"E_ALREADY_PAID": FAMILIES}), self.said)

    def test_on_the_first_of_july_every_account_is_rolled_beside_the_load(self):
        year = closed_year(datetime.date.today())
        self.gateway.environment.update(shifted_clock.at(self.folder, f"{year}-06-20 04:00:00"))
        self.gateway.start()
        self.prepare()
        self.assertEqual(self.gateway.stop(60), 0)
        for name in ("LD_PRELOAD", "GONGJI_CLOCK_SHIFT_S"):
            del self.gateway.environment[name]
        self.gateway.start()
        code, report = self.load("july-first", "--rate", "100", "--duration_s", "3", "--roll_after_s", "1", "--audit")
        self.assertEqual(code, 0, self.said)
        roll, accounts = report["roll"], FAMILIES + 10  # every second of the singles has an account
        self.assertEqual((roll["year"], roll["complete"], roll["accounts_refused"]), (year, True, 0), self.said)
        self.assertEqual((roll["accounts_rolled"], roll["accounts_done"]), (accounts, 2 * FAMILIES + 20), self.said)
        self.assertGreater(report["counts"]["applied"], 250)
        self.assertTrue(report["audit"]["passed"], self.said)
        code, report = self.load("july-first", "--count", "10")
        self.assertEqual((code, report["roll"]["accounts_rolled"]), (0, 0), "each account once a year")

    def soak(self, *more):
        return self.load("soak", "--rate", "120", "--duration_s", "4", "--interval_s", "2",
                         "--server_pid", str(self.gateway.process.pid), *more)

    def test_a_soak_audits_each_interval_and_watches_memory(self):
        self.gateway.start()
        self.prepare()
        code, report = self.soak("--growth_max_mb", "1000")
        self.assertEqual(code, 0, self.said)
        intervals = report["soak"]["intervals"]
        self.assertEqual([each["audit_passed"] for each in intervals], [True, True], self.said)
        self.assertTrue(all(each["resident_mb"] > 1 for each in intervals))
        self.assertGreater(report["audit"]["settlements_right"], 100)
        self.assertEqual(report["audit"]["settlements_right"], report["audit"]["settlements_answered"])
        code, report = self.soak("--growth_max_mb=-10000")
        self.assertEqual((code, len(report["soak"]["problems"])), (1, 1), "control: it can be too much")

    def test_control_a_yuan_that_went_another_way_fails_the_soak(self):
        self.gateway.start()
        self.prepare()
        done = threading.Event()
        thief = threading.Thread(target=lambda: [self.take_one_yuan() for _ in iter(lambda: done.wait(0.3), True)])
        thief.start()
        try:
            code, report = self.soak()
        finally:
            done.set()
            thief.join()
        self.assertEqual(code, 1, self.said)
        self.assertEqual([each["audit_passed"] for each in report["soak"]["intervals"]], [False], self.said)
        self.assertEqual(report["audit"]["accounts_wrong"], 1, self.said)


if __name__ == "__main__":
    unittest.main()
