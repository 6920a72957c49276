"""Thousands of messages with copies, alterations, retries, cancels and reversals at once, killed in between."""

import os
import random
import tempfile
import time
import unittest

from bills import Bill
from clients import settle
from gateway import Gateway
from messages import new_msgid, sale
from storm import Storm
from storm_model import SETTLE, Model

MESSAGES = int(os.environ.get("GONGJI_STORM_MESSAGES", "5000"))
KILLS = int(os.environ.get("GONGJI_STORM_KILLS", "2"))
# Nothing is turned away here: neither by a loaded machine nor because two senders share the gateway.
SETTINGS = ["gateway.deadline_ms=600000", "admission.institution_inflight_shared_max=1000000"]


class StormTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.gateway = Gateway(self.folder.name, SETTINGS).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        self.seed = int(os.environ.get("GONGJI_SEED", random.SystemRandom().randrange(1 << 32)))
        print(f"seed {self.seed}", flush=True)

    def storm(self, bill_class=Bill):
        storm = Storm(self.gateway, random.Random(self.seed), bill_class)
        self.addCleanup(storm.close)
        return storm

    def test_every_answer_and_every_balance_is_one_the_model_allows(self):
        storm, started = self.storm(), time.monotonic()
        storm.run(MESSAGES, at_once=100, kills=KILLS)
        storm.ask_about_everything()
        self.assertEqual(storm.wrong, [], f"seed {self.seed}")
        self.assertEqual(storm.kills, KILLS)
        self.assertEqual(storm.balance_faults(), [], f"seed {self.seed}")
        self.assertEqual(self.gateway.stop(), 0)
        code, said = self.gateway.audit()
        self.assertEqual(code, 0, said)
        self.everything_happened(storm)
        print(f"{storm.messages} messages about {len(storm.bills)} bills, {KILLS} kills, "
              f"{time.monotonic() - started:.0f} s: {dict(storm.counts)}")

    def everything_happened(self, storm):
        """A storm in which something never came up would prove nothing of it."""
        expected = ["", "E_IDEMPOTENCY", "E_ALREADY_REVERSED", "E_REVERSED_BEFORE_ARRIVAL"]
        if MESSAGES >= 20_000:
            expected.append("E_POSSIBLE_DUPLICATE")  # one in a thousand
        for code in expected:
            self.assertGreater(storm.counts[code], 0, f"nothing was answered {code or 'with success'}")

    # ---- controls ----

    def test_control_a_model_that_lets_altered_copies_pass_is_contradicted(self):
        class Careless(Model):
            def again(self, state, said, known):
                if known.content != said.content and known.kind == SETTLE:
                    return self.like_settlement(state, said, known.reference)
                return super().again(state, said, known)

        self.contradicted(bill_with(Careless))

    def test_control_a_model_without_business_keys_is_contradicted(self):
        class Forgetful(Model):
            def settle(self, state, said):
                self.has_key = False
                return super().settle(state, said)

        self.contradicted(bill_with(Forgetful))

    def test_control_a_client_whose_copies_carry_new_ids_is_seen_to_debit_twice(self):
        class Broken(Bill):
            def message(self, said):
                message = super().message(said)
                if said.kind == SETTLE and self.infno == "2102":
                    message["msgid"] = new_msgid()
                return message

        self.contradicted(Broken)

    def test_control_a_settlement_outside_the_book_is_seen(self):
        storm = self.storm()
        storm.run(300, at_once=50, kills=0)
        storm.ask_about_everything()
        self.assertEqual((storm.wrong, storm.balance_faults()), ([], []), f"seed {self.seed}")
        self.assertEqual(settle(self.gateway, sale(storm.children[3], "0.01"))["infcode"], 0)
        self.assertEqual(len(storm.balance_faults()), 1)

    def contradicted(self, bill_class):
        storm = self.storm(bill_class)
        storm.run(3000, at_once=100, kills=0)
        self.assertNotEqual(storm.wrong, [], f"seed {self.seed}: the test is blind")


def bill_with(model_class):
    class Told(Bill):
        def __init__(self, number, patient, chance):
            super().__init__(number, patient, chance, model_class)

    return Told


if __name__ == "__main__":
    unittest.main()
