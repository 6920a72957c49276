"""Messages over TCP frames (../../tcp.md): signed in once, many in flight, answers in any order."""

import itertools
import json
import socket
import struct
import threading
import time

import signing
from gongji import Answer, Word, read_answer

HEAD = struct.Struct(">IQ")  # length of the payload, correlation id
PAYLOAD_BYTES_MAX = 16 << 20


class Waiting:
    """One question under way."""

    def __init__(self):
        self.done = threading.Event()
        self.payload = None  # stays None when the connection ends first

    def end(self, payload):
        self.payload = payload
        self.done.set()


class Frames:
    """One connection. ask() may be called from many threads at once."""

    def __init__(self, address, timeout_s):
        self.timeout_s = timeout_s
        self.socket = socket.create_connection(address, timeout_s)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.settimeout(None)
        self.lock = threading.Lock()  # one frame at a time onto the wire; guards `waiting` as well
        self.waiting, self.broken = {}, False
        self.numbers = itertools.count(1)
        threading.Thread(target=self.read_all, daemon=True).start()

    def ask(self, payload):
        """The payload of the answer; None when none came in time or the connection broke."""
        question = Waiting()
        with self.lock:
            if self.broken:
                return None
            number = next(self.numbers)
            self.waiting[number] = question
            try:
                self.socket.sendall(HEAD.pack(len(payload), number) + payload)
            except OSError:
                self.socket.close()
                self.broken = True
                return None
        question.done.wait(self.timeout_s)
        with self.lock:
            self.waiting.pop(number, None)  # an answer that comes too late finds nobody
        return question.payload

    def read_all(self):
        try:
            while True:
                length, number = HEAD.unpack(self.read_exactly(HEAD.size))
                if length > PAYLOAD_BYTES_MAX:
                    raise ConnectionError("not a frame")
                payload = self.read_exactly(length)
                with self.lock:
                    question = self.waiting.pop(number, None)
                if question:
                    question.end(payload)
        except OSError:
            pass
        with self.lock:
            self.broken, left = True, list(self.waiting.values())
        for question in left:
            question.end(None)
        self.socket.close()

    def read_exactly(self, count):
        parts = bytearray()
        while len(parts) < count:
            more = self.socket.recv(count - len(parts))
            if not more:
                raise ConnectionError("closed")
            parts += more
        return bytes(parts)

    def close(self):
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class TcpTransport:
    """Connects and signs in when it has to. Not for two threads; Frames is."""

    def __init__(self, settings):
        self.settings = settings
        host, _, port = settings.url.removeprefix("tcp://").rpartition(":")
        self.address, self.frames = (host, int(port)), None

    def send(self, body):
        if self.frames is None or self.frames.broken:
            refusal = self.connect()
            if refusal is not None:
                return refusal
        return self.ask(body)

    def ask(self, body):
        payload = self.frames.ask(body)
        if payload is None:
            self.frames.close()  # after a lost answer a new connection tells more
            self.frames = None
            return Answer(Word.NONE, "", "the connection broke or no answer came in time")
        return read_answer(200, payload)

    def connect(self):
        """None when signed in; else why the message was not sent."""
        try:
            self.frames = Frames(self.address, self.settings.timeout_s)
        except OSError as fault:
            self.frames = None
            return Answer(Word.NOT_DECIDED, "", f"not connected, so not sent: {fault}")
        answer = self.ask(self.sign_in_message())
        if answer.word is Word.DONE:
            return None
        if self.frames is not None:
            self.frames.close()
            self.frames = None
        word = Word.DENIED if answer.word is Word.REFUSED else Word.NOT_DECIDED
        return Answer(word, answer.code, "not signed in, so not sent: " + answer.text)

    def sign_in_message(self):
        s = self.settings
        now = time.strftime("%Y%m%d%H%M%S")
        node = {"opter_no": s.till, "mac": "00", "ip": "127.0.0.1", **signing.sign_in(s, *signing.fresh())}
        return json.dumps({"infno": "9001", "msgid": f"{s.institution[:12]}{now}{s.till:0>2}SI",
                           "fixmedins_code": s.institution, "opter": s.till,
                           "input": {"signIn": node}}).encode()
