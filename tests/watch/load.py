"""Light, steady traffic of every kind: settlements, quotes, refusals, repeats, cancels, frames."""

import http.client
import itertools
import json
import threading

from clients import Frames, import_lines
from messages import (AUTHORISER, CHILD, FATHER, PHARMACY, SX_CHILD, TAIYUAN, cancel, query, sale, shanghai_family,
                      sign_in, taiyuan_family)


def populate(gateway):
    import_lines(gateway, shanghai_family("1000000.00"), "shanghai")
    import_lines(gateway, taiyuan_family("1000000.00", "300.00"), "taiyuan")


class Load:
    """Messages of `institutions` in turn, one thread, about `per_second`; stop() ends it."""

    def __init__(self, gateway, per_second=40, institutions=(PHARMACY, TAIYUAN), threads=1, varied=True):
        self.gateway = gateway
        self.pause = threads / per_second
        self.institutions = list(institutions)
        self.varied = varied
        self.answered = 0
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self.run, daemon=True) for _ in range(threads)]

    def start(self):
        for thread in self.threads:
            thread.start()
        return self

    def stop(self):
        self.ended.set()
        for thread in self.threads:
            thread.join(30)

    def run(self):
        connection = http.client.HTTPConnection(*self.gateway.http, timeout=30)
        for turn in itertools.count():
            if self.ended.wait(self.pause):
                return
            if not self.institutions:
                continue
            institution = self.institutions[turn % len(self.institutions)]
            try:
                for message in self.messages(turn // len(self.institutions), institution):
                    self.send(connection, message)
            except (OSError, http.client.HTTPException):
                connection.close()  # a gateway that was stopped, or turns us away: try again

    def send(self, connection, message):
        connection.request("POST", "/fsi/api", json.dumps(message), {"Content-Type": "application/json"})
        answer = json.loads(connection.getresponse().read())
        self.answered += 1
        return answer

    def messages(self, turn, institution):
        patient = CHILD if institution != TAIYUAN else SX_CHILD
        bought = sale(patient, "1.00", institution)
        yield bought
        if not self.varied:
            return
        kind = turn % 5
        if kind == 0:
            yield bought  # a repeat
        elif kind == 1:
            yield sale(patient, "2.00", institution, infno="2101")
        elif kind == 2:
            yield sale("31010100000000000000000000", "1.00", institution)  # nobody: refused
        elif kind == 3:
            yield query(bought["msgid"], psn_no=patient, institution=institution)
        else:
            yield sale(FATHER if patient == CHILD else AUTHORISER, "1.00", institution, insutype="310")


def frames(gateway, count=20):
    """Some of it over TCP."""
    line = Frames(gateway.tcp, PHARMACY, sign_in())
    for _ in range(count):
        line.ask(sale(CHILD, "1.00"))
    settled = line.ask(sale(CHILD, "5.00"))["output"]["setlinfo"]
    line.ask(cancel(settled["setl_id"], settled["mdtrt_id"]))
    line.close()
