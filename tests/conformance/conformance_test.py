"""Every conversation of cases/, over every way a message can take: each answer is its golden one, keeps
the identities, and is repeated byte for byte where it is remembered."""

import tempfile
import unittest

import play
import styles
from conversations import all_conversations

# Everything docs/wire.md lists, files and totals of reconciliation excepted (tests/e2e has those).
TRANSACTIONS = set("""9001 9002 1101 2101 2102 2103 2201 2202 2203 2203A 2204 2205 2206 2207 2208
                      2303 2304 2305 2601 2602 5203""".split())
FAMILIES = set("MED TEA NT HSA IB NH YB OH MP HB READINGS".split())


class Conformance(unittest.TestCase):
    maxDiff = None

    def converse(self, style):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        gateway = play.gateway_in(folder.name).start()
        self.addCleanup(lambda: gateway.process.poll() is None and gateway.kill())
        steps = repeats = identities = 0
        for conversation in all_conversations():
            with self.subTest(conversation=conversation):
                played = play.play(conversation, gateway, styles.ALL[style])
                faults = played.faults + [each for step in conversation.steps
                                          for each in play.differences(played, step)]
                self.assertEqual([], faults, "\n" + "\n".join(faults))
                steps += played.steps
                repeats += played.repeats
                identities += played.identities
        self.assertEqual(gateway.stop(), 0)
        code, printed = gateway.audit()
        self.assertEqual(code, 0, printed)
        print(f"{style}: {steps} messages, {repeats} repeated, {identities} answers with money")
        self.assertGreater(min(steps, repeats, identities), 100)

    def test_one_url(self):
        self.converse("one_url")

    def test_url_by_infno(self):
        self.converse("url_by_infno")

    def test_url_by_method(self):
        self.converse("url_by_method")

    def test_tcp(self):
        self.converse("tcp")


class Cases(unittest.TestCase):
    def test_every_kind_of_client_and_every_transaction_is_there(self):
        conversations = all_conversations()
        self.assertEqual({each.family for each in conversations}, FAMILIES)
        applied = {step.what for each in conversations for step in each.steps
                   if step.golden()["infcode"] in ("0", 0)}
        self.assertEqual(TRANSACTIONS - applied, set())

    def test_no_two_share_a_person_and_none_is_without_a_word_about_it(self):
        seen = set()
        for conversation in all_conversations():
            self.assertGreater(len(conversation.about), 10, conversation)
            self.assertTrue(conversation.steps, conversation)
            persons = {line["psn_no"] for line in conversation.people if line["type"] == "person"}
            self.assertTrue(persons, conversation)
            self.assertEqual(seen & persons, set(), conversation)
            seen |= persons


if __name__ == "__main__":
    unittest.main()
