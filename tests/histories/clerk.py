"""One of many who deal with the same few households at once, and write down what they asked, what they were
told and when."""

import http.client
import json
import threading
import time

import household_model as model
from clients import Frames
from linearizable import Operation
from messages import PHARMACY, cancel, new_msgid, sale, sign_in, undo
from rest import Desk

NOT_TAKEN = ("E_BUSY", "E_DEADLINE")  # certainly without effect
CONNECT_TRIES = 1200  # with a pause of 50 ms between them
UNREACHABLE = (OSError, http.client.HTTPException, ValueError, AssertionError, TypeError)


class Family:
    """One household, and what its clerks know of it."""

    def __init__(self, number, fund_fen):
        self.father = f"3101010000000000000003{number:04d}"
        self.children = [f"31010100000000000000{kind}{number:04d}" for kind in ("04", "05")]
        self.fund_fen = fund_fen
        self.sold = []  # messages that settle, said or about to be
        self.told = {}  # key -> what its settlement answered
        self.operations = []

    def note(self, *arguments):
        self.operations.append(Operation(*arguments))


class Clerk(threading.Thread):
    def __init__(self, gateway, families, chance, operations, over_tcp):
        super().__init__()
        self.gateway, self.families, self.chance = gateway, families, chance
        self.left, self.over_tcp = operations, over_tcp
        self.connection = None
        self.fault = None

    def run(self):
        try:
            for _ in range(self.left):
                self.work(self.chance.choice(self.families))
        except Exception as fault:  # told by the test
            self.fault = fault
        self.hang_up()

    def work(self, family):
        draws = [self.sell] * 8 + [self.say_again] * 3 + [self.take_back] * 2 + [self.undo] * 3 + [self.look] * 5
        self.chance.choice(draws + [self.insure])(family)

    # ---- what a clerk does ----

    def sell(self, family):
        fen = self.chance.randrange(1, 4000)
        message = sale(self.chance.choice(family.children), f"{fen // 100}.{fen % 100:02d}")
        family.sold.append(message)
        if self.chance.random() < 0.15:
            return self.undo(family, message)  # before it arrives, if nobody else says it meanwhile
        self.say(family, message)

    def say_again(self, family):
        if family.sold:
            self.say(family, self.chance.choice(family.sold))

    def say(self, family, message):
        fen = round(float(message["input"]["druginfo"]["medfee_sumamt"]) * 100)
        answer = self.note(family, model.SETTLE, message["msgid"], fen, lambda: self.national(message), self.split_of)
        if answer is not None and answer["infcode"] == 0:
            family.told[message["msgid"]] = answer["output"]["setlinfo"]

    def take_back(self, family):
        if not family.told:
            return
        key = self.chance.choice(list(family.told))
        info = family.told[key]
        message = cancel(info["setl_id"], info["mdtrt_id"], info["psn_no"])
        self.note(family, model.CANCEL, key, None, lambda: self.national(message), self.outcome_of)

    def undo(self, family, original=None):
        original = original or (self.chance.choice(family.sold) if family.sold else None)
        if original is None:
            return
        message = undo(original["msgid"], psn_no=original["input"]["druginfo"]["psn_no"])
        self.note(family, model.UNDO, original["msgid"], None, lambda: self.national(message), self.outcome_of)

    def look(self, family):
        path = f"/v1/persons/{family.father}"
        self.note(family, model.READ, family.father, None, lambda: Desk(self.gateway).get(path),
                  lambda answer: fen_of(answer["balances"]["carryover"]))

    def insure(self, family):
        child = self.chance.choice(family.children)
        premium = {"psn_no": child, "purpose": "RESIDENT_PREMIUM", "year": 2026}
        self.note(family, model.CONTRIBUTE, child, None,
                  lambda: Desk(self.gateway).post("/v1/contributions", premium, key=new_msgid()),
                  lambda answer: model.DONE if answer.status == 201 else answer["code"])

    # ---- how it is said and written down ----

    def note(self, family, kind, subject, value, ask, read):
        self.connect()
        called = time.monotonic()
        try:
            answer = ask()
            said = read(answer)
        except UNREACHABLE:  # cut off, or "unknown": nobody knows whether it happened
            family.note(kind, subject, value, None, called)
            self.hang_up()
            return None
        if said in NOT_TAKEN:
            return None
        family.note(kind, subject, value, said, called, time.monotonic())
        return answer

    def split_of(self, answer):
        if answer["infcode"] != 0:
            return self.outcome_of(answer)
        info = answer["output"]["setlinfo"]
        return fen_of(info["acct_mulaid_pay"]), fen_of(info["psn_cash_pay"])

    @staticmethod
    def outcome_of(answer):
        if answer["infcode"] == -1:
            raise ValueError("outcome unknown")
        return model.DONE if answer["infcode"] == 0 else answer["err_msg"].split(" ")[0]

    def national(self, message):
        return self.by_frame(message) if self.over_tcp else self.by_http(message)

    def connect(self):
        """Waits until the gateway is there: what cannot even be sent is nothing to write down."""
        for _ in range(CONNECT_TRIES):
            try:
                if self.connection is None and self.over_tcp:
                    self.connection = Frames(self.gateway.tcp, PHARMACY, sign_in())
                elif self.connection is None:
                    self.connection = http.client.HTTPConnection(*self.gateway.http, timeout=30)
                    self.connection.connect()
                return
            except OSError:
                self.hang_up()
                time.sleep(0.05)
        raise AssertionError("the gateway never came back")

    def by_frame(self, message):
        return self.connection.ask(message)

    def by_http(self, message):
        self.connection.request("POST", "/fsi/api", json.dumps(message), {"Content-Type": "application/json"})
        return json.loads(self.connection.getresponse().read())

    def hang_up(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def fen_of(amount):
    return round(float(amount) * 100)
