"""A proxy that cuts a connection after so many bytes of its request or of its reply."""

import dataclasses
import select
import socket
import struct
import threading

REQUEST, REPLY = "request", "reply"
END, RESET = "end", "reset"  # a connection that is closed, and one that is torn
NEVER = 1 << 62


@dataclasses.dataclass
class Cut:
    """Counts only while armed, so that a sign-in may pass before."""

    direction: str
    after_bytes: int
    how: str = END
    armed: bool = True

    def room(self, direction):
        return self.after_bytes if self.armed and direction == self.direction else NEVER

    def passed(self, direction, count):
        if self.armed and direction == self.direction:
            self.after_bytes -= count


class Cutter:
    """One thread a connection. Made for one upstream at a time; `upstream` may be set anew."""

    def __init__(self, upstream):
        self.upstream = upstream
        self.cuts = {}  # the client's port -> its Cut
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.address = self.listener.getsockname()
        threading.Thread(target=self.accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def connect(self, cut):
        """A connection to the upstream that will end as `cut` says."""
        client = socket.socket()
        client.settimeout(30)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.bind(("127.0.0.1", 0))
        self.cuts[client.getsockname()[1]] = cut
        client.connect(self.address)
        return client

    def accept(self):
        while True:
            try:
                client, (_, port) = self.listener.accept()
            except OSError:
                return  # closed
            cut = self.cuts.pop(port)
            threading.Thread(target=self.serve, args=(client, cut), daemon=True).start()

    def serve(self, client, cut):
        server = socket.create_connection(self.upstream, timeout=30)
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            pass_on(client, server, cut)
        except OSError:
            pass  # one side is gone: so is the other
        for end in (server, client):
            cut_off(end, cut.how)


def pass_on(client, server, cut):
    """Until an end of the connection is closed or the cut's turn has come."""
    ways = {client: (server, REQUEST), server: (client, REPLY)}
    while True:
        readable, _, _ = select.select([client, server], [], [], 60)
        for source in readable:
            sink, direction = ways[source]
            data = source.recv(1 << 16)
            room = cut.room(direction)
            part = data[:room]
            cut.passed(direction, len(part))  # before it is sent: what it leads to may arm the cut
            sink.sendall(part)
            if not data or len(part) == room:
                return


def cut_off(end, how):
    if how == RESET:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    end.close()
