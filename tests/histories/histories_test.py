"""Clerks deal with the same few households at once, over both transports and /v1, and the gateway is killed in
between; whatever each of them was told must be explained by one order of all they did."""

import dataclasses
import os
import random
import tempfile
import time
import unittest

import household_model as model
from clerk import Clerk, Family
from clients import import_lines
from gateway import Gateway
from household_model import Household
from linearizable import Operation, explained
from messages import a_person

ROUNDS = int(os.environ.get("GONGJI_HISTORY_ROUNDS", "3"))
FAMILIES, CLERKS, OPERATIONS = 2, 8, 30  # operations of each clerk
FUND_FEN = 150_000  # is used up in the course of a round
SETTINGS = ["gateway.deadline_ms=60000"]  # a loaded machine must not turn work away here


def lines_of(family):
    fund = f"{family.fund_fen // 100}.{family.fund_fen % 100:02d}"
    children = [{"psn_no": child, "relation": "CHILD"} for child in family.children]
    return [a_person(family.father, "310", fund), *(a_person(child, "390") for child in family.children),
            {"type": "network", "organizer": family.father, "profile": "SH", "modes": ["PAY", "PREMIUM"],
             "members": children}]


def is_explained(family, operations=None):
    return explained(family.operations if operations is None else operations, Household(family.fund_fen), model.step)


class Histories(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.seed = int(os.environ.get("GONGJI_SEED", random.SystemRandom().randrange(1 << 32)))
        self.chance = random.Random(self.seed)
        self.gateway = Gateway(self.folder.name, SETTINGS).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        self.gateway.keep_its_ports()
        self.families_so_far = 0

    def round(self, with_a_kill):
        """Some households after many clerks have dealt with them at once."""
        families = [Family(self.families_so_far + number, FUND_FEN) for number in range(FAMILIES)]
        self.families_so_far += FAMILIES
        for family in families:
            import_lines(self.gateway, lines_of(family), batch=family.father)
        clerks = [Clerk(self.gateway, families, random.Random(self.chance.random()), OPERATIONS, number % 2 == 0)
                  for number in range(CLERKS)]
        for clerk in clerks:
            clerk.start()
        if with_a_kill:
            time.sleep(self.chance.uniform(0.05, 0.3))
            self.gateway.kill()
            self.gateway.start()
        for clerk in clerks:
            clerk.join()
            self.assertIsNone(clerk.fault)
        self.look_once_more(families)
        return families

    def look_once_more(self, families):
        clerk = Clerk(self.gateway, families, self.chance, 0, over_tcp=True)
        for family in families:
            clerk.look(family)
            for message in list(family.sold):
                clerk.say(family, message)  # each key has kept its outcome, or gets its only one now
            clerk.look(family)
        clerk.hang_up()

    def test_one_order_explains_all_that_anybody_was_told(self):
        done, open_ended = 0, 0
        for number in range(ROUNDS):
            for family in self.round(with_a_kill=number % 2 == 1):
                self.assertTrue(is_explained(family), f"seed {self.seed}, round {number}: {family.operations}")
                done += len(family.operations)
                open_ended += sum(one.answer is None for one in family.operations)
                self.everything_happened(family)
        code, said = self.stopped_and_audited()
        self.assertEqual(code, 0, said)
        print(f"seed {self.seed}: {done} operations on {self.families_so_far} households, {open_ended} without answer")

    def stopped_and_audited(self):
        self.assertEqual(self.gateway.stop(), 0)
        return self.gateway.audit()

    def everything_happened(self, family):
        kinds = {one.kind for one in family.operations}
        self.assertLessEqual({model.SETTLE, model.UNDO, model.READ}, kinds)

    def test_control_what_cannot_have_been_is_found_in_a_real_history(self):
        """A look that saw one fen more; a settlement with another split; a repeat that paid anew."""
        family = self.round(with_a_kill=False)[0]
        self.assertTrue(is_explained(family), f"seed {self.seed}")
        for kind, altered in ((model.READ, lambda answer: answer + 1),
                              (model.SETTLE, lambda answer: (answer[0] + 1, answer[1] - 1))):
            told = [one for one in family.operations if one.kind == kind and isinstance(one.answer, (int, tuple))]
            victim = self.chance.choice(told)
            others = [one for one in family.operations if one is not victim]
            planted = dataclasses.replace(victim, answer=altered(victim.answer))
            self.assertFalse(is_explained(family, others + [planted]), f"seed {self.seed}: {planted} passed")


def operation(kind, subject, value, answer, called, returned):
    return Operation(kind, subject, value, answer, called, returned)


A_SALE = operation("settle", "k1", 300, (300, 0), 0, 1)
MAY_BE = {
    "a look at the same time sees before": [A_SALE, operation("read", "f", None, 1000, 0.5, 1.5)],
    "a look at the same time sees after": [A_SALE, operation("read", "f", None, 700, 0.5, 1.5)],
    "the last money goes to one of two": [operation("settle", "k1", 800, (200, 600), 0, 2),
                                          operation("settle", "k2", 800, (800, 0), 1, 3)],
    "a 2601 at the same time wins": [operation("settle", "k1", 300, "E_REVERSED_BEFORE_ARRIVAL", 0, 2),
                                     operation("undo", "k1", None, "done", 1, 3)],
    "a 2601 at the same time loses whole": [A_SALE, operation("undo", "k1", None, "done", 0.5, 2),
                                            operation("read", "f", None, 1000, 3, 4)],
    "what nobody heard happened": [Operation("settle", "k1", 300, None, 0), operation("read", "f", None, 700, 1, 2)],
    "what nobody heard did not": [Operation("settle", "k1", 300, None, 0), operation("read", "f", None, 1000, 1, 2)],
}
CANNOT_BE = {
    "a look afterwards sees before": [A_SALE, operation("read", "f", None, 1000, 2, 3)],
    "two looks go back in time": [A_SALE, operation("read", "f", None, 700, 0.1, 0.2),
                                  operation("read", "f", None, 1000, 0.3, 0.4)],
    "the last money goes to both": [operation("settle", "k1", 800, (800, 0), 0, 2),
                                    operation("settle", "k2", 800, (800, 0), 1, 3)],
    "a repeat pays again": [A_SALE, operation("settle", "k1", 300, (300, 0), 2, 3),
                            operation("read", "f", None, 400, 4, 5)],
    "a repeat is told another split": [A_SALE, operation("settle", "k1", 300, (200, 100), 2, 3)],
    "a 2601 wins and the sale stands": [operation("undo", "k1", None, "done", 0, 1),
                                        operation("settle", "k1", 300, (300, 0), 2, 3)],
    "a 2601 gives half of it back": [A_SALE, operation("undo", "k1", None, "done", 2, 3),
                                     operation("read", "f", None, 850, 4, 5)],
    "a cancel gives back twice": [A_SALE, operation("cancel", "k1", None, "done", 2, 3),
                                  operation("cancel", "k1", None, "done", 4, 5),
                                  operation("read", "f", None, 1300, 6, 7)],
    "what nobody heard happened later and was seen before": [
        Operation("settle", "k1", 300, None, 2), operation("read", "f", None, 700, 0, 1)],
}


class Checker(unittest.TestCase):
    def test_what_may_be_passes_and_what_cannot_be_does_not(self):
        for expected, histories in ((True, MAY_BE), (False, CANNOT_BE)):
            for name, history in histories.items():
                with self.subTest(name):
                    self.assertEqual(explained(history, Household(1000), model.step), expected)


if __name__ == "__main__":
    unittest.main()
