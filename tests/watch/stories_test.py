"""promtool plays both stories of every alert, and reads every file a Prometheus is given."""

import glob
import os
import re
import shutil
import subprocess
import tempfile
import unittest

from gateway import SOURCE

MONITORING = os.path.join(SOURCE, "monitoring")
RULES = os.path.join(MONITORING, "rules")


def promtool(*arguments):
    done = subprocess.run(["promtool", *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


class Stories(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if shutil.which("promtool") is None:
            raise AssertionError("promtool is not installed (package prometheus)")

    def test_every_alert_fires_in_one_story_and_is_silent_in_the_other(self):
        files = sorted(glob.glob(os.path.join(RULES, "tests", "*.yml")))
        self.assertGreaterEqual(len(files), 7)
        code, said = promtool("test", "rules", *files)
        self.assertEqual(code, 0, said)
        stories = sum(len(re.findall(r"^  - name: ", open(file).read(), re.MULTILINE)) for file in files)
        print(f"{stories} stories, {said.count('SUCCESS')} files")

    def test_a_story_that_does_not_come_true_is_seen(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(RULES, os.path.join(folder, "rules"))
            path = os.path.join(folder, "rules", "money.yml")
            text = open(path).read()
            open(path, "w").write(text.replace("gongji_ledger_imbalance_fen != 0", "gongji_ledger_imbalance_fen > 9"))
            code, said = promtool("test", "rules", os.path.join(folder, "rules", "tests", "money_1m.yml"))
            self.assertNotEqual(code, 0, said)

    def test_the_shipped_configuration_is_accepted_with_all_its_rules(self):
        code, said = promtool("check", "config", os.path.join(MONITORING, "prometheus.yml"))
        self.assertEqual(code, 0, said)
        self.assertEqual(said.count("SUCCESS:"), 2 + len(glob.glob(os.path.join(RULES, "*.yml"))), said)


if __name__ == "__main__":
    unittest.main()
