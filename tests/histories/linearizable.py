"""Is there an order of these operations, each somewhere between its call and its return, that a model explains?

The search of Wing and Gong with Lowe's memory: next comes any operation that was called before every other open
one had returned; a place in the search (what is done, what the state is) that failed once is not tried again.
"""

import dataclasses
import math


@dataclasses.dataclass(frozen=True)
class Operation:
    """`answer` None: nobody heard it, so it took effect at any time after its call, or never."""

    kind: str
    subject: object  # what it is about: a key, a person
    value: object  # what was asked for
    answer: object
    called: float
    returned: float = math.inf


def explained(operations, state, step):
    """`step(state, operation)` is the state after it, or None when its answer contradicts the state. Both are
    hashable. True when some order explains every answer."""
    operations = sorted(operations, key=lambda operation: operation.called)
    everything = sum(1 << place for place, operation in enumerate(operations) if operation.answer is not None)
    tried, paths = set(), [(0, state)]
    while paths:
        done, state = paths.pop()
        if done & everything == everything:
            return True
        for place in may_come_next(operations, done):
            after = step(state, operations[place])
            reached = (done | 1 << place, after)
            if after is not None and reached not in tried:
                tried.add(reached)
                paths.append(reached)
    return False


def may_come_next(operations, done):
    """Places of the open operations that were called before any open one had returned. Later calls first: the
    search takes the last it was given, and the earliest call is the likeliest to be next."""
    found, first_return = [], math.inf
    for place in range(first_open(done), len(operations)):
        operation = operations[place]
        if operation.called > first_return:
            break
        if not done >> place & 1:
            found.append(place)
            first_return = min(first_return, operation.returned)
    return [place for place in reversed(found) if operations[place].called <= first_return]


def first_open(done):
    return (~done & (done + 1)).bit_length() - 1
