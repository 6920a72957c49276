"""Puts exactly the given bytes on a socket and says what came back."""

import json
import socket
import struct

TIMEOUT_S = 30


class Reply:
    """`status`: of HTTP, 0 over frames; `answer`: the envelope, None when there is none."""

    def __init__(self, status, answer):
        self.status, self.answer = status, answer

    @property
    def accepted(self):
        return self.answer is not None and self.answer["infcode"] in (0, "0")

    def __str__(self):
        said = self.answer and self.answer.get("err_msg")
        return f"{self.status or 'frame'} {said}" if self.answer else f"{self.status or 'closed'}"


class Refused(Exception):
    """The connection was never good: no handshake, or a reset."""


def connect(address, tls=None):
    """A buffered stream to the gateway; closing it closes the connection."""
    plain = socket.create_connection(address, timeout=TIMEOUT_S)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        spoken = tls.wrap_socket(plain, server_hostname="localhost") if tls else plain
        stream = spoken.makefile("rwb")
        spoken.close()  # the stream keeps it open
        return stream
    except OSError as refused:
        plain.close()
        raise Refused(str(refused)) from refused


class HttpSpeaker:
    """Raw requests on one connection, which is made anew whenever the gateway has closed it."""

    def __init__(self, address, tls=None):
        self.address, self.tls, self.stream = address, tls, None

    def say(self, method, target, headers, body):
        lines = [f"{method} {target} HTTP/1.1", "Host: gongji", f"Content-Length: {len(body)}"]
        head = "\r\n".join(lines + [f"{name}: {value}" for name, value in headers]) + "\r\n\r\n"
        data = head.encode("utf-8") + body
        for attempt in (1, 2):  # the second on a connection of its own
            fresh = self.stream is None
            try:
                if fresh:
                    self.stream = connect(self.address, self.tls)
                self.stream.write(data)
                self.stream.flush()
                reply = self.read_reply(method)
            except OSError:
                reply = None
            if reply is not None:
                return reply
            self.close()
            if fresh:
                return Reply(0, None)
        raise AssertionError("unreachable")

    def read_reply(self, method):
        first = self.stream.readline()
        if not first:
            return None
        fields = {}
        while (line := self.stream.readline().strip()):
            name, value = line.decode().split(":", 1)
            fields[name.lower()] = value.strip()
        body = b"" if method == "HEAD" else self.stream.read(int(fields.get("content-length", 0)))
        if fields.get("connection", "").lower() == "close":
            self.close()
        return Reply(int(first.split()[1]), as_answer(body))

    def close(self):
        if self.stream:
            try:
                self.stream.close()
            except OSError:
                pass  # the peer has gone already
        self.stream = None


class FrameSpeaker:
    """One TCP connection of frames."""

    def __init__(self, address, tls=None):
        self.stream = connect(address, tls)

    def say(self, message):
        """The answer; Reply(0, None) when the connection was closed without a word."""
        payload = message if isinstance(message, bytes) else json.dumps(message).encode()
        try:
            self.stream.write(struct.pack(">IQ", len(payload), 7) + payload)
            self.stream.flush()
            head = self.stream.read(12)
            if len(head) < 12:
                return Reply(0, None)
            length, _ = struct.unpack(">IQ", head)
            return Reply(0, as_answer(self.stream.read(length)))
        except OSError:
            return Reply(0, None)

    def close(self):
        try:
            self.stream.close()
        except OSError:
            pass  # the peer has gone already


def as_answer(body):
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    return answer if "infcode" in answer else None
