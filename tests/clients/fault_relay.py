"""A relay between a client and the gateway that knows where a message begins and ends, so that it can
lose exactly the one it is told to. Speaks HTTP (one Content-Length each way) and TCP frames."""

import collections
import json
import socket
import struct
import threading

FRAME_HEAD = struct.Struct(">IQ")
READ_SECONDS_MAX = 60

# What may happen to one message:
LOSE_REPLY = "the reply is lost"
LOSE_REQUEST = "the request is lost"
CUT_REPLY = "the reply is cut in half"
DELAY_REQUEST = "the connection breaks, and the request arrives later"
HOLD_REPLY = "the reply never comes, and the connection stays"
HOLD_REQUEST = "the request stays on the way, and the connection with it"


class FaultRelay:
    def __init__(self, target, tcp):
        self.target, self.tcp = target, tcp
        self.faults = collections.defaultdict(list)  # infno -> what happens to the next ones
        self.seen = []                               # infno of every message, as the client sent them
        self.hit = threading.Event()                 # a fault has happened
        self.delayed = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = self.listener.getsockname()
        self.connections = []
        threading.Thread(target=self.accept, daemon=True).start()

    def arm(self, infno, *faults):
        self.hit.clear()
        self.faults[infno] += faults

    def deliver_delayed(self):
        """The late requests arrive now; their answers."""
        late, self.delayed = self.delayed, []
        return [self.ask_alone(*each) for each in late]

    def close(self):
        self.listener.close()
        for connection in list(self.connections):
            connection.close()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections.append(client)
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        upstream, greeting = None, b""
        try:
            upstream = socket.create_connection(self.target, READ_SECONDS_MAX)
            while True:
                request = self.read_message(client)
                infno = infno_of(request, self.tcp)
                if infno == "9001":
                    greeting = request
                if not self.pass_on(client, upstream, infno, request, greeting):
                    return
        except OSError:
            pass
        finally:
            client.close()
            if upstream is not None:
                upstream.close()

    def pass_on(self, client, upstream, infno, request, greeting):
        """False: the connection has to end."""
        self.seen.append(infno)
        fault = self.faults[infno].pop(0) if self.faults[infno] else None
        if fault == DELAY_REQUEST:
            self.delayed.append((greeting, request))
        if fault in (LOSE_REQUEST, DELAY_REQUEST):
            self.hit.set()
            return False
        if fault == HOLD_REQUEST:
            self.delayed.append((greeting, request))
            return self.hold(client)
        upstream.sendall(request)
        reply = self.read_message(upstream)
        if fault == HOLD_REPLY:
            return self.hold(client)
        if fault == LOSE_REPLY:
            self.hit.set()
            return False
        client.sendall(reply if fault is None else reply[:len(reply) // 2])
        self.hit.set() if fault else None
        return fault is None

    def hold(self, client):
        self.hit.set()
        try:
            client.recv(1)  # until the client is gone
        except OSError:
            pass
        return False

    def ask_alone(self, greeting, request):
        with socket.create_connection(self.target, READ_SECONDS_MAX) as upstream:
            if greeting:
                upstream.sendall(greeting)
                self.read_message(upstream)
            upstream.sendall(request)
            return json.loads(body_of(self.read_message(upstream), self.tcp))

    def read_message(self, stream):
        return read_frame(stream) if self.tcp else read_http(stream)


def read_exactly(stream, count):
    data = b""
    while len(data) < count:
        more = stream.recv(count - len(data))
        if not more:
            raise ConnectionError("closed")
        data += more
    return data


def read_frame(stream):
    head = read_exactly(stream, FRAME_HEAD.size)
    return head + read_exactly(stream, FRAME_HEAD.unpack(head)[0])


def read_http(stream):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += read_exactly(stream, 1)
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return head + read_exactly(stream, length)


def body_of(message, tcp):
    return message[FRAME_HEAD.size:] if tcp else message.partition(b"\r\n\r\n")[2]


def infno_of(message, tcp):
    return json.loads(body_of(message, tcp))["infno"]
