"""An HTTP client and a TCP frame client, written from docs/wire.md alone."""

import http.client
import json
import socket
import struct

from gateway import TOKEN


def post(address, path, body, headers=None):
    """One POST on a connection of its own: status and body bytes."""
    connection = http.client.HTTPConnection(*address, timeout=30)
    try:
        data = body if isinstance(body, bytes) else body.encode()
        connection.request("POST", path, data, headers or {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def get(address, path, headers=None):
    connection = http.client.HTTPConnection(*address, timeout=30)
    try:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def settle(gateway, message):
    """A national message over HTTP; the parsed envelope."""
    status, body = post(gateway.http, "/fsi/api", json.dumps(message))
    return dict(json.loads(body), http_status=status)


def agency(extra=None):
    return dict({"Authorization": f"Bearer {TOKEN}"}, **(extra or {}))


def import_lines(gateway, lines, batch="tests"):
    text = "\n".join(json.dumps(line) for line in lines)
    status, body = post(gateway.http, f"/v1/import?batch={batch}", text, agency())
    if status != 200:
        raise AssertionError(f"import answered {status}: {body!r}")
    return json.loads(body)


def person(gateway, psn_no):
    status, body = get(gateway.http, f"/v1/persons/{psn_no}", agency())
    return dict(json.loads(body), http_status=status)


class Frames:
    """u32 length | u64 correlation id | payload, big-endian; signed in on connecting."""

    def __init__(self, address, institution, sign_in):
        self.socket = socket.create_connection(address, timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.institution = institution
        self.send(0, sign_in)
        answered = self.receive()
        if answered is None:
            raise ConnectionError("the stream ended at sign-in")
        answer = answered[1]
        if answer["infcode"] not in (0, "0"):
            raise AssertionError(f"sign-in refused: {answer}")

    def send(self, correlation, message):
        self.socket.sendall(self.frame(correlation, message))

    @staticmethod
    def frame(correlation, message):
        payload = message if isinstance(message, bytes) else json.dumps(message).encode()
        return struct.pack(">IQ", len(payload), correlation) + payload

    def receive_bytes(self):
        """The next frame: correlation id and payload; None at the end of the stream."""
        while True:
            if len(self.buffer) >= 12:
                length, correlation = struct.unpack(">IQ", self.buffer[:12])
                if len(self.buffer) >= 12 + length:
                    payload = self.buffer[12:12 + length]
                    self.buffer = self.buffer[12 + length:]
                    return correlation, payload
            try:
                more = self.socket.recv(1 << 16)
            except (ConnectionResetError, TimeoutError):
                return None
            if not more:
                return None
            self.buffer += more

    def receive(self):
        frame = self.receive_bytes()
        return frame and (frame[0], json.loads(frame[1]))

    def ask(self, message):
        self.send(1, message)
        return self.receive()[1]

    def close(self):
        self.socket.close()
