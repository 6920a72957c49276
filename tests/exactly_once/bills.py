"""Bills and what their senders say about them: copies, altered copies, retries, cancels, reversals; by chance."""

import itertools
import json

from messages import HOSPITAL, PHARMACY, batch, cancel, new_msgid, sale, undo
from storm_model import ASK, CANCEL, SETTLE, UNDO, Answer, Model, Said, State

CANCEL_OF = {"2102": "2103", "2207": "2208", "2304": "2305"}
NODE_OF = {"2102": "druginfo", "2207": "data", "2304": "data"}
NOTE_OF = {"2102": "begntime", "2207": "invono", "2304": "invono"}  # a field that changes no amount
SAID_AT_ONCE_MAX = 5


class Bill:
    """One business fact, and all that is said about it. The model says what may come of it."""

    def __init__(self, number, patient, chance, model_class=Model):
        self.patient, self.chance = patient, chance
        self.infno = chance.choice(list(CANCEL_OF))
        self.institution = PHARMACY if self.infno == "2102" else HOSPITAL
        self.visit = f"V{number:09d}"
        fen = chance.randrange(1, 1000)
        self.alters_amount = chance.random() < 0.5
        node = f"input.{NODE_OF[self.infno]}."
        field = node + ("medfee_sumamt" if self.alters_amount else NOTE_OF[self.infno])
        self.model = model_class(
            has_key=self.infno != "2102", amounts={"as sent": fen, "altered": fen + self.alters_amount},
            difference={SETTLE: field, CANCEL: "input.data.mdtrt_id", UNDO: "input.data.psn_no"},
            bill_difference=node + "medfee_sumamt")
        self.states = {State()}
        self.first = new_msgid(self.institution)
        self.settling = [self.first]  # message ids
        self.cancels = []  # (message id, the settlement's answer)
        self.undos = []  # (message id, what it names, its infno)
        self.settled = {}  # a settlement's answer -> its setlinfo
        self.unanswered = []  # messages a dying gateway left without an answer
        self.waves_left = chance.randrange(2, 5)

    # ---- what is said next ----

    def next_wave(self):
        """Messages to be said at once."""
        if self.unanswered:
            repeated, self.unanswered = self.unanswered, []
            return [Said(said.kind, said.msgid, said.content, said.about) for said in repeated]
        self.waves_left -= 1
        opening = not self.settled and not self.undos
        if opening and self.chance.random() < 0.15:
            return [self.an_undo()]  # before what it names
        wave = [self.a_settlement()] if opening else []
        while len(wave) < self.chance.randrange(1, SAID_AT_ONCE_MAX + 1):
            wave.append(self.chance.choice(self.repertoire())())
        return wave

    def repertoire(self):
        heard = [self.a_cancel] * 2 if self.settled else []
        return [self.a_settlement] * 4 + [self.an_undo] + heard

    def content(self):
        return "altered" if self.chance.random() < 0.15 else "as sent"

    def a_settlement(self):
        """A copy, or (where the bill has a key of its own) a retry under a new message id."""
        if self.model.has_key and self.chance.random() < 0.3:
            self.settling.append(new_msgid(self.institution))
        return Said(SETTLE, self.chance.choice(self.settling), self.content())

    def a_cancel(self):
        if not self.cancels or self.chance.random() < 0.5:
            self.cancels.append((new_msgid(self.institution), self.chance.choice(list(self.settled))))
        msgid, answer = self.chance.choice(self.cancels)
        return Said(CANCEL, msgid, self.content(), answer)

    def an_undo(self):
        if not self.undos or self.chance.random() < 0.6:
            about = [(msgid, self.infno) for msgid in self.settling]
            about += [(msgid, CANCEL_OF[self.infno]) for msgid, _ in self.cancels] * 2
            self.undos.append((new_msgid(self.institution), *self.chance.choice(about)))
        msgid, about, _ = self.chance.choice(self.undos)
        return Said(UNDO, msgid, self.content(), about)

    def questions(self):
        """2602 about every message id there is."""
        ids = self.settling + [msgid for msgid, _ in self.cancels] + [msgid for msgid, _, _ in self.undos]
        return [Said(ASK, "", about=msgid) for msgid in ids]

    # ---- as a message ----

    def message(self, said):
        altered = said.content == "altered"
        if said.kind == SETTLE:
            return self.spelled(self.settlement(said.msgid, altered))
        if said.kind == CANCEL:
            info = self.settled[said.about]
            visit = "V-other" if altered else info["mdtrt_id"]
            message = cancel(info["setl_id"], visit, self.patient, self.institution, CANCEL_OF[self.infno])
            return self.spelled(dict(message, msgid=said.msgid))
        of = dict(itertools.chain(((msgid, self.infno) for msgid in self.settling),
                                  ((msgid, CANCEL_OF[self.infno]) for msgid, _ in self.cancels),
                                  ((msgid, "2601") for msgid, _, _ in self.undos)))[said.about]
        psn_no = "31010100000000000000000000" if altered else self.patient
        message = undo(said.about, of, psn_no, self.institution)
        if said.kind == ASK:
            return dict(message, infno="2602")
        return self.spelled(dict(message, msgid=said.msgid))

    def settlement(self, msgid, altered):
        fen = self.model.amounts["altered" if altered else "as sent"]
        amount = f"{fen // 100}.{fen % 100:02d}"
        note = {NOTE_OF[self.infno]: "2026-11-22 10:16:00"} if altered and not self.alters_amount else {}
        if self.infno == "2102":
            return sale(self.patient, amount, self.institution, msgid, **note)
        return batch(self.patient, amount, self.institution, msgid, self.infno, mdtrt_id=self.visit,
                     chrg_bchno="B1", **note)

    def spelled(self, message):
        """The same business input, written otherwise: order, strings for numbers, unknown fields, operator."""
        spelled = json.loads(json.dumps(message))
        spelled["opter"] = str(self.chance.randrange(1000))
        for node in spelled["input"].values():
            if isinstance(node, dict):
                fields = list(node.items()) + [("unknown_field", self.chance.random())]
                self.chance.shuffle(fields)
                node.clear()
                node.update(fields)
                if "medfee_sumamt" in node and self.chance.random() < 0.5:
                    node["medfee_sumamt"] = float(node["medfee_sumamt"])
        return spelled

    # ---- what came of it ----

    def heard(self, wave):
        """Takes in the answers; what is wrong with them, or nothing."""
        before = self.states
        self.states = self.model.after_wave(before, wave)
        self.unanswered = [said for said in wave if said.answer is None]
        for said in wave:
            if said.kind == SETTLE and said.answer is not None and said.answer.code == "":
                self.settled[said.answer.bytes] = json.loads(said.answer.bytes)["output"]["setlinfo"]
        if self.states:
            return None
        said = "\n  ".join(f"{one.kind} {one.msgid} {one.content} about {str(one.about)[:60]}: {one.answer}"
                           for one in wave)
        return f"no order of these explains their answers:\n  {said}\n  before: {before}"

    def debited_fen(self):
        """One figure: after the questions nothing may be open."""
        figures = {self.model.debited_fen(state) for state in self.states}
        if len(figures) != 1:
            raise AssertionError(f"{self.first} may have cost any of {figures}")
        return figures.pop()


def read_answer(kind, reply):
    envelope = json.loads(reply)
    if envelope["infcode"] == 0:
        return Answer(bytes=reply, state=envelope["output"].get("state", "") if kind == ASK else "")
    code, _, rest = envelope["err_msg"].partition(" ")
    field = rest.rpartition("：")[2] if code == "E_IDEMPOTENCY" else ""
    return Answer(code, field, reply)
