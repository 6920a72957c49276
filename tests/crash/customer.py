"""A customer who buys one thing after another and does not give up: whatever happens to the connection
or the gateway, the same message is sent again until it is answered. Busy half of the time: he rests as
long as each answer took."""

import http.client
import json
import threading
import time

from clients import Frames
from messages import CHILD, PHARMACY, sale, sign_in

RETRY_PAUSE_S = 0.02


class Customer(threading.Thread):
    def __init__(self, gateway, over_tcp):
        super().__init__()
        self.gateway, self.over_tcp = gateway, over_tcp
        self.ending = False
        self.connection = None
        self.sent = {}  # msgid -> message
        self.told = {}  # msgid -> setl_id
        self.retries = 0

    def run(self):
        while not self.ending:
            message = sale(CHILD, "0.01")
            self.sent[message["msgid"]] = message
            began = time.monotonic()
            self.told[message["msgid"]] = self.buy(message)
            time.sleep(time.monotonic() - began)

    def buy(self, message):
        """The setl_id; asks until there is one."""
        while True:
            try:
                answer = self.ask(message)
            except (OSError, http.client.HTTPException, ValueError, AssertionError):
                answer = None
                self.hang_up()
            if answer is not None and answer["infcode"] == 0:
                return answer["output"]["setlinfo"]["setl_id"]
            self.retries += 1
            time.sleep(RETRY_PAUSE_S)

    def ask(self, message):
        return self.ask_by_frame(message) if self.over_tcp else self.ask_by_http(message)

    def ask_by_frame(self, message):
        if self.connection is None:
            self.connection = Frames(self.gateway.tcp, PHARMACY, sign_in())
        self.connection.send(1, message)
        answered = self.connection.receive()
        if answered is None:
            raise ConnectionError("the stream ended")
        return answered[1]

    def ask_by_http(self, message):
        if self.connection is None:
            self.connection = http.client.HTTPConnection(*self.gateway.http, timeout=30)
        self.connection.request("POST", "/fsi/api", json.dumps(message).encode(), {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.getheader("Connection") == "close":
            self.hang_up()
        return json.loads(body)

    def hang_up(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None
