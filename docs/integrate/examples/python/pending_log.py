"""What was sent and what became of it, on disk before it is sent. One line a change, TAB separated:
time, msgid, infno, state, and the message itself (PENDING) or the answer's code. The last line of a
msgid holds.
"""

import os
import time

from gongji import Message, State

OPEN = (State.PENDING, State.UNKNOWN)


class PendingLog:
    """One till's log, open as long as the till is. One process at a time."""

    def __init__(self, path):
        self.messages, self.states, self.used = {}, {}, set()
        self.file = open(path, "a+b")
        self.file.seek(0)
        lines = self.file.read().split(b"\n")
        if lines.pop():  # cut off by a power failure while it was written: it was never sent
            self.file.write(b"\n")
        for line in lines:
            fields = line.decode(errors="replace").split("\t")
            if len(fields) == 5:
                self.remember(*fields[1:])

    def remember(self, msgid, infno, state, rest):
        self.used.add(msgid)
        self.states[msgid] = State(state)
        if state == State.PENDING:
            self.messages[msgid] = Message(msgid, infno, rest.encode())

    def write(self, message, state, note=""):
        """Returns when the line is on the disk."""
        rest = message.body.decode() if state is State.PENDING else note
        fields = (time.strftime("%Y-%m-%d %H:%M:%S"), message.msgid, message.infno, state.value, rest)
        self.file.write(("\t".join(fields) + "\n").encode())
        self.file.flush()
        os.fsync(self.file.fileno())
        self.remember(message.msgid, message.infno, state.value, rest)

    def message(self, msgid):
        if msgid not in self.messages:
            raise LookupError(f"not in the log: {msgid}")
        return self.messages[msgid]

    def is_open(self, message):
        return self.states.get(message.msgid) in OPEN

    def open_messages(self):
        return [message for msgid, message in self.messages.items() if self.states[msgid] in OPEN]

    def new_msgid(self, institution, till):
        """Code (12), second (14), till (2), number within the second (2): never the same twice."""
        while True:
            second = time.strftime("%Y%m%d%H%M%S")
            for number in range(100):
                msgid = f"{institution[:12]}{second}{till:0>2}{number:02d}"
                if msgid not in self.used:
                    self.used.add(msgid)
                    return msgid
            time.sleep(0.05)
