"""A till whose connection is cut, and what it does to learn its message's fate."""

import collections
import json

from clients import person
from cutter import END, NEVER, REPLY, REQUEST, Cutter
from gateway import eventually
from messages import CHILD, FATHER, HOSPITAL, PHARMACY, batch, cancel, new_msgid, query, sale, undo
from wires import Line, receive

AMOUNT, AMOUNT_FEN = "0.37", 37
REPEAT, ASK = "repeat", "ask"  # the same message again; 2602, and 2601 for what has not come


class Wrong(AssertionError):
    """A fate that is not definite, or that contradicts what was told before."""


class Till:
    """One client. Its own line is whole; what it sends through `cutter` may break anywhere."""

    def __init__(self, gateway, wire, cutter, institution=PHARMACY):
        self.gateway, self.wire, self.cutter, self.institution = gateway, wire, cutter, institution
        self.line = Line(wire, gateway, institution)
        self.learned = collections.Counter()  # how its fates became known

    def close(self):
        self.line.close()

    def send(self, message, cut):
        """What was heard of the reply."""
        cut.armed = False
        connection = self.cutter.connect(cut)
        try:
            self.wire.open(connection, self.institution)
            cut.armed = True
            connection.sendall(self.wire.encode(message))
            return receive(connection, self.wire)
        except (BrokenPipeError, ConnectionResetError):
            return b""
        finally:
            connection.close()

    def applied(self, message, heard, way):
        """The fate of a message, for good: whether it was applied."""
        told = self.wire.decode(heard)
        if told is not None and json.loads(told)["infcode"] != 0:
            raise Wrong(f"refused: {told.decode()}")
        fate = self.by_repeating(message, heard) if way == REPEAT else self.by_asking(message)
        if told is not None and not fate:
            raise Wrong(f"{message['msgid']} was told that it was applied, and it was not")
        self.learned["told, then " + way if told else way] += 1
        return fate

    def by_repeating(self, message, heard):
        reply = self.line.ask_bytes(message)
        if not reply.startswith(heard):
            raise Wrong(f"heard {heard!r}, the repeat says {reply!r}")
        answer = json.loads(self.wire.decode(reply))
        if answer["infcode"] != 0:
            raise Wrong(f"the repeat of {message['msgid']} says {answer['err_msg']}")
        return True

    def by_asking(self, message):
        state = self.state(message)
        if state == "applied":
            return True
        if state != "unknown":
            raise Wrong(f"{message['msgid']} is {state}")
        if message["infno"] == "2601":
            return self.by_repeating(message, b"")
        self.learned["barred"] += 1  # what has not come must not come later
        barred = self.line.ask(undo(message["msgid"], message["infno"], institution=self.institution))
        after = self.state(message)
        if barred["infcode"] != 0 or after not in ("reversed", "reversed_before_arrival"):
            raise Wrong(f"{message['msgid']} was reversed ({barred['err_msg']}) and is {after}")
        return False

    def state(self, message):
        asked = query(message["msgid"], message["infno"], institution=self.institution)
        states = []

        def settled():
            states.append(self.line.ask(asked)["output"]["state"])
            return states[-1] != "in_flight"

        eventually(settled, f"{message['msgid']} is no longer in flight", timeout_s=30)
        return states[-1]


# Each sends one message through the cut and says how many fen are gone for good after it.

def cut_sale(till, cut, way):
    message = sale(CHILD, AMOUNT)
    heard = till.send(message, cut)
    return AMOUNT_FEN if till.applied(message, heard, way) else 0


def cut_cancel(till, cut, way):
    info = till.line.ask(sale(CHILD, AMOUNT))["output"]["setlinfo"]
    message = cancel(info["setl_id"], info["mdtrt_id"])
    heard = till.send(message, cut)
    return 0 if till.applied(message, heard, way) else AMOUNT_FEN


def cut_undo(till, cut, way):
    bill = sale(CHILD, AMOUNT)
    till.line.ask(bill)
    message = undo(bill["msgid"])
    heard = till.send(message, cut)
    return 0 if till.applied(message, heard, way) else AMOUNT_FEN


def cut_batch(till, cut, way):
    """A hospital that tries again under a new message id: the batch is known."""
    message = batch(CHILD, AMOUNT)
    heard = till.send(message, cut)
    again = till.line.ask(dict(message, msgid=new_msgid(HOSPITAL)))
    if again["infcode"] != 0:
        raise Wrong(f"the retry of {message['msgid']} says {again['err_msg']}")
    told = till.wire.decode(heard)
    if told is not None and json.loads(told)["output"] != again["output"]:
        raise Wrong(f"told {told!r}, the retry says {again}")
    till.learned["retried under a new id"] += 1
    return AMOUNT_FEN


def fen(gateway, psn_no=FATHER):
    return int(person(gateway, psn_no)["balances"]["carryover"].replace(".", ""))


class Counting:
    """A cut that never comes, and counts what passes while it is armed."""

    how, armed = END, True

    def __init__(self):
        self.bytes = collections.Counter()

    def room(self, _):
        return NEVER

    def passed(self, direction, count):
        self.bytes[direction] += count if self.armed else 0


def lengths(till, case):
    """How many bytes request and reply of the case's message have, uncut."""
    cutter, counting = Cutter(till.wire.address(till.gateway)), Counting()
    plain = Till(till.gateway, till.wire, cutter, till.institution)
    case(plain, counting, REPEAT)
    plain.close()
    cutter.close()
    return counting.bytes[REQUEST], counting.bytes[REPLY]


def double_debits(gateway):
    """Messages that the journal of the stopped store settled more than once."""
    done = gateway.ctl("--data-dir", gateway.data, "journal", "--json", "--limit", "0")
    settled = collections.Counter()
    for line in done.stdout.splitlines():
        record = json.loads(line)
        for event in record.get("events", ()):
            if event["type"] == "settled":
                settled[(record["fixmedins_code"], record["infno"], record["msgid"])] += 1
    if not settled:
        raise AssertionError(f"the journal shows no settlement: {done.stderr}")
    return [key for key, count in settled.items() if count > 1]
