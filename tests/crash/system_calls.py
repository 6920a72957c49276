"""What strace saw of a process, as beginnings and ends of system calls in their order, and whether an
answer ever left before the sync that covers it."""

import re
from dataclasses import dataclass

TRACED = "trace=fdatasync,fsync,write,pwrite64,writev,pwritev,sendto,sendmsg"
DATA_BYTES_MAX = 4 << 20  # of one write that strace shows
SYNCS = {"fdatasync", "fsync"}
WRITES = {"write", "pwrite64", "writev", "pwritev"}
SENDS = {"sendto", "sendmsg", "write", "writev"}

BEGUN = re.compile(r"^(\d+) +(\w+)\((\d+)(.*)$")
RESUMED = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>")

# RocksDB puts seven bytes of its own where a record crosses the end of a 32 KiB block, also within a word.
BLOCK_END = r"(?:\\[0-7]{1,3}|\\.|[^\\]){7}"


def stands_in(text, word):
    """Whether `word` is in what strace shows of a log's bytes, in one piece or over the end of a block."""
    halves = ((re.escape(word[:cut]), re.escape(word[cut:])) for cut in range(1, len(word)))
    return word in text or any(re.search(before + BLOCK_END + after, text) for before, after in halves)


@dataclass
class Call:
    name: str
    descriptor: int
    text: str  # its arguments as strace shows them
    began: int  # place in the order of all beginnings and ends
    ended: int = 0


def read_calls(lines):
    calls, open_calls = [], {}
    for place, line in enumerate(lines, start=1):
        if resumed := RESUMED.match(line):
            call = open_calls.pop(resumed[1], None)
            if call is not None:
                call.ended = place
        elif begun := BEGUN.match(line):
            call = Call(begun[2], int(begun[3]), begun[4], place)
            calls.append(call)
            if line.rstrip().endswith("<unfinished ...>"):
                open_calls[begun[1]] = call
            else:
                call.ended = place
    return calls


def answers_before_their_sync(calls, answered):
    """`answered`: message id → something that only its answer holds. Sentences about answers that left
    although no sync had ended that began after the message's record was written to that file."""
    found = []
    for msgid, mark in answered.items():
        written = next((call for call in calls if call.name in WRITES and stands_in(call.text, msgid)), None)
        sent = next((call for call in calls if call.name in SENDS and mark in call.text), None)
        if written is None or sent is None:
            found.append(f"{msgid}: {'record' if written is None else 'answer'} not seen")
        elif not any(call.name in SYNCS and call.descriptor == written.descriptor and call.began > written.ended
                     and 0 < call.ended < sent.began for call in calls):
            found.append(f"{msgid}: answered before its sync")
    return found
