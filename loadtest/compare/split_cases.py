"""The table everybody must agree on: what is there, the bill, and who pays how much of it."""

import http.client
import json
import time
from dataclasses import dataclass

from households import Account
from messages import PHARMACY, a_person, sale


@dataclass(frozen=True)
class SplitCase:
    what: str
    own_fen: int
    fund_fen: int
    bill_fen: int
    expected: tuple  # own, family, cash


CASES = [
    SplitCase("nothing of his own: the family pays", 0, 500000, 12000, (0, 12000, 0)),
    SplitCase("his own money first", 5000, 500000, 12000, (5000, 7000, 0)),
    SplitCase("own, family, and cash for the rest", 5000, 3000, 12000, (5000, 3000, 4000)),
    SplitCase("his own money is enough", 20000, 500000, 12000, (12000, 0, 0)),
    SplitCase("to the fen", 1, 2, 4, (1, 2, 1)),
    SplitCase("next to nothing anywhere", 0, 1, 12000, (0, 1, 11999)),
]


def numbers(index):
    """Organiser and spouse of a case."""
    return f"3101010000000000000077{index:02d}01", f"3101010000000000000077{index:02d}02"


def accounts():
    for index, case in enumerate(CASES):
        organiser, spouse = numbers(index)
        yield Account(organiser, "", case.fund_fen)
        yield Account(spouse, organiser, case.own_fen)


def import_lines():
    """The same families as gongjictl imports them."""
    for index, case in enumerate(CASES):
        organiser, spouse = numbers(index)
        yield a_person(organiser, "310", carryover=_yuan(case.fund_fen))
        yield a_person(spouse, "310", carryover=_yuan(case.own_fen))
        yield {"type": "network", "organizer": organiser, "profile": "SH", "modes": ["PAY"],
               "members": [{"psn_no": spouse, "relation": "SPOUSE"}]}


def differences(port):
    """Asks each bill twice under one message id; sentences about what is not as it should be."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    run = f"{int(time.time() * 1000) % 10**14:014d}"
    found = []
    for index, case in enumerate(CASES):
        _, spouse = numbers(index)
        message = sale(spouse, float(_yuan(case.bill_fen)), msgid=f"{PHARMACY}{run}{index:04d}", insutype="310")
        for turn in ("first", "repeated"):
            split = _ask(connection, message)
            if split != case.expected:
                found.append(f"{case.what} ({turn}): {split} instead of {case.expected}")
    return found


def _ask(connection, message):
    connection.request("POST", "/fsi/api/2102", json.dumps(message), {"Content-Type": "application/json"})
    answer = json.loads(connection.getresponse().read())
    if answer["infcode"] != 0:
        return answer["err_msg"]
    paid = answer["output"]["setlinfo"]
    fen = {name: round(paid[name] * 100) for name in ("acct_pay", "acct_mulaid_pay", "psn_cash_pay")}
    return fen["acct_pay"] - fen["acct_mulaid_pay"], fen["acct_mulaid_pay"], fen["psn_cash_pay"]


def _yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"
