"""SIGTERM under half load, again and again on one data directory: nothing that was acknowledged is lost,
every customer is served in the end, and the process ends with 0 within ten seconds."""

import os
import random
import shutil
import tempfile
import time
import unittest

from clients import import_lines
from customer import Customer
from gateway import Gateway
from messages import shanghai_family
from till import Till

CYCLES = int(os.environ.get("GONGJI_DRAIN_CYCLES", "5"))
CUSTOMERS = 16
FUND_FEN = 100_000_000
STOP_LIMIT_S = 10


class Drain(unittest.TestCase):
    def setUp(self):
        self.seed = int(os.environ.get("GONGJI_SEED", random.SystemRandom().randrange(1 << 32)))
        self.chance = random.Random(self.seed)
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.gateway = Gateway(self.folder.name).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        self.gateway.keep_its_ports()
        self.assertEqual(import_lines(self.gateway, shanghai_family("1000000.00"))["refused"], [])
        self.customers = [Customer(self.gateway, number % 2 == 0) for number in range(CUSTOMERS)]

    def buy_during(self, what):
        """Runs it while customers buy; then waits until each has got what he asked for last."""
        for customer in self.customers:
            customer.start()
        try:
            what()
        finally:
            for customer in self.customers:
                customer.ending = True
        for customer in self.customers:
            customer.join(60)
            self.assertFalse(customer.is_alive(), "a customer waits for ever")
            customer.hang_up()

    def stop_and_start(self, cycles):
        times = []
        for cycle in range(cycles):
            time.sleep(self.chance.uniform(0.2, 0.8))
            began = time.monotonic()
            self.assertEqual(self.gateway.stop(timeout_s=60), 0, f"cycle {cycle}, seed {self.seed}")
            times.append(time.monotonic() - began)
            self.gateway.start()
        self.assertLessEqual(max(times), STOP_LIMIT_S, f"seed {self.seed}")
        return sorted(times)

    def differences(self):
        till = Till()
        for customer in self.customers:
            till.sent.update(customer.sent)
            till.told.update(customer.told)
        return till.differences(self.gateway, FUND_FEN), len(till.sent), len(till.told)

    def test_sigterm_under_half_load_loses_nothing(self):
        times = []
        self.buy_during(lambda: times.extend(self.stop_and_start(CYCLES)))
        wrong, sent, told = self.differences()
        self.assertEqual(wrong, [], f"seed {self.seed}")
        self.assertEqual(told, sent, "every customer got what he asked for")
        self.assertGreater(sent, CYCLES * 10)
        self.assertEqual(self.gateway.stop(), 0)
        code, said = self.gateway.audit()
        self.assertEqual(code, 0, said)
        retries = sum(customer.retries for customer in self.customers)
        print(f"seed {self.seed}: {CYCLES} times SIGTERM, {told} acknowledged, 0 lost, {retries} sent again; "
              f"stopped in {times[len(times) // 2]:.2f} s (median), {times[-1]:.2f} s (longest)")

    def test_control_a_store_that_lost_a_second_is_found_out(self):
        self.assertEqual(self.gateway.stop(), 0)
        kept = os.path.join(self.folder.name, "kept")
        shutil.copytree(self.gateway.data, kept)
        self.gateway.start()
        self.buy_during(lambda: self.stop_and_start(1))
        self.assertEqual(self.gateway.stop(), 0)
        shutil.rmtree(self.gateway.data)
        shutil.move(kept, self.gateway.data)
        self.gateway.start()
        wrong, _, told = self.differences()
        self.assertGreaterEqual(len(wrong), told, "each acknowledged purchase that is gone is named")


if __name__ == "__main__":
    unittest.main()
