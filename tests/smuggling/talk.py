"""Raw HTTP: sends exactly these bytes and takes the responses apart."""

import dataclasses
import json
import socket


@dataclasses.dataclass
class Response:
    status: int
    body: bytes

    def settled(self):
        """The message id of the sale that this answers with success, or ""."""
        try:
            envelope = json.loads(self.body)
            return envelope["output"]["setlinfo"]["medins_setl_id"] if envelope["infcode"] == 0 else ""
        except (ValueError, KeyError, TypeError):
            return ""


class Talk:
    """One connection. `ended` when the other side closed it."""

    def __init__(self, address, patience_s=20):
        self.connection = socket.create_connection(address, timeout=patience_s)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received, self.ended = b"", False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def send(self, data):
        try:
            self.connection.sendall(data)
        except OSError:
            pass  # closed early: what it said before is still to be read

    def responses_until(self, last):
        """Responses up to the one `last` is true of, or to the end of the connection."""
        responses = []
        while (response := self.response()) is not None:
            responses.append(response)
            if last(response):
                break
        return responses

    def response(self):
        """The next one that is not interim; None at the end."""
        while True:
            head = self.take_until(b"\r\n\r\n")
            if head is None:
                return None
            status = int(head.split(b" ", 2)[1])
            if status >= 200:
                return Response(status, self.take_body(head.lower()))

    def take_body(self, head):
        if b"transfer-encoding: chunked" in head:
            body = b""
            while (size := int(self.take_until(b"\r\n") or b"0", 16)) > 0:
                body += self.take(size + 2)[:size]
            self.take(2)
            return body
        _, found, length = head.partition(b"content-length:")
        return self.take(int(length.split(b"\r\n")[0])) if found else b""

    def take_until(self, mark):
        while mark not in self.received:
            if not self.more():
                return None
        taken, _, self.received = self.received.partition(mark)
        return taken + mark

    def take(self, count):
        while len(self.received) < count and self.more():
            pass
        taken, self.received = self.received[:count], self.received[count:]
        return taken

    def more(self):
        try:
            data = self.connection.recv(1 << 16)
        except TimeoutError:
            return False  # neither an answer nor an end
        except ConnectionResetError:
            data = b""
        self.ended = not data
        self.received += data
        return bool(data)
