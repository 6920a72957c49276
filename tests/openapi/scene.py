"""A gongjid with a few families, and requests to it by operation: every reply is judged."""

import datetime
import itertools
import os

from clients import import_lines, settle
from gateway import TOKEN, Gateway
from messages import PHARMACY, TAIYUAN, a_person, cancel, sale
from probing import Caller, Reply

APP, AUDITOR = "app-token-of-the-tests-0123456789", "auditor-token-of-the-tests-0123456789"
TOKENS = {"agency": TOKEN, "app": APP, "auditor": AUDITOR, "nobody": None}
NOBODY = "31019999999999999999999999"
TODAY = datetime.date.today()
YEAR_ENDED = TODAY.year - (TODAY.month < 7)  # the last 30 June

_serial = itertools.count(1)


def a_key():
    return f"key-{next(_serial)}"


def shanghai(number):
    return f"310101000000000000000{number:05d}"


def shanxi(number):
    return f"140106000000000000000{number:05d}"


FATHER, CHILD, COUSIN, STRANGER, HOUSEWIFE, LEAVER, GONE = (shanghai(i) for i in range(1, 8))
MOTHER, SON, POOR_SON, UNCLE, NEPHEW = (shanxi(i) for i in range(1, 6))
LINK = {"quota": "900.00", "from": "2024-01-01", "to": "2099-12-31"}


def people():
    employees = [a_person(psn_no, "310", "9000.00", "100.00") for psn_no in (FATHER, STRANGER, GONE)]
    kin = [a_person(psn_no, "390") for psn_no in (CHILD, COUSIN, HOUSEWIFE, LEAVER, SON, NEPHEW)]
    authorisers = [a_person(psn_no, "310", "8000.00") for psn_no in (MOTHER, UNCLE)]
    poor = a_person(POOR_SON, "390", special_group="DIBAO")
    links = [dict(LINK, type="link", organizer=MOTHER, profile="SX", psn_no=kin, relation="CHILD")
             for kin in (SON, POOR_SON)]
    network = {"type": "network", "organizer": FATHER, "profile": "SH", "modes": ["PAY", "PREMIUM"],
               "members": [{"psn_no": kin, "relation": "CHILD"} for kin in (CHILD, LEAVER)]}
    return employees + kin + authorisers + [poor] + links + [network]


class Scene:
    def __init__(self, contract, folder, settings=(), environment=None):
        self.contract, self.folder = contract, folder
        self.gateway = Gateway(folder, settings, environment)
        with open(self.gateway.access, "a") as file:
            for role in ("app", "auditor"):
                file.write(f'[[token]]\ntoken = "{TOKENS[role]}"\nrole = "{role}"\nname = "{role}"\n')
        self.gateway.start()

    def populate(self):
        refused = import_lines(self.gateway, people())["refused"]
        assert refused == [], refused
        return self

    def again(self, settings=(), environment=None):
        """The same data under another process."""
        self.gateway.stop()
        self.gateway.settings = list(settings)
        self.gateway.environment = dict(os.environ, **(environment or {}))
        self.gateway.start()

    def ask(self, method, path, *ids, role="agency", acting=None, body=None, query="", key=None,
            **headers):
        """`path` as the document writes it; `ids` stand for its braces, in order."""
        caller = Caller(self.gateway.http, TOKENS[role], acting)
        if method != "GET":
            headers.setdefault("Idempotency_Key", key or a_key())
        reply = caller.ask(method, filled(path, ids) + query, body, headers)
        caller.close()
        return self.judged(method, path, reply)

    def judged(self, method, path, reply):
        self.contract.judge(method, path, reply)
        return reply

    def twice_at_once(self, method, path, *ids, body=None):
        """One key in two requests that arrive together: the second finds the first running."""
        caller = Caller(self.gateway.http, TOKEN)
        data = caller.request_bytes(method, filled(path, ids), body, {"Idempotency-Key": a_key()})
        caller.connect()
        caller.socket.sendall(data + data)
        replies = [Reply(f"{method} {path} twice", caller.receive()) for _ in range(2)]
        caller.close()
        return [self.judged(method, path, reply) for reply in replies]

    def raw(self, method, path, data, *ids):
        """Bytes of our own making after the head's usual lines."""
        caller = Caller(self.gateway.http, TOKEN)
        caller.connect()
        head = f"{method} {filled(path, ids)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n"
        caller.socket.sendall(head.encode() + data)
        reply = Reply(f"{method} {path} raw", caller.receive())
        caller.close()
        return self.judged(method, path, reply)

    # ---- over the national interface ----

    def buy(self, person=CHILD, amount="60.00"):
        place = PHARMACY if person.startswith("31") else TAIYUAN
        answer = settle(self.gateway, sale(person, amount, place))
        assert answer["infcode"] == 0, answer
        return answer["output"]["setlinfo"]["setl_id"]

    def cancel(self, setl_id, person=CHILD):
        place = PHARMACY if person.startswith("31") else TAIYUAN
        answer = settle(self.gateway, cancel(setl_id, "M" + setl_id[1:], person, place))
        assert answer["infcode"] == 0, answer
        return answer["output"]["setlinfo"]["setl_id"]


def filled(path, ids):
    parts = iter(ids)
    return "/".join(next(parts) if part.startswith("{") else part for part in path.split("/"))
