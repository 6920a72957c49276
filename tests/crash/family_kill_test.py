"""kill -9 while families form, bind, leave, disband, contribute and buy, again and again on one store."""

import contextlib
import http.client
import json
import os
import random
import shutil
import tempfile
import threading
import unittest

from clients import Frames, import_lines, settle
from family_book import Book, Caller, Crowd, Write, money_fault, network_faults, was_applied
from gateway import Gateway, eventually
from messages import PHARMACY, TAIYUAN, cancel, sale, sign_in

CYCLES = int(os.environ.get("GONGJI_FAMILY_CYCLES", "25"))
WORKERS = 6
PURCHASES = 3  # in flight at each of the two tills
SETTINGS = ["counterparties.simulated=true", "counterparties.delay_ms=15",
            "counterparties.refused_per_mille=300"]
CUT = (OSError, http.client.HTTPException)


class Life:
    """Draws what a family does next; most of it is refused, which is an answer as well."""

    def __init__(self, crowd, chance, name):
        self.crowd, self.chance, self.name = crowd, chance, name
        self.serial = 0
        self.joined = []  # area, holder, member: as far as this one knows

    def next_write(self):
        draw = self.chance.choice((self.form, self.bind, self.bind, self.bind, self.unbind, self.leave,
                                   self.rebind, self.disband, self.contribute, self.contribute, self.credit))
        area = self.chance.choice(("SH", "SX"))
        holder = self.chance.choice(self.crowd.holders[area])
        member = self.chance.choice(self.crowd.residents[area] + self.crowd.holders[area])
        if draw in (self.unbind, self.rebind) and self.joined:
            area, holder, member = self.joined.pop(self.chance.randrange(len(self.joined)))
        self.asked = area, holder, member
        self.serial += 1
        return Write(draw.__name__, *draw(area, holder, member), f"{self.name}-{self.serial}")

    def note(self, write):
        if write.applied() and write.kind in ("form", "bind", "rebind"):
            self.joined.append(self.asked)

    def link(self, area):
        terms = {"quota": "5000.00", "from": "2026-01-01", "to": "2099-12-31"} if area == "SX" else {}
        return dict({"relation": self.chance.choice(("CHILD", "SPOUSE", "PARENT"))}, **terms)

    def form(self, area, holder, member):
        return "POST", "/v1/networks", {"organizer": holder, "profile": area, "modes": ["PAY", "PREMIUM"],
                                        "members": [dict(self.link(area), psn_no=member)]}

    def bind(self, area, holder, member):
        return "POST", f"/v1/networks/{holder}/members", dict(self.link(area), psn_no=member)

    def unbind(self, _, holder, member):
        return "DELETE", f"/v1/networks/{holder}/members/{member}", None

    def leave(self, _, holder, member):
        return "POST", f"/v1/persons/{member}/leave", {}

    def rebind(self, area, holder, member):
        return "POST", f"/v1/networks/{holder}/members/{member}/rebind", self.link(area)

    def disband(self, _, holder, member):
        return "DELETE", f"/v1/networks/{holder}", None

    def contribute(self, area, holder, member):
        product = {"purpose": "COMMERCIAL", "product": "HUHUIBAO"}
        what = product if area == "SH" and self.chance.random() < 0.6 else {"purpose": "RESIDENT_PREMIUM"}
        year = self.chance.choice((2025, 2026, 2027))
        return "POST", "/v1/contributions", dict(what, psn_no=member, year=year)

    def credit(self, area, holder, member):
        money = {"bucket": "carryover", "amount": "0.37", "reason": "MONTHLY"}
        return "POST", f"/v1/accounts/{holder}/credits", money


class Cycle:
    """Everybody at work until `after` writes to /v1 have been answered; then the gateway is killed."""

    def __init__(self, gateway, crowd, book, chance, number):
        self.gateway, self.crowd, self.book, self.number = gateway, crowd, book, number
        self.after = chance.randrange(5, 400)
        self.seeds = [chance.randrange(1 << 32) for _ in range(WORKERS + 2)]
        self.answers = 0
        self.lock = threading.Lock()
        self.enough = threading.Event()

    def run(self):
        threads = [threading.Thread(target=self.live, args=(worker,)) for worker in range(WORKERS)]
        threads += [threading.Thread(target=self.buy, args=(WORKERS, PHARMACY, "SH")),
                    threading.Thread(target=self.buy, args=(WORKERS + 1, TAIYUAN, "SX"))]
        for thread in threads:
            thread.start()
        in_time = self.enough.wait(30)
        self.gateway.kill()
        for thread in threads:
            thread.join()
        if not in_time:
            raise AssertionError(f"only {self.answers} answers in 30 s: {self.gateway.log_tail()}")

    def answered(self):
        with self.lock:
            self.answers += 1
            if self.answers == self.after:
                self.enough.set()

    def live(self, worker):
        life = Life(self.crowd, random.Random(self.seeds[worker]), f"c{self.number}-w{worker}")
        try:
            with contextlib.closing(Caller(self.gateway, self.book)) as caller:
                while True:
                    write = life.next_write()
                    caller.send(write)
                    life.note(write)
                    self.answered()
        except CUT:
            pass

    def buy(self, worker, institution, area):
        buyer = Buyer(self.book, random.Random(self.seeds[worker]), institution,
                      self.crowd.residents[area] + self.crowd.holders[area])
        try:
            with contextlib.closing(Frames(self.gateway.tcp, institution, sign_in(institution))) as frames:
                for _ in range(PURCHASES):
                    buyer.send_one(frames)
                while (frame := frames.receive_bytes()) is not None:
                    buyer.note(*frame)
                    buyer.send_one(frames)
        except CUT:
            pass


class Buyer:
    """Buys, and now and then cancels something bought, each purchase once."""

    def __init__(self, book, chance, institution, patients):
        self.book, self.chance, self.institution, self.patients = book, chance, institution, patients
        self.sent, self.bought = [], []

    def send_one(self, frames):
        if self.bought and self.chance.random() < 0.25:
            info = self.bought.pop(self.chance.randrange(len(self.bought)))
            message = cancel(info["setl_id"], info["mdtrt_id"], info["psn_no"], self.institution)
        else:
            amount = f"{self.chance.randrange(1, 40)}.{self.chance.randrange(100):02d}"
            message = sale(self.chance.choice(self.patients), amount, self.institution)
        self.book.note_message(self.institution, message)
        self.sent.append(message)
        frames.send(len(self.sent) - 1, message)

    def note(self, number, payload):
        self.book.note_answer(self.sent[number]["msgid"], payload)
        if self.sent[number]["infno"] == "2102" and was_applied(payload):
            self.bought.append(json.loads(payload)["output"]["setlinfo"])


class FamilyKill(unittest.TestCase):
    def setUp(self):
        self.seed = int(os.environ.get("GONGJI_SEED", random.SystemRandom().randrange(1 << 32)))
        self.chance = random.Random(self.seed)
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.crowd, self.book = Crowd(), Book()
        self.gateway = Gateway(self.folder.name, SETTINGS)
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        self.gateway.start()
        self.assertEqual(import_lines(self.gateway, self.crowd.lines())["refused"], [])

    def cycle(self, number):
        Cycle(self.gateway, self.crowd, self.book, self.chance, number).run()

    def differences(self, everything=False):
        """What the gateway that came back does not stand by. The insurer may still be answering, so
        the money has some seconds to come right."""
        wrong = self.book.repeat(self.gateway, everything)
        faults = []

        def right():
            faults[:] = filter(None, [money_fault(self.gateway, self.crowd, self.book)])
            return not faults
        try:
            eventually(right, "the money adds up", 5)
        except AssertionError:
            wrong += faults
        return wrong + network_faults(self.gateway, self.crowd)

    def test_families_in_motion_lose_nothing_and_nobody(self):
        print(f"seed {self.seed}, {CYCLES} cycles of kill -9 among families in motion")
        for number in range(CYCLES):
            self.cycle(number)
            code, said = self.gateway.audit()
            self.assertEqual(code, 0, f"cycle {number}, seed {self.seed}: {said}")
            self.gateway.start()
            self.assertEqual(self.differences(), [], f"cycle {number}, seed {self.seed}")
        self.assertEqual(self.differences(everything=True), [], f"at the end, seed {self.seed}")
        self.assertEqual(self.gateway.stop(), 0)
        code, said = self.gateway.audit()
        self.assertEqual(code, 0, said)
        kinds = self.book.applied_kinds()
        for kind in ("form", "bind", "unbind", "leave", "rebind", "disband", "contribute", "credit"):
            self.assertGreater(kinds[kind], 0, f"nobody ever did this: {kind}")
        print(kinds)
        print(f"{self.book.acknowledged()} acknowledged, 0 lost, 0 applied twice, {CYCLES + 1} clean audits")

    def test_control_a_store_that_lost_a_cycle_is_found_out(self):
        self.gateway.kill()
        kept = os.path.join(self.folder.name, "kept")
        shutil.copytree(self.gateway.data, kept)
        self.gateway.start()
        self.cycle(0)
        shutil.rmtree(self.gateway.data)
        shutil.move(kept, self.gateway.data)
        self.gateway.start()
        told = self.book.acknowledged()
        wrong = self.book.repeat(self.gateway)
        self.assertEqual(len(wrong), told, "each acknowledged write that is gone is named")

    def test_control_a_settlement_that_nobody_asked_for_is_found_out(self):
        self.cycle(0)
        self.gateway.start()
        self.assertEqual(self.differences(), [], f"seed {self.seed}")
        holder = self.crowd.holders["SH"][0]
        self.assertEqual(settle(self.gateway, sale(holder, "0.01"))["infcode"], 0)
        self.assertEqual(self.differences(), ["1 fen are missing"])


if __name__ == "__main__":
    unittest.main()
