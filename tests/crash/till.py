"""A till that keeps book: what it sent, what it was told, and afterwards whether both agree."""

import threading
import time

from clients import Frames, person
from messages import CHILD, FATHER, PHARMACY, query, sale, sign_in

DEPTH = 64
BUSY = -2  # infcode of E_BUSY
BUSY_SECONDS_MAX = 30


class Till:
    def __init__(self):
        self.sent = {}  # msgid -> message
        self.told = {}  # msgid -> setl_id of an answer that said "applied"

    def run_until_cut(self, gateway, cut, after_answers):
        """Keeps DEPTH settlements in flight; calls cut() after so many answers; ends with the stream."""
        frames = Frames(gateway.tcp, PHARMACY, sign_in())
        try:
            for _ in range(DEPTH):
                self.send_one(frames)
            cutting = None
            answers = 0
            while (frame := frames.receive()) is not None:
                self.note(frame[1])
                answers += 1
                if answers == after_answers:
                    cutting = threading.Thread(target=cut)
                    cutting.start()
                try:
                    self.send_one(frames)
                except OSError:
                    pass  # the other end is gone; what it had answered is still to be read
            if cutting is None:
                raise AssertionError(f"the stream ended by itself after {answers} answers")
            cutting.join()
        finally:
            frames.close()

    def send_one(self, frames):
        message = sale(CHILD, "0.01")
        self.sent[message["msgid"]] = message
        frames.send(len(self.sent), message)

    def note(self, answer):
        if answer["infcode"] == 0:
            info = answer["output"]["setlinfo"]
            self.told[info["medins_setl_id"]] = info["setl_id"]

    def differences(self, gateway, fund_fen):
        """After a restart: acknowledged settlements that are gone or changed, and money that moved
        twice or not at all. Unanswered messages are asked for by 2602."""
        wrong = []
        applied = 0
        frames = Frames(gateway.tcp, PHARMACY, sign_in())
        msgids = list(self.sent)
        for start in range(0, len(msgids), DEPTH):
            part = msgids[start:start + DEPTH]
            outputs = self.outcomes(frames, part)
            for msgid in part:
                output = outputs[msgid]
                is_applied = output["state"] == "applied"
                applied += is_applied
                if msgid not in self.told:
                    continue
                setl_id = output["result"]["setlinfo"]["setl_id"] if is_applied else None
                if setl_id != self.told[msgid]:
                    wrong.append(f"{msgid}: told {self.told[msgid]}, now {output['state']} {setl_id}")
        frames.close()
        left = person(gateway, FATHER)["balances"]["carryover"]
        if left != f"{(fund_fen - applied) // 100}.{(fund_fen - applied) % 100:02d}":
            wrong.append(f"{applied} settlements of 0.01 applied, but {fund_fen} fen became {left}")
        return wrong

    def outcomes(self, frames, msgids):
        """What 2602 says of each; who is turned away asks again, as a till does."""
        outputs = {}
        deadline = time.monotonic() + BUSY_SECONDS_MAX
        while missing := [msgid for msgid in msgids if msgid not in outputs]:
            for number, msgid in enumerate(missing):
                frames.send(number, query(msgid))
            for number, answer in (frames.receive() for _ in missing):
                if answer["infcode"] == 0:
                    outputs[missing[number]] = answer["output"]
                elif answer["infcode"] != BUSY or time.monotonic() > deadline:
                    raise AssertionError(f"2602 of {missing[number]}: {answer}")
        return outputs

    def forget_unanswered(self):
        self.sent = {msgid: self.sent[msgid] for msgid in self.told}
