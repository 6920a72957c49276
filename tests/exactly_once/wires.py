"""The two transports as bytes: what a message looks like on the wire, and whether its reply is whole."""

import json
import socket
import struct

from messages import PHARMACY, sign_in


class Http:
    name = "HTTP"

    @staticmethod
    def address(gateway):
        return gateway.http

    @staticmethod
    def encode(message):
        body = json.dumps(message, ensure_ascii=False).encode()
        return b"POST /fsi/api HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body) + body

    @staticmethod
    def decode(received):
        """The envelope's bytes, or None while something is missing."""
        head, end, body = received.partition(b"\r\n\r\n")
        if not end:
            return None
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        return body[:length] if len(body) >= length else None

    @classmethod
    def open(cls, connection, institution=PHARMACY):
        """Nothing is said before the first message."""


class Tcp:
    name = "TCP"

    @staticmethod
    def address(gateway):
        return gateway.tcp

    @staticmethod
    def encode(message):
        body = json.dumps(message, ensure_ascii=False).encode()
        return struct.pack(">IQ", len(body), 7) + body

    @staticmethod
    def decode(received):
        if len(received) < 12:
            return None
        length = struct.unpack(">I", received[:4])[0]
        return received[12:12 + length] if len(received) >= 12 + length else None

    @classmethod
    def open(cls, connection, institution=PHARMACY):
        connection.sendall(cls.encode(sign_in(institution)))
        received = receive(connection, cls)
        if cls.decode(received) is None:
            raise AssertionError(f"no answer to the sign-in: {received!r}")


def receive(connection, wire):
    """What comes until the reply is whole or the connection ends."""
    received = b""
    while wire.decode(received) is None:
        try:
            more = connection.recv(1 << 16)
        except ConnectionResetError:
            break
        if not more:
            break
        received += more
    return received


class Line:
    """One open connection that answers one message after the other."""

    def __init__(self, wire, gateway, institution=PHARMACY):
        self.wire = wire
        self.connection = socket.create_connection(wire.address(gateway), timeout=30)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wire.open(self.connection, institution)

    def ask_bytes(self, message):
        """The whole reply as it stood on the wire."""
        self.connection.sendall(self.wire.encode(message))
        received = receive(self.connection, self.wire)
        if self.wire.decode(received) is None:
            raise AssertionError(f"the connection ended before the answer to {message}")
        return received

    def ask(self, message):
        return json.loads(self.wire.decode(self.ask_bytes(message)))

    def close(self):
        self.connection.close()
