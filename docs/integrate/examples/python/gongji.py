"""A till's side of the interface: messages, the log that is written before anything is sent, and the
way from a lost answer to a definite end. What each answer means stands in ../../retrying.md.

Amounts are Decimal, never float: the answer's numbers are parsed from their text.
"""

import json
import random
import time
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

TRIES_MAX = 6
PAUSE_S_MAX = 30
UNDO = "2601"
ASK = "2602"
CANCELS = ("2103", "2208", "2305")
NOT_DECIDED_CODES = ("E_BUSY", "E_DEADLINE")
DENIED_CODE = "E_UNAUTHENTICATED"


class State(str, Enum):
    PENDING = "PENDING"    # written down, perhaps sent
    SUCCESS = "SUCCESS"    # booked
    FAIL = "FAIL"          # certainly not booked
    UNKNOWN = "UNKNOWN"    # sent, and nobody has said what became of it
    REVERSED = "REVERSED"  # taken back, or barred before it arrived


class Word(Enum):
    DONE = "done"
    REFUSED = "refused"          # certainly not booked, and it stays so
    NOT_DECIDED = "not decided"  # this copy was not looked at: the same message again, after a pause
    DENIED = "denied"            # the proof of who we are did not hold: not looked at either
    NONE = "none"                # no answer, or none that says what happened


@dataclass
class Answer:
    word: Word
    code: str = ""
    text: str = ""
    output: dict = field(default_factory=dict)
    retry_after_s: float = 0


@dataclass(frozen=True)
class Message:
    msgid: str
    infno: str
    body: bytes  # made once; every repeat sends these very bytes


@dataclass
class Fate:
    message: Message
    state: State
    answer: Answer


def yuan(text):
    """An amount typed in or received, exact to the fen."""
    amount = Decimal(text)
    if not amount.is_finite() or amount != amount.quantize(Decimal("0.01")):
        raise ValueError(f"not an amount in yuan and fen: {text}")
    return amount


def read_answer(status, body, retry_after=None):
    """What an HTTP status and its body say. On TCP the status is always 200."""
    if status == 401:
        return Answer(Word.DENIED, DENIED_CODE)
    try:
        envelope = json.loads(body, parse_float=Decimal)
        infcode = int(envelope["infcode"])  # 0 or "0": institutions are registered for either
        output = envelope.get("output") or {}
        code, _, text = (envelope.get("err_msg") or "").partition(" ")
        waits = float(retry_after or output.get("retry_after") or 0)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Answer(Word.NONE, "", "not an answer of the gateway")
    if status in (429, 503) or code in NOT_DECIDED_CODES:
        return Answer(Word.NOT_DECIDED, code, text, output, waits)
    if infcode == 0 and status == 200:
        return Answer(Word.DONE, code, text, output)
    if infcode == -2:
        return Answer(Word.DENIED if code == DENIED_CODE else Word.REFUSED, code, text, output)
    return Answer(Word.NONE, code, text, output)


class Till:
    """One till of one institution. Not for two threads, and one log belongs to one till."""

    def __init__(self, settings, transport, log):
        self.settings = settings
        self.transport = transport  # transport.send(body) -> Answer; never raises for the network
        self.log = log

    # ---- what a cashier does ----

    def quote(self, psn_no, certno, amount):
        """How it would be split now. Moves nothing, so it is neither logged nor repeated."""
        return self.transport.send(self.sale("2101", psn_no, certno, amount).body)

    def buy(self, psn_no, certno, amount, quote_id=None):
        return self.deliver(self.sale("2102", psn_no, certno, amount, quote_id))

    def cancel(self, setl_id, mdtrt_id, psn_no):
        data = {"setl_id": setl_id, "mdtrt_id": mdtrt_id, "psn_no": psn_no}
        return self.deliver(self.message("2103", {"data": data}))

    def reverse(self, msgid):
        """The sale shall not stand: asks first what became of it, then takes it back."""
        return self.resolve(self.log.message(msgid), keep=False)

    def recover(self):
        """At every start, before the first sale: whatever has no definite end gets one."""
        fates = []
        for message in self.log.open_messages():
            if message.infno == UNDO:
                continue  # its sale is open as well and is resolved by a new one
            fates.append(self.deliver(message) if message.infno in CANCELS
                         else self.resolve(message, keep=True))
        return fates

    # ---- from a message to its fate ----

    def deliver(self, message):
        """Sends, and repeats the same bytes until there is a definite end or patience is over."""
        doubt = self.log.is_open(message)  # an earlier run may have sent it
        if not doubt:
            self.log.write(message, State.PENDING)
        answer = Answer(Word.NONE)
        for attempt in range(TRIES_MAX):
            self.pause(attempt, answer)
            if doubt:
                state, answer = self.ask(message)
                if state in (State.SUCCESS, State.FAIL, State.REVERSED):
                    return self.end(message, state, answer)
                if state is State.UNKNOWN:
                    continue
            answer = self.transport.send(message.body)
            if answer.word is Word.DONE:
                return self.end(message, State.SUCCESS, answer)
            if answer.word is Word.REFUSED:
                # A copy that was given up for lost may still arrive: only 2601 closes the door.
                return self.resolve(message, keep=True) if doubt else self.end(message, State.FAIL, answer)
            if answer.word is Word.DENIED:
                break
            if answer.word is Word.NONE:
                doubt = True
                self.log.write(message, State.UNKNOWN)
        return self.end(message, State.UNKNOWN if doubt else State.FAIL, answer)

    def resolve(self, message, keep):
        """2602, and where that does not end it 2601. `keep`: a sale that was booked may stand."""
        undo = None
        answer = Answer(Word.NONE)
        for attempt in range(TRIES_MAX):
            self.pause(attempt, answer)
            state, answer = self.ask(message)
            if state is State.UNKNOWN:
                continue
            if state in (State.FAIL, State.REVERSED) or (state is State.SUCCESS and keep):
                return self.end(message, state, answer)
            if undo is None:
                undo = self.undo_of(message)
                self.log.write(undo, State.PENDING)
            answer = self.transport.send(undo.body)
            if answer.word is Word.DONE:
                self.log.write(undo, State.SUCCESS)
                return self.end(message, State.REVERSED, answer)
            if answer.word in (Word.REFUSED, Word.DENIED):
                break  # a person has to look
        return self.end(message, State.UNKNOWN, answer)

    def ask(self, message):
        """2602. PENDING: the gateway has not seen it. UNKNOWN: nobody can say yet, ask again."""
        data = {"omsgid": message.msgid, "oinfno": message.infno}
        answer = self.transport.send(self.message(ASK, {"data": data}).body)
        if answer.word is not Word.DONE:
            return State.UNKNOWN, answer
        code, _, text = answer.output.get("err_msg", "").partition(" ")
        stored = Answer(Word.DONE, code, text, answer.output.get("result", {}))
        state = {"applied": State.SUCCESS, "refused": State.FAIL, "reversed": State.REVERSED,
                 "reversed_before_arrival": State.REVERSED,
                 "unknown": State.PENDING}.get(answer.output.get("state"), State.UNKNOWN)
        return state, stored

    def end(self, message, state, answer):
        self.log.write(message, state, answer.code)
        return Fate(message, state, answer)

    def pause(self, attempt, answer):
        """Doubles, with jitter, so that a thousand tills do not come back in the same second."""
        if attempt:
            jittered = self.settings.pause_s * 2 ** (attempt - 1) * random.uniform(0.5, 1)
            time.sleep(min(max(answer.retry_after_s, jittered), PAUSE_S_MAX))

    # ---- messages ----

    def sale(self, infno, psn_no, certno, amount, quote_id=None):
        now, total = time.strftime("%Y-%m-%d %H:%M:%S"), f"{yuan(amount):.2f}"
        info = {"psn_no": psn_no, "mdtrt_cert_type": "02", "mdtrt_cert_no": certno, "begntime": now,
                "medfee_sumamt": total, "insutype": "390", "acct_used_flag": "1", "med_type": "41"}
        if quote_id:
            info["quote_id"] = quote_id
        line = {"feedetl_sn": "1", "rx_circ_flag": "0", "fee_ocur_time": now,
                "med_list_codg": "XA01ABD075A002010100483", "medins_list_codg": "D000123",
                "det_item_fee_sumamt": total, "cnt": "1", "pric": total}
        return self.message(infno, {"druginfo": info, "drugdetail": [line]})

    def undo_of(self, message):
        return self.message(UNDO, {"data": {"omsgid": message.msgid, "oinfno": message.infno}})

    def message(self, infno, node):
        s = self.settings
        msgid = self.log.new_msgid(s.institution, s.till)
        envelope = {"infno": infno, "msgid": msgid, "mdtrtarea_admvs": s.area,
                    "insuplc_admdvs": s.area, "recer_sys_code": "GW01", "infver": "V1.0",
                    "opter_type": "1", "opter": s.till, "opter_name": "收银员",
                    "inf_time": time.strftime("%Y-%m-%d %H:%M:%S"), "fixmedins_code": s.institution,
                    "fixmedins_name": "", "sign_no": "", "input": node}
        return Message(msgid, infno, json.dumps(envelope, ensure_ascii=False).encode())
