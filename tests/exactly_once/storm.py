"""Says many things at once over many connections of both transports, with a kill -9 now and then."""

import collections
import socket
import struct
import threading

from bills import Bill, read_answer
from clients import import_lines, person
from messages import HOSPITAL, PHARMACY, shanghai_family
from wires import Http, Tcp

FAMILIES = 20
FUND_FEN = 1_000_000_00
IN_FLIGHT_MAX = 48  # on one connection; the gateway reads no further at 64


class Lane:
    """One connection with many messages under way."""

    def __init__(self, wire, gateway, institution):
        self.wire, self.institution = wire, institution
        self.connection = socket.create_connection(wire.address(gateway), timeout=60)
        self.received = b""
        self.waiting = {}  # number of a message -> its Said
        self.asked = 0  # HTTP answers in order: the number of the next one
        wire.open(self.connection, institution)

    def carries(self, message):
        return self.wire is Http or message["fixmedins_code"] == self.institution

    def send(self, items):
        """Pairs of Said and message, all at once."""
        self.waiting, self.asked, data = {}, 0, b""
        for number, (said, message) in enumerate(items):
            self.waiting[number] = said
            encoded = self.wire.encode(message)
            data += encoded if self.wire is Http else encoded[:4] + struct.pack(">Q", number) + encoded[12:]
        try:
            self.connection.sendall(data)
        except OSError:
            pass  # what was taken may have been decided; the rest is as good as unsaid

    def receive(self):
        while self.waiting:
            reply = self.next_reply()
            if reply is None:
                return
            number, body = reply
            said = self.waiting.pop(number)
            said.answer = read_answer(said.kind, body)

    def next_reply(self):
        while (body := self.wire.decode(self.received)) is None:
            try:
                more = self.connection.recv(1 << 16)
            except OSError:
                return None
            if not more:
                return None
            self.received += more
        if self.wire is Http:
            number, self.asked = self.asked, self.asked + 1
            taken = self.received.index(b"\r\n\r\n") + 4 + len(body)
        else:
            number, taken = struct.unpack(">Q", self.received[4:12])[0], 12 + len(body)
        self.received = self.received[taken:]
        return number, body


class Storm:
    def __init__(self, gateway, chance, bill_class=Bill):
        self.gateway, self.chance, self.bill_class = gateway, chance, bill_class
        self.bills, self.messages, self.kills, self.wrong = [], 0, 0, []
        self.counts = collections.Counter()  # of answers, by their code
        self.fathers = [f"3101010000000000000001{n:04d}" for n in range(FAMILIES)]
        self.children = [f"3101010000000000000002{n:04d}" for n in range(FAMILIES)]
        for father, child in zip(self.fathers, self.children):
            import_lines(gateway, shanghai_family(f"{FUND_FEN // 100}.00", father, child), batch=child)
        self.lanes = []
        self.open_lanes()

    def close(self):
        for lane in self.lanes:
            lane.connection.close()

    def open_lanes(self):
        self.close()
        ways = [(Http, PHARMACY)] * 6 + [(Tcp, PHARMACY), (Tcp, HOSPITAL)] * 3
        self.lanes = [Lane(wire, self.gateway, institution) for wire, institution in ways]

    def run(self, messages, at_once, kills):
        """So many messages or some more, about `at_once` bills under way, the gateway killed so often."""
        kill_at = sorted(self.chance.randrange(messages // 10, messages) for _ in range(kills))
        living = []
        while (self.messages < messages or self.kills < kills) and not self.wrong:
            while len(living) < at_once:
                family = self.chance.randrange(FAMILIES)
                bill = self.bill_class(len(self.bills) + 1, self.children[family], self.chance)
                self.bills.append(bill)
                living.append(bill)
            kill = len(kill_at) > self.kills and self.messages >= kill_at[self.kills]
            self.wave(living, lambda bill: bill.next_wave(), kill)
            living = [bill for bill in living if bill.waves_left or bill.unanswered]
        while (open_ones := [bill for bill in self.bills if bill.unanswered]) and not self.wrong:
            self.wave(open_ones, lambda bill: bill.next_wave())

    def wave(self, bills, words, kill=False):
        waves = [(bill, words(bill)) for bill in bills]
        items = [(said, bill.message(said)) for bill, wave in waves for said in wave]
        self.messages += len(items)
        self.exchange(list(items), kill)
        self.counts.update(said.answer.code for said, _ in items if said.answer)
        for bill, wave in waves:
            if not kill and any(said.answer is None for said in wave):
                self.wrong.append(f"a message of {bill.first} got no answer")
            elif fault := bill.heard(wave):
                self.wrong.append(fault)

    def exchange(self, items, kill):
        self.chance.shuffle(items)
        if kill:
            self.kills += 1
            killer = threading.Timer(self.chance.random() * 0.05, self.gateway.kill)
            killer.start()
        while items:
            items = self.burst(items)
        if kill:
            killer.join()
            self.gateway.start()
            self.open_lanes()

    def burst(self, items):
        """As many as fit on the lanes; the rest comes back."""
        loads = {lane: [] for lane in self.lanes}
        rest = []
        for item in items:
            fitting = [lane for lane in self.lanes if lane.carries(item[1]) and len(loads[lane]) < IN_FLIGHT_MAX]
            (loads[self.chance.choice(fitting)] if fitting else rest).append(item)
        for lane, load in loads.items():
            lane.send(load)
        for lane in self.lanes:
            lane.receive()
        return rest

    # ---- the books ----

    def ask_about_everything(self):
        for start in range(0, len(self.bills), 200):
            part = self.bills[start:start + 200]
            self.wave(part, lambda bill: bill.questions())

    def balance_faults(self):
        """Families whose fund is not what it was less what the model says was debited."""
        faults = []
        for father, child in zip(self.fathers, self.children):
            debited = sum(bill.debited_fen() for bill in self.bills if bill.patient == child)
            left = int(person(self.gateway, father)["balances"]["carryover"].replace(".", ""))
            if left != FUND_FEN - debited:
                faults.append(f"{father}: {FUND_FEN} less {debited} became {left}")
        return faults
