"""The book of a crowd of families: every write that was sent, what was answered, and afterwards whether
the gateway still stands by it. Money is counted from the answers alone."""

import collections
import concurrent.futures
import http.client
import json
import threading

from clients import Frames
from messages import PHARMACY, TAIYUAN, a_person, sign_in
from rest import Answer, Desk

FUND_FEN = 10_000_000
DEPTH = 32


class Crowd:
    """Employees with money and residents without, in Shanghai and in Taiyuan."""

    def __init__(self, families=10):
        def numbers(prefix):
            return [f"{prefix}{number:014d}" for number in range(1, families + 1)]
        self.holders = {"SH": numbers("310101000001"), "SX": numbers("140106000001")}
        self.residents = {"SH": numbers("310101000002"), "SX": numbers("140106000002")}
        self.everybody = [one for group in (self.holders, self.residents)
                          for numbered in group.values() for one in numbered]
        self.fund_fen = FUND_FEN * 2 * families

    def lines(self):
        for group in self.holders.values():
            yield from (a_person(one, "310", f"{FUND_FEN // 100}.00") for one in group)
        for group in self.residents.values():
            yield from (a_person(one, "390") for one in group)


def fen(value):
    return round(float(value) * 100)


class Write:
    """One request to /v1 under its key, and the first answer there was."""

    def __init__(self, kind, method, path, body, key):
        self.kind, self.method, self.path, self.body, self.key = kind, method, path, body, key
        self.answer = None

    def applied(self):
        return self.answer is not None and self.answer.status in (200, 201)

    def __repr__(self):
        return f"{self.method} {self.path} {self.body} ({self.key})"


class Book:
    def __init__(self):
        self.lock = threading.Lock()
        self.writes, self.messages, self.told = [], {}, {}
        self.fresh_writes, self.fresh_messages = [], []  # of this cycle

    def note_write(self, write):
        with self.lock:
            self.writes.append(write)
            self.fresh_writes.append(write)

    def note_message(self, institution, message):
        with self.lock:
            self.messages[message["msgid"]] = (institution, message)
            self.fresh_messages.append(message["msgid"])

    def note_answer(self, msgid, payload):
        with self.lock:
            self.told.setdefault(msgid, payload)

    def acknowledged(self):
        return sum(write.applied() for write in self.writes) + sum(map(was_applied, self.told.values()))

    def applied_kinds(self):
        return collections.Counter(write.kind for write in self.writes if write.applied())

    def repeat(self, gateway, everything=False):
        """Sends all of it again, as a client does that got no answer. What was acknowledged must be
        answered in the same bytes and as a replay; what was not gets its answer now."""
        writes = self.writes if everything else self.fresh_writes
        msgids = list(self.messages) if everything else self.fresh_messages
        wrong = self.repeat_writes(gateway, writes) + self.repeat_messages(gateway, msgids)
        self.fresh_writes, self.fresh_messages = [], []
        return wrong

    def repeat_writes(self, gateway, writes):
        desk = Desk(gateway)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            answers = pool.map(lambda one: desk.write(one.method, one.path, one.body, one.key), writes)
            return [fault for write, answer in zip(writes, answers) for fault in self.compare(write, answer)]

    def compare(self, write, answer):
        if not write.applied():
            write.answer = answer  # there was none, or it may have been refused for lack of room
        elif not answer.replayed or (answer.status, answer.data) != (write.answer.status, write.answer.data):
            yield f"{write}: told {write.answer}, now {answer}, replayed {answer.replayed}"

    def repeat_messages(self, gateway, msgids):
        wrong = []
        for institution in (PHARMACY, TAIYUAN):
            mine = [msgid for msgid in msgids if self.messages[msgid][0] == institution]
            frames = Frames(gateway.tcp, institution, sign_in(institution))
            for start in range(0, len(mine), DEPTH):
                part = mine[start:start + DEPTH]
                for number, msgid in enumerate(part):
                    frames.send(number, self.messages[msgid][1])
                for number, payload in (frames.receive_bytes() for _ in part):
                    wrong += self.compare_message(part[number], payload)
            frames.close()
        return wrong

    def compare_message(self, msgid, payload):
        first = self.told.setdefault(msgid, payload)
        if was_applied(first) and payload != first:
            yield f"{msgid}: told {first[:200]!r}, now {payload[:200]!r}"
        elif not was_applied(first):
            self.told[msgid] = payload  # it may have been refused for lack of room

    def spent_fen(self):
        """What settlements took and cancels gave back, by their answers; credits count against it."""
        spent = sum(fen(json.loads(payload)["output"]["setlinfo"]["acct_pay"])
                    for payload in self.told.values() if was_applied(payload))
        return spent - sum(fen(write.body["amount"]) for write in self.writes
                           if write.applied() and write.path.endswith("/credits"))

    def orders(self):
        return {write.answer["id"] for write in self.writes
                if write.applied() and write.path == "/v1/contributions"}


def was_applied(payload):
    return json.loads(payload)["infcode"] == 0


def money_fault(gateway, crowd, book):
    """All balances, what was spent, and every contribution that stands: together what there was."""
    desk = Desk(gateway)
    held = 0
    for one in crowd.everybody:
        balances = desk.get(f"/v1/persons/{one}")["balances"]
        held += fen(balances["current_year"]) + fen(balances["carryover"])
    paid = [desk.get(f"/v1/contributions/{order}").json for order in book.orders()]
    contributed = sum(fen(order["amount"]) for order in paid if order["status"] == "paid")
    rest = crowd.fund_fen - held - book.spent_fen() - contributed
    return f"{rest} fen are missing" if rest else None


def network_faults(gateway, crowd):
    """Everybody in one network at most, and his role says which side he is on."""
    desk, member_of, organising = Desk(gateway), {}, set()
    for holder in crowd.holders["SH"] + crowd.holders["SX"]:
        shown = desk.get(f"/v1/networks/{holder}")
        if shown.status == 404:
            continue
        members = [member["psn_no"] for member in shown["members"]]
        if members:
            organising.add(holder)
        for member in members:
            member_of.setdefault(member, []).append(holder)
    faults = [f"{one} is a member of {two}" for one, two in member_of.items() if len(two) != 1]
    faults += [f"{one} organises and is a member" for one in organising & set(member_of)]
    for one in crowd.everybody:
        role = desk.get(f"/v1/persons/{one}")["role"]
        if (role == "MEMBER") != (one in member_of) or (one in organising and role != "ORGANISER"):
            faults.append(f"{one} is shown as {role or 'nothing'}, member of {member_of.get(one)}")
    return faults


class Caller:
    """Writes to /v1 over one connection until it breaks."""

    def __init__(self, gateway, book):
        self.book, self.desk = book, Desk(gateway)
        self.connection = http.client.HTTPConnection(*gateway.http, timeout=30)
        self.close = self.connection.close

    def send(self, write):
        self.book.note_write(write)
        data = None if write.body is None else json.dumps(write.body).encode()
        self.connection.request(write.method, write.path, data, self.desk.headers(
            {"Idempotency-Key": write.key, "Content-Type": "application/json"}))
        answer = self.connection.getresponse()
        write.answer = Answer(answer.status, dict(answer.headers), answer.read())
