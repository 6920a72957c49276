"""Slow, silent, greedy and hurried clients against the real process: who is cut, and that nobody else is."""

import json
import socket
import struct
import tempfile
import unittest

from clients import Frames, get, import_lines, person, settle
from gateway import Gateway, eventually
from messages import CHILD, FATHER, PHARMACY, sale, shanghai_family, sign_in

BOM = b"\xef\xbb\xbf"


def request(message, fields="", path="/fsi/api", method="POST"):
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    return f"{method} {path} HTTP/1.1\r\nHost: a\r\n{fields}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Raw:
    """Sends what it is told to and tells what came."""

    def __init__(self, address, receive_bytes=None):
        self.socket = socket.socket()
        if receive_bytes:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.socket.settimeout(30)
        self.socket.connect(address)

    def send(self, data):
        try:
            self.socket.sendall(data)
        except OSError:
            pass  # cut in between
        return self

    def all(self):
        """Everything until the other side ends the connection."""
        received = b""
        try:
            while more := self.socket.recv(1 << 16):
                received += more
        except ConnectionResetError:
            pass
        return received

    def answer(self):
        """Status and body of one HTTP answer."""
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.socket.recv(1 << 16)
        head, _, body = received.partition(b"\r\n\r\n")
        fields = head.decode().lower()
        length = int(fields.partition("content-length: ")[2].split("\r\n")[0]) if "content-length" in fields else 0
        while len(body) < length:
            body += self.socket.recv(1 << 16)
        return int(head.split(b" ")[1]), fields, body


class Limits(unittest.TestCase):
    def start(self, *settings):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.gateway = Gateway(folder.name, settings).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        import_lines(self.gateway, shanghai_family())
        return self.gateway

    def raw(self, address, **more):
        raw = Raw(address, **more)
        self.addCleanup(raw.socket.close)
        return raw

    def fund(self):
        return person(self.gateway, FATHER)["balances"]["carryover"]

    def open_connections(self):
        lines = get(self.gateway.ops, "/metrics")[1].decode().splitlines()
        shown = [float(line.split()[-1]) for line in lines if line.startswith("gongji_connections{")]
        self.assertNotEqual(shown, [], "the gauge is there")
        return sum(shown)

    def test_who_dawdles_with_head_or_body_is_cut_and_the_patient_one_is_served(self):
        gateway = self.start("gateway.head_timeout_ms=300", "gateway.body_timeout_ms=300")
        whole, frame = request(sale(CHILD, "1.00")), Frames.frame(1, sale(CHILD, "1.00"))
        patient = self.raw(gateway.http)
        rows = [("half a head", gateway.http, whole[:20]), ("half a body", gateway.http, whole[:-5]),
                ("half a chunk", gateway.http, b"POST /fsi/api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{"),
                ("half a frame's head", gateway.tcp, frame[:7]), ("half a frame", gateway.tcp, frame[:-5])]
        for name, address, part in rows:
            with self.subTest(name):
                self.assertEqual(self.raw(address).send(part).all(), b"")
        self.assertEqual(self.fund(), "5000.00")
        self.assertEqual(patient.send(whole).answer()[0], 200)

    def test_who_is_idle_is_closed_and_who_does_not_read_is_cut(self):
        gateway = self.start("gateway.idle_timeout_ms=1000", "gateway.write_timeout_ms=300")
        self.assertEqual(self.raw(gateway.http).all(), b"")
        self.assertEqual(self.raw(gateway.tcp).all(), b"")
        before = self.open_connections()
        deaf = self.raw(gateway.http, receive_bytes=4096)
        ask = b"GET /v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n"
        deaf.send(ask * 400)  # far more than the kernel keeps for somebody who does not read
        eventually(lambda: self.open_connections() <= before, "the deaf one is cut", timeout_s=60)
        self.assertEqual(settle(gateway, sale(CHILD, "1.00"))["infcode"], 0)

    def test_connections_beyond_the_limit_are_closed_at_once(self):
        gateway = self.start("gateway.connections_max=2")
        eventually(lambda: self.open_connections() == 1, "nobody is there but who asks for the metrics")
        first, second = self.raw(gateway.http), self.raw(gateway.tcp)
        first.send(request(sale(CHILD, "1.00"))).answer()
        second.send(Frames.frame(0, sign_in()))
        self.assertNotEqual(second.socket.recv(12), b"")
        self.assertEqual(self.raw(gateway.http).send(request(sale(CHILD, "1.00"))).all(), b"")
        self.assertEqual(first.send(request(sale(CHILD, "1.00"))).answer()[0], 200)
        first.socket.close()
        eventually(lambda: self.raw(gateway.http).send(request(sale(CHILD, "1.00"), "Connection: close\r\n")).all()
                   .startswith(b"HTTP/1.1 200"), "the place is free again")

    def test_a_frame_is_measured_before_memory_is_taken_for_it(self):
        gateway = self.start()
        before = resident_bytes(gateway.process.pid)
        for length in (65537, 1 << 24, 1 << 30, (1 << 32) - 1):
            for _ in range(20):
                announced = struct.pack(">IQ", length, 1) + b"{"
                self.assertEqual(self.raw(gateway.tcp).send(announced).all(), b"", length)
        self.assertLess(resident_bytes(gateway.process.pid) - before, 32 << 20)
        self.assertEqual(self.raw(gateway.http).send(request(b" " * 65537)).answer()[0], 413)
        padded = request(json.dumps(sale(CHILD, "1.00")).encode().ljust(65536))
        self.assertEqual(self.raw(gateway.http).send(padded).answer()[0], 200)

    def test_more_messages_than_may_be_in_flight_on_a_connection_are_answered_in_their_order(self):
        gateway = self.start("admission.connection_inflight_max=4")
        messages = [sale(CHILD, "0.01") for _ in range(200)]
        http = self.raw(gateway.http).send(b"".join(map(request, messages)) + request(b"", "Connection: close\r\n"))
        said = http.all().decode().split('"medins_setl_id":"')[1:]
        self.assertEqual([one.split('"')[0] for one in said], [message["msgid"] for message in messages])

    def test_what_came_too_late_is_refused_before_it_is_decided(self):
        gateway = self.start("gateway.deadline_ms=1000")
        bill = sale(CHILD, "1.00")
        whole = request(bill)
        late = self.raw(gateway.http).send(whole[:-5])
        late.socket.settimeout(2)
        with self.assertRaises(TimeoutError):  # nothing is said before the message is whole
            late.socket.recv(1)
        late.socket.settimeout(30)
        status, fields, body = late.send(whole[-5:]).answer()
        answer = json.loads(body)
        self.assertEqual((status, answer["infcode"]), (503, -2))
        self.assertTrue(answer["err_msg"].startswith("E_DEADLINE"), answer)
        self.assertIn("retry-after: ", fields)
        self.assertEqual(self.fund(), "5000.00")
        eventually(lambda: settle(gateway, bill)["infcode"] == 0, "the same message in time")
        self.assertEqual(self.fund(), "4999.00")

    def test_small_courtesies(self):
        gateway = self.start()
        held_back = request(sale(CHILD, "1.00"), "Expect: 100-continue\r\n")
        split = held_back.index(b"\r\n\r\n") + 4
        polite = self.raw(gateway.http).send(held_back[:split])
        self.assertEqual(polite.answer()[0], 100)
        self.assertEqual(polite.send(held_back[split:]).answer()[0], 200)
        upgrade = request(sale(CHILD, "1.00"), "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n")
        self.assertEqual(self.raw(gateway.http).send(upgrade).answer()[0], 200)
        status, fields, _ = self.raw(gateway.http).send(request(b"", method="PUT")).answer()
        self.assertEqual((status, "allow: post" in fields), (405, True))
        with_mark = BOM + json.dumps(sale(CHILD, "1.00")).encode()
        self.assertEqual(self.raw(gateway.http).send(request(with_mark)).answer()[0], 200)
        frames = Frames(gateway.tcp, PHARMACY, sign_in())
        self.assertEqual(frames.ask(BOM + json.dumps(sale(CHILD, "1.00")).encode())["infcode"], 0)
        frames.close()
        self.assertEqual(self.fund(), "4996.00")


def resident_bytes(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) << 10 for line in file if line.startswith("VmRSS:"))


if __name__ == "__main__":
    unittest.main()
