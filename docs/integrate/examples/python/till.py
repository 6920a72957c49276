#!/usr/bin/env python3
"""A till on the command line. Prints one JSON line a message; ends with 0 when it is as wished, 1 when
it was refused, 3 when its fate is unknown.

  till.py quote PSN_NO CERTNO AMOUNT
  till.py buy PSN_NO CERTNO AMOUNT [QUOTE_ID]
  till.py cancel SETL_ID MDTRT_ID PSN_NO
  till.py reverse MSGID
  till.py recover

Settings are read from the environment, see ../README.md.
"""

import json
import os
import sys
from types import SimpleNamespace

from gongji import State, Till, Word, yuan
from http_transport import HttpTransport
from pending_log import PendingLog
from tcp_transport import TcpTransport

EXIT_CODES = {State.SUCCESS: 0, State.REVERSED: 0, State.FAIL: 1, State.UNKNOWN: 3}


def settings_of(environment):
    get = environment.get
    institution = environment["GONGJI_INSTITUTION"]
    return SimpleNamespace(
        url=get("GONGJI_URL", "http://127.0.0.1:8080"), institution=institution,
        area=get("GONGJI_AREA", "310101"), till=get("GONGJI_TILL", "01"),
        proof=get("GONGJI_PROOF", "none"), secret=get("GONGJI_SECRET", ""),
        paasid=get("GONGJI_PAASID", institution), digest=get("GONGJI_DIGEST", "sha256"),
        log=get("GONGJI_LOG", "pending.log"), timeout_s=float(get("GONGJI_TIMEOUT_S", "30")),
        pause_s=float(get("GONGJI_PAUSE_S", "1")))


def receipt(output):
    """Who pays what. Own money is what is left, in provinces that count the family's apart as well."""
    info = output.get("setlinfo")
    if not info:
        return {}
    part, cash, family = (yuan(str(info[name])) for name in
                          ("psn_part_amt", "psn_cash_pay", "acct_mulaid_pay"))
    return {"own": f"{part - cash - family:.2f}", "family": f"{family:.2f}", "cash": f"{cash:.2f}",
            "setl_id": info.get("setl_id", ""), "mdtrt_id": info.get("mdtrt_id", ""),
            "quote_id": info.get("quote_id", "")}


def show(state, answer, **more):
    print(json.dumps({"state": state, **more, "code": answer.code, "text": answer.text,
                      **receipt(answer.output)}, ensure_ascii=False))


def show_fate(fate):
    show(fate.state.value, fate.answer, msgid=fate.message.msgid, infno=fate.message.infno)
    return EXIT_CODES[fate.state]


def main(command, *arguments):
    settings = settings_of(os.environ)
    transport = (TcpTransport if settings.url.startswith("tcp:") else HttpTransport)(settings)
    till = Till(settings, transport, PendingLog(settings.log))
    if command == "quote":
        answer = till.quote(*arguments)
        show("QUOTED" if answer.word is Word.DONE else "NOT_QUOTED", answer)
        return 0 if answer.word is Word.DONE else 1
    if command == "recover":
        return max(map(show_fate, till.recover()), default=0)
    actions = {"buy": till.buy, "cancel": till.cancel, "reverse": till.reverse}
    return show_fate(actions[command](*arguments))


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in ("quote", "buy", "cancel", "reverse", "recover"):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
