"""kill -9 under load, again and again on one data directory."""

import os
import random
import tempfile
import unittest

from clients import import_lines, person
from gateway import Gateway
from messages import FATHER, shanghai_family
from till import Till

CYCLES = int(os.environ.get("GONGJI_CRASH_CYCLES", "200"))
FUND_FEN = 100_000_000


class Kill(unittest.TestCase):
    def test_nothing_acknowledged_is_lost_or_applied_twice(self):
        seed = int(os.environ.get("GONGJI_SEED", random.SystemRandom().randrange(1 << 32)))
        chance = random.Random(seed)
        print(f"seed {seed}, {CYCLES} cycles of kill -9 with 64 in flight")
        with tempfile.TemporaryDirectory() as folder:
            gateway = Gateway(folder).start()
            import_lines(gateway, shanghai_family("1000000.00"))
            acknowledged = 0
            applied_before = 0
            for cycle in range(CYCLES):
                till = Till()
                till.run_until_cut(gateway, gateway.kill, chance.randrange(1, 400))
                code, said = gateway.audit()
                self.assertEqual(code, 0, f"cycle {cycle}: {said}")
                gateway.start()
                wrong = till.differences(gateway, FUND_FEN - applied_before)
                self.assertEqual(wrong, [], f"cycle {cycle}, seed {seed}")
                applied_before = FUND_FEN - carryover_fen(gateway)
                acknowledged += len(till.told)
            gateway.kill()
        print(f"{acknowledged} acknowledged, 0 lost, 0 applied twice, {CYCLES} clean audits")


def carryover_fen(gateway):
    return int(person(gateway, FATHER)["balances"]["carryover"].replace(".", ""))


if __name__ == "__main__":
    unittest.main()
