"""A server that reads HTTP carelessly, and is desynchronised by it: the control for those who look for that."""

import json
import re
import socket
import threading


class NaiveServer:
    """Takes any line end, the last number it sees as Content-Length, and has never heard of chunks."""

    def __init__(self):
        self.sold = set()  # message ids
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.address = self.listener.getsockname()
        threading.Thread(target=self.accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        connection.settimeout(0.2)  # who never ends what he began
        received = b""
        try:
            while data := connection.recv(1 << 16):
                received += data
                while (request := self.first_request(received)) is not None:
                    head, body = request
                    received = received[len(head) + len(body):]
                    connection.sendall(self.answer(body))
        except OSError:
            pass
        connection.close()

    @staticmethod
    def first_request(received):
        end = re.search(rb"\r?\n\r?\n", received)
        if end is None:
            return None
        head = received[:end.end()]
        lengths = re.findall(rb"(?i)content.length[^0-9\n]*([0-9]+)", head)
        length = int(lengths[-1]) if lengths else 0
        return (head, received[end.end():end.end() + length]) if len(received) >= end.end() + length else None

    def answer(self, body):
        try:
            message = json.loads(body)
            status, answer = b"200 OK", self.business(message)
        except (ValueError, KeyError, TypeError):
            status, answer = b"400 Bad Request", {"infcode": -2, "output": {}}
        text = json.dumps(answer).encode()
        return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(text), text)

    def business(self, message):
        if message["infno"] == "2602":
            known = message["input"]["data"]["omsgid"] in self.sold
            return {"infcode": 0, "output": {"state": "applied" if known else "unknown"}}
        self.sold.add(message["msgid"])
        return {"infcode": 0, "output": {"setlinfo": {"medins_setl_id": message["msgid"]}}}
