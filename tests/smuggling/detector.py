"""Sends a variant and finds out what became of it.

Behind a front, desynchronised means one of two things: the smuggled sale was made although the front lets nobody
through to where it is addressed, so front and server disagreed about where a request ends; or somebody else who
came after it through the same front was answered with something that is not his.
"""

import json

from messages import CHILD, query, sale
from talk import Talk
from variants import DECLINE, LAST, REFUSE, SERVE, post

EXPECTED = {  # was the outer sale made, did the connection go on
    REFUSE: (False, False), DECLINE: (False, True), SERVE: (True, True), LAST: (True, False)}


class Detector:
    """`server` decides; `front` is where the variants are sent, the server itself when there is none."""

    def __init__(self, server, front=None, patience_s=30):
        self.server, self.front, self.patience_s = server, front or server, patience_s
        self.asking = Talk(server)
        self.refused_for_others = 0  # others who got a 5xx since the front's connection had just ended

    def close(self):
        self.asking.connection.close()

    def known(self, msgid):
        self.asking.send(post("/fsi/api", query(msgid)))
        response = self.asking.response()
        if response is None:  # it was idle for too long
            self.close()
            self.asking = Talk(self.server)
            return self.known(msgid)
        return json.loads(response.body)["output"]["state"] != "unknown"

    def send(self, variant):
        """The variant and a plain sale behind it: the responses, whether the plain one was answered, and the end."""
        plain = sale(CHILD, "0.03")
        with Talk(self.front, self.patience_s) as talk:
            talk.send(variant.data + post("/fsi/api", plain))
            responses = talk.responses_until(lambda response: response.settled() == plain["msgid"])
            went_on = bool(responses) and responses[-1].settled() == plain["msgid"]
            return responses, went_on, talk.ended, plain

    def fault_alone(self, variant):
        """What is wrong with how the server took it; None when nothing is."""
        responses, went_on, ended, plain = self.send(variant)
        outer = self.known(variant.outer)
        said = [(response.status, response.settled()) for response in responses]
        if self.known(variant.smuggled):
            return f"the smuggled sale was made: {said}"
        if (outer, went_on) != EXPECTED[variant.verdict]:
            return f"outer sale made: {outer}, went on: {went_on}, responses {said}"
        if not went_on and (not ended or self.known(plain["msgid"])):
            return f"the connection did not end, or more was taken from it: {said}"
        if outer and (not responses or responses[0].settled() != variant.outer):
            return f"the outer sale was answered with {said}"
        if variant.verdict == REFUSE and any(status < 400 for status, _ in said):
            return f"accepted: {said}"
        return None

    def fault_behind(self, variant):
        """How front and server were desynchronised; None when they were not."""
        responses, _, _, plain = self.send(variant)
        allowed = {"", variant.outer, plain["msgid"]}
        strange = [response.settled() for response in responses if response.settled() not in allowed]
        if strange:
            return f"its sender was answered with {strange}"
        for _ in range(2):
            if fault := self.fault_for_others():
                return fault
        if self.known(variant.smuggled):
            return "the smuggled sale was made"
        return None

    def fault_for_others(self):
        for _ in range(3):
            own = sale(CHILD, "0.04")
            with Talk(self.front, self.patience_s) as talk:
                talk.send(post("/fsi/api", own))
                response = talk.response()
            if response is None or response.status >= 500:
                self.refused_for_others += 1  # nobody's answer; he asks again
                continue
            return None if response.settled() == own["msgid"] else f"another was answered with {response}"
        return "others are not served any more"
