"""A purchase, a cancel and a reversal with curl alone."""

import json
import shutil
import subprocess
import tempfile
import unittest

from clients import import_lines, person
from gateway import Gateway
from messages import FATHER, cancel, query, sale, shanghai_family, undo


class Curl(unittest.TestCase):
    def setUp(self):
        self.assertTrue(shutil.which("curl"), "the package curl is missing")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.gateway = Gateway(folder.name).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        import_lines(self.gateway, shanghai_family("5000.00"))

    def curl(self, message):
        url = "http://%s:%d/fsi/api/%s" % (*self.gateway.http, message["infno"])
        done = subprocess.run(["curl", "-sS", "--fail", "--max-time", "30", "-H", "Content-Type: application/json",
                               "--data-binary", "@-", url], input=json.dumps(message), text=True, check=True,
                              capture_output=True)
        answer = json.loads(done.stdout)
        self.assertEqual(answer["infcode"], 0, answer)
        return answer["output"]

    def fund(self):
        return person(self.gateway, FATHER)["balances"]["carryover"]

    def test_purchase_cancel_and_reversal(self):
        bought = self.curl(sale())["setlinfo"]
        self.assertEqual((bought["acct_mulaid_pay"], self.fund()), (120, "4880.00"))
        back = self.curl(cancel(bought["setl_id"], bought["mdtrt_id"]))["setlinfo"]
        self.assertEqual((back["acct_mulaid_pay"], self.fund()), (-120, "5000.00"))
        unheard = sale()
        self.curl(unheard)
        self.assertEqual(self.curl(query(unheard["msgid"]))["state"], "applied")
        self.curl(undo(unheard["msgid"]))
        self.assertEqual((self.curl(query(unheard["msgid"]))["state"], self.fund()), ("reversed", "5000.00"))


if __name__ == "__main__":
    unittest.main()
