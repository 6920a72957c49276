"""A gateway with one family and one institution for each proof, and the tills of one example client."""

import os
import tempfile
import unittest

from clients import import_lines, person
from fault_relay import FaultRelay
from gateway import Gateway
from kits import KITS
from messages import CERTNO, CHILD, FATHER, shanghai_family

SECRET = "a-secret-of-the-tests-6f2d"
INSTITUTIONS = {"none": "P31010100001", "xtif": "P31010100002", "hmac": "P31010100003"}
PAASID = "tests_pharmacy_2"
ENTRY = """
[[institution]]
code = "{code}"
name = "示例大药房"
kind = "pharmacy"
area = "310101"
auth = "{proof}"
{keys}"""
KEYS = {"none": "", "xtif": f'secret = "{SECRET}"\npaasid = "{PAASID}"\n', "hmac": f'secret = "{SECRET}"\n'}


def register_of(folder):
    """The setting that names a register of these three."""
    register = os.path.join(folder, "institutions.toml")
    with open(register, "w", encoding="utf-8") as file:
        for proof, code in INSTITUTIONS.items():
            file.write(ENTRY.format(code=code, proof=proof, keys=KEYS[proof]))
    return f"institutions.file={register}"


class TownTest(unittest.TestCase):
    """The father's carry-over balance pays for the child; it says what was debited, and how often."""

    FUND = "1000.00"

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder, self.tills = folder.name, 0
        self.gateway = Gateway(self.folder, [register_of(self.folder)]).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        self.assertEqual(import_lines(self.gateway, shanghai_family(self.FUND))["refused"], [])

    def balance(self):
        return person(self.gateway, FATHER)["balances"]["carryover"]

    def till(self, kit_name, relay=None, **settings):
        kit = KITS[kit_name]
        address = relay.address if relay else self.gateway.tcp if kit.tcp else self.gateway.http
        folder = tempfile.mkdtemp(dir=self.folder)
        self.tills += 1  # each with a number of its own: their msgids must differ
        institution = settings.pop("institution", INSTITUTIONS["none"])
        return kit.till(folder, address, institution, till=f"{self.tills:02d}", **settings)

    def relay(self, kit_name):
        kit = KITS[kit_name]
        relay = FaultRelay(self.gateway.tcp if kit.tcp else self.gateway.http, kit.tcp)
        self.addCleanup(relay.close)
        return relay

    def holds(self, shown, **expected):
        """What a till printed has these values."""
        self.assertEqual({name: shown.get(name) for name in expected}, expected, shown)

    @staticmethod
    def buying(amount, *more):
        return ("buy", CHILD, CERTNO[CHILD], amount, *more)

    @staticmethod
    def quoting(amount):
        return ("quote", CHILD, CERTNO[CHILD], amount)
