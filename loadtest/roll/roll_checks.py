"""Was every account rolled once, and is the money right: from the event feed and from /v1/persons."""

import collections
import http.client
import json

from gateway import TOKEN

PAGE = 1000


class Reader:
    """GETs over one connection."""

    def __init__(self, gateway):
        self.connection = http.client.HTTPConnection(*gateway.http, timeout=60)

    def get(self, path):
        self.connection.request("GET", path, headers={"Authorization": f"Bearer {TOKEN}"})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise AssertionError(f"{path}: {answer.status} {body[:300]!r}")
        return json.loads(body)


def fen(text):
    return int(text.replace(".", ""))


def person_faults(gateway, due, carryover_fen, step):
    """Every step-th account as the gateway shows it now."""
    reader, faults = Reader(gateway), []
    for psn_no in list(due)[::step]:
        balances = reader.get(f"/v1/persons/{psn_no}")["balances"]
        shown = (fen(balances["current_year"]), fen(balances["carryover"]))
        if shown != (0, carryover_fen + due[psn_no]):
            faults.append(f"{psn_no} holds {shown}, {due[psn_no]} should have become carry-over")
    return faults


def journal_faults(gateway, due, figures):
    """Walks the whole feed: each account exactly one roll that moved exactly what was due."""
    reader, faults, after = Reader(gateway), [], "0"
    rolls, moved_fen, kinds = collections.Counter(), 0, collections.Counter()
    while (page := reader.get(f"/v1/events?after={after}&limit={PAGE}"))["items"]:
        for event in page["items"]:
            kinds[event["type"]] += 1
            if event["type"] != "year_rolled":
                continue
            psn_no = event["psn_no"]
            rolls[psn_no] += 1
            moves = {move["bucket"]: fen(move["amount"]) for move in event["movements"]}
            moved_fen += moves.get("carryover", 0)
            amount = due.get(psn_no, 0)  # the load's own families hold no current-year money
            if moves.get("current_year", 0) != -amount or moves.get("carryover", 0) != amount:
                faults.append(f"{psn_no}: moved {moves}, due was {amount}")
        after = page["next_cursor"]
    faults += [f"{psn_no} was rolled {count} times" for psn_no, count in rolls.items() if count != 1]
    faults += [f"{psn_no} was not rolled" for psn_no in due if psn_no not in rolls]
    if moved_fen != sum(due.values()):
        faults.append(f"{moved_fen} fen became carry-over, {sum(due.values())} were due")
    figures.update(records=dict(kinds), accounts_rolled=len(rolls), moved_fen=moved_fen)
    return faults
