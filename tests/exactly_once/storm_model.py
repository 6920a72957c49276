"""What must become of one bill, whoever says what about it and in whatever order. Written from docs/wire.md alone.

A bill is one fact: the message that settles it, its retries, cancels and reversals. Messages of one wave are
sent at the same time, so their order is not known: `after_wave` keeps every state that some order explains,
and none is left when no order explains the answers.
"""

import dataclasses
import itertools

SETTLE, CANCEL, UNDO, ASK, REFUSAL = "settle", "cancel", "undo", "ask", "refusal"
STANDING, CANCELLED, UNDONE = "standing", "cancelled", "undone"


@dataclasses.dataclass(frozen=True)
class Answer:
    """`code` is "" when it was applied; `bytes` the whole reply; `state` what a 2602 said."""

    code: str = ""
    field: str = ""
    bytes: bytes = b""
    state: str = ""


@dataclasses.dataclass
class Said:
    """One message as it was sent once. `about`: a settlement's answer (cancels), a message id (2601, 2602)."""

    kind: str
    msgid: str
    content: str = ""  # messages of one id and one content are copies of each other
    about: object = None
    answer: Answer = None  # None: the gateway died before it answered


@dataclasses.dataclass(frozen=True)
class Known:
    """What a message id stands for from its first decision on."""

    kind: str
    content: str
    reference: int = -1  # of a settlement or a cancel; several ids may mean the same one
    bytes: bytes = None  # of refusals and reversals; None: nobody heard it yet


@dataclasses.dataclass(frozen=True)
class Settlement:
    content: str
    bytes: bytes = None
    status: str = STANDING
    taken_back: bool = False  # a 2601 named it
    cancel: int = -1


@dataclasses.dataclass(frozen=True)
class Cancel:
    settlement: int
    bytes: bytes = None
    taken_back: bool = False


@dataclasses.dataclass(frozen=True)
class State:
    known: tuple = ()  # pairs of message id and Known, sorted
    barred: frozenset = frozenset()
    settlements: tuple = ()
    cancels: tuple = ()

    def find(self, msgid):
        return dict(self.known).get(msgid)

    def knowing(self, msgid, known):
        return dataclasses.replace(self, known=tuple(sorted(dict(self.known, **{msgid: known}).items(),
                                                            key=lambda pair: pair[0])))

    def with_settlement(self, number, **changes):
        return dataclasses.replace(self, settlements=changed(self.settlements, number, changes))

    def with_cancel(self, number, **changes):
        return dataclasses.replace(self, cancels=changed(self.cancels, number, changes))


def changed(items, number, changes):
    return items[:number] + (dataclasses.replace(items[number], **changes),) + items[number + 1:]


def refused(said, code, field=""):
    return said.answer is None or (said.answer.code, said.answer.field) == (code, field)


def applied(said):
    return said.answer is None or said.answer.code == ""


def heard(said):
    return said.answer.bytes if said.answer else None


class Model:
    """`has_key`: the bill has a key of its own beside the message id (2207, 2304; not 2102)."""

    def __init__(self, has_key, amounts, difference, bill_difference):
        self.has_key = has_key
        self.amounts = amounts  # content -> fen
        self.difference = difference  # (kind) -> the field in which altered copies differ
        self.bill_difference = bill_difference

    def step(self, state, said):
        """The state after `said` took effect, or None when its answer contradicts the state."""
        if said.kind == ASK:
            return state if said.answer is None or said.answer.state == self.state_of(state, said.about) else None
        if said.kind != UNDO and said.msgid in state.barred:
            return state if refused(said, "E_REVERSED_BEFORE_ARRIVAL") else None
        known = state.find(said.msgid)
        if known is not None:
            return self.again(state, said, known)
        return {SETTLE: self.settle, CANCEL: self.cancel, UNDO: self.undo}[said.kind](state, said)

    def again(self, state, said, known):
        if known.content != said.content:
            return state if refused(said, "E_IDEMPOTENCY", self.difference[said.kind]) else None
        if known.kind == SETTLE:
            return self.like_settlement(state, said, known.reference)
        if known.kind == CANCEL:
            return self.like_cancel(state, said, known.reference)
        if not same_bytes(said, known.bytes):
            return None
        return state.knowing(said.msgid, dataclasses.replace(known, bytes=known.bytes or heard(said)))

    def like_settlement(self, state, said, number):
        settlement = state.settlements[number]
        if settlement.taken_back:
            return state if refused(said, "E_ALREADY_REVERSED") else None
        if not applied(said) or not same_bytes(said, settlement.bytes):
            return None
        return state.with_settlement(number, bytes=settlement.bytes or heard(said))

    def like_cancel(self, state, said, number):
        cancel = state.cancels[number]
        if cancel.taken_back:
            return state if refused(said, "E_ALREADY_REVERSED") else None
        if not applied(said) or not same_bytes(said, cancel.bytes):
            return None
        return state.with_cancel(number, bytes=cancel.bytes or heard(said))

    def settle(self, state, said):
        last = len(state.settlements) - 1
        if self.has_key and last >= 0 and state.settlements[last].status == STANDING:
            if self.amounts[state.settlements[last].content] != self.amounts[said.content]:
                return state if refused(said, "E_IDEMPOTENCY", self.bill_difference) else None
            after = self.like_settlement(state, said, last)
            return after and after.knowing(said.msgid, Known(SETTLE, said.content, last))
        if not applied(said):
            return None
        after = dataclasses.replace(state, settlements=state.settlements + (Settlement(said.content, heard(said)),))
        return after.knowing(said.msgid, Known(SETTLE, said.content, last + 1))

    def cancel(self, state, said):
        number = next((n for n, one in enumerate(state.settlements) if one.bytes == said.about), None)
        if number is None:
            return None  # nobody can have been told of it
        settlement = state.settlements[number]
        if settlement.status == CANCELLED:
            after = self.like_cancel(state, said, settlement.cancel)
            return after and after.knowing(said.msgid, Known(CANCEL, said.content, settlement.cancel))
        if settlement.status == UNDONE:
            return self.refusal(state, said, "E_ALREADY_REVERSED")
        if not applied(said):
            return None
        new = len(state.cancels)
        after = dataclasses.replace(state, cancels=state.cancels + (Cancel(number, heard(said)),))
        after = after.with_settlement(number, status=CANCELLED, cancel=new)
        return after.knowing(said.msgid, Known(CANCEL, said.content, new))

    def undo(self, state, said):
        target = state.find(said.about)
        if target is not None and target.kind == CANCEL:
            return self.undo_cancel(state, said, target.reference)
        if not applied(said):
            return None
        after = state.knowing(said.msgid, Known(UNDO, said.content, bytes=heard(said)))
        if target is None:
            return dataclasses.replace(after, barred=after.barred | {said.about})
        if target.kind == SETTLE and not state.settlements[target.reference].taken_back:
            standing = state.settlements[target.reference].status == STANDING
            status = UNDONE if standing else state.settlements[target.reference].status
            return after.with_settlement(target.reference, taken_back=True, status=status)
        return after

    def undo_cancel(self, state, said, number):
        cancel = state.cancels[number]
        nothing = cancel.taken_back or state.settlements[cancel.settlement].taken_back
        anew = self.has_key and cancel.settlement != len(state.settlements) - 1
        if not nothing and anew:
            return self.refusal(state, said, "E_POSSIBLE_DUPLICATE")
        if not applied(said):
            return None
        after = state.knowing(said.msgid, Known(UNDO, said.content, bytes=heard(said)))
        if nothing:
            return after
        return after.with_cancel(number, taken_back=True).with_settlement(cancel.settlement, status=STANDING)

    @staticmethod
    def refusal(state, said, code):
        """Decided, so it is remembered."""
        if said.answer is not None and said.answer.code != code:
            return None
        return state.knowing(said.msgid, Known(REFUSAL, said.content, bytes=heard(said)))

    @staticmethod
    def state_of(state, msgid):
        if msgid in state.barred:
            return "reversed_before_arrival"
        known = state.find(msgid)
        if known is None:
            return "unknown"
        if known.kind == SETTLE:
            settlement = state.settlements[known.reference]
            return "applied" if settlement.status == STANDING and not settlement.taken_back else "reversed"
        if known.kind == CANCEL:
            return "reversed" if state.cancels[known.reference].taken_back else "applied"
        return "refused" if known.kind == REFUSAL else "applied"

    def debited_fen(self, state):
        return sum(self.amounts[one.content] for one in state.settlements if one.status == STANDING)

    def after_wave(self, states, wave):
        """Every state in which these messages, said at once, can have left the bill."""
        memo = {}
        return set(itertools.chain.from_iterable(self.orders(state, tuple(wave), memo) for state in states))

    def orders(self, state, rest, memo):
        key = (state, tuple(map(id, rest)))
        if key not in memo:
            memo[key] = {state} if all(said.answer is None for said in rest) else set()
            for place, said in enumerate(rest):
                after = self.step(state, said)
                if after is not None:
                    memo[key] |= self.orders(after, rest[:place] + rest[place + 1:], memo)
        return memo[key]


def same_bytes(said, known):
    return said.answer is None or known is None or said.answer.bytes == known
