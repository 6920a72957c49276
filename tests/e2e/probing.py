"""A caller of /v1 on one connection that keeps every byte of the replies it got."""

import itertools
import json
import socket
import urllib.parse

_serial = itertools.count(1)


class Reply:
    def __init__(self, request, raw):
        head, _, self.body = raw.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.request, self.raw = request, raw
        self.status = int(lines[0].split()[1])
        self.headers = {name.lower(): value.strip() for name, _, value in
                        (line.partition(":") for line in lines[1:])}

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.request} -> {self.status} {self.body[:300]!r}"


class Caller:
    """One token, and the person it acts for when there is one."""

    def __init__(self, address, token, acting=None):
        self.address, self.token, self.acting = address, token, acting
        self.socket, self.buffer = None, b""

    def get(self, path, **headers):
        return self.ask("GET", path, None, headers)

    def write(self, method, path, body=None, key=None, **headers):
        headers = dict({"Idempotency-Key": key or f"probe-{next(_serial)}"}, **headers)
        return self.ask(method, path, body, headers)

    def ask(self, method, path, body=None, headers=None):
        data = self.request_bytes(method, path, body, headers)
        try:
            self.connect()
            self.socket.sendall(data)
            raw = self.receive(method)
        except (ConnectionError, EOFError):  # it was closed meanwhile
            self.close()
            self.connect()
            self.socket.sendall(data)
            raw = self.receive(method)
        reply = Reply(f"{method} {path}", raw)
        if reply.headers.get("connection", "").lower() == "close":
            self.close()
        return reply

    def request_bytes(self, method, path, body=None, headers=None):
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        fields = {"Host": "gateway", "Content-Length": str(len(data))}
        if self.token:
            fields["Authorization"] = "Bearer " + self.token
        if self.acting:
            fields["X-Acting-Person"] = self.acting
        fields.update({name.replace("_", "-"): value for name, value in (headers or {}).items()})
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value is not None)
        return f"{method} {quoted(path)} HTTP/1.1\r\n{head}\r\n".encode() + data

    def connect(self):
        if self.socket is None:
            self.socket, self.buffer = socket.create_connection(self.address, timeout=30), b""
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def receive(self, method="GET"):
        while b"\r\n\r\n" not in self.buffer:
            self.more()
        head, _, rest = self.buffer.partition(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length" and method != "HEAD":
                length = int(value)
        while len(rest) < length:
            self.more()
            rest = self.buffer.partition(b"\r\n\r\n")[2]
        whole = len(head) + 4 + length
        raw, self.buffer = self.buffer[:whole], self.buffer[whole:]
        return raw

    def more(self):
        bytes_read = self.socket.recv(1 << 18)
        if not bytes_read:
            raise EOFError("the connection was closed")
        self.buffer += bytes_read

    def close(self):
        if self.socket is not None:
            self.socket.close()
        self.socket = None

    def __del__(self):
        self.close()


def quoted(path):
    return urllib.parse.quote(path, safe="/?&=%:-_.~")
