"""One household as docs/wire.md and docs/rest.md promise it: what each operation must answer, and what it leaves.

The father's carry-over pays what his children buy, down to the last fen; the rest is cash. A key (a message id)
has one outcome for good."""

import dataclasses

SETTLE, CANCEL, UNDO, READ, CONTRIBUTE = "settle", "cancel", "undo", "read", "contribute"
PREMIUM_FEN = 38_000
DONE = "done"
BARRED, STANDING, CANCELLED, UNDONE, CANCELLED_UNDONE = "barred", "standing", "cancelled", "undone", "cancelled, undone"
REVERSED_BEFORE_ARRIVAL, ALREADY_REVERSED = "E_REVERSED_BEFORE_ARRIVAL", "E_ALREADY_REVERSED"
ALREADY_PAID, NO_MONEY = "E_ALREADY_PAID", "E_INSUFFICIENT_PREMIUM"


@dataclasses.dataclass(frozen=True)
class Household:
    fund_fen: int
    keys: frozenset = frozenset()  # (key, status, family_fen, cash_fen)
    insured: frozenset = frozenset()  # whose premium is paid

    def of(self, key):
        return next((entry for entry in self.keys if entry[0] == key), None)

    def with_key(self, key, status, family_fen=0, cash_fen=0, gained_fen=0):
        others = frozenset(entry for entry in self.keys if entry[0] != key)
        return Household(self.fund_fen + gained_fen, others | {(key, status, family_fen, cash_fen)}, self.insured)


def step(state, operation):
    """The state after it, or None when that answer cannot be."""
    expected, after = STEPS[operation.kind](state, operation)
    return after if operation.answer in (None, expected) else None


def settle(state, operation):
    known = state.of(operation.subject)
    if known is None:
        family_fen = min(state.fund_fen, operation.value)
        cash_fen = operation.value - family_fen
        after = state.with_key(operation.subject, STANDING, family_fen, cash_fen, gained_fen=-family_fen)
        return (family_fen, cash_fen), after
    _, status, family_fen, cash_fen = known
    if status == BARRED:
        return REVERSED_BEFORE_ARRIVAL, state
    if status in (UNDONE, CANCELLED_UNDONE):
        return ALREADY_REVERSED, state
    return (family_fen, cash_fen), state


def cancel(state, operation):
    known = state.of(operation.subject)
    if known is None or known[1] == BARRED:
        return "nobody can know of it", state
    key, status, family_fen, cash_fen = known
    if status == UNDONE:
        return ALREADY_REVERSED, state
    if status != STANDING:
        return DONE, state
    return DONE, state.with_key(key, CANCELLED, family_fen, cash_fen, gained_fen=family_fen)


def undo(state, operation):
    known = state.of(operation.subject)
    if known is None:
        return DONE, state.with_key(operation.subject, BARRED)
    key, status, family_fen, cash_fen = known
    if status == STANDING:
        return DONE, state.with_key(key, UNDONE, family_fen, cash_fen, gained_fen=family_fen)
    if status == CANCELLED:
        return DONE, state.with_key(key, CANCELLED_UNDONE, family_fen, cash_fen)
    return DONE, state


def read(state, _):
    return state.fund_fen, state


def contribute(state, operation):
    if operation.subject in state.insured:
        return ALREADY_PAID, state
    if state.fund_fen < PREMIUM_FEN:
        return NO_MONEY, state
    return DONE, Household(state.fund_fen - PREMIUM_FEN, state.keys, state.insured | {operation.subject})


STEPS = {SETTLE: settle, CANCEL: cancel, UNDO: undo, READ: read, CONTRIBUTE: contribute}
