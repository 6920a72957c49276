"""Nobody who cannot prove who he is is heard, over any transport; and nothing he says is written down."""

import re
import tempfile
import unittest

import cast
from clients import get, import_lines
from frame_forgeries import frame_forgeries, frame_signers, honest_frames
from http_forgeries import after_signing, before_signing, honest, signers
from messages import shanghai_family
from speakers import FrameSpeaker, HttpSpeaker, Refused, Reply

REFUSED_STATUSES = (400, 401, 404, 405, 501)
FORGERIES_MIN = 2000


def sequence_of(gateway):
    """How many records are durable."""
    return int(re.search(rb"^gongji_journal_sequence (\d+)", get(gateway.ops, "/metrics")[1], re.MULTILINE)[1])


def converse(gateway, forgery):
    """The answer to the last message of a conversation, or the closed connection before it."""
    try:
        speaker = FrameSpeaker(gateway.tcp)
        replies = [speaker.say(message) for message in forgery.said]
        speaker.close()
        return replies[-1]
    except Refused:
        return Reply(0, None)


class Outsiders(unittest.TestCase):
    def open(self, institutions):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        gateway = cast.open_gateway(folder.name, institutions)
        self.addCleanup(lambda: gateway.process.poll() is None and gateway.kill())
        import_lines(gateway, shanghai_family())
        return gateway

    def attack(self, gateway, family, forgeries, say, good):
        """Says every forgery; none may be accepted, none journaled. Then the honest message."""
        forgeries = list(forgeries)
        self.assertEqual(len({each.name for each in forgeries}), len(forgeries), f"{family}: a name comes twice")
        for forgery in forgeries:
            if forgery.first is not None and not getattr(forgery.first, "said_already", False):
                self.assertTrue(say(forgery.first).accepted, f"{family}: honest message before {forgery.name}")
                forgery.first.said_already = True
        before = sequence_of(gateway)
        wrong = [f"{family}: {each.name}: {reply}" for each in forgeries
                 if not self.refused(each, reply := say(each))]
        self.assertEqual(wrong, [])
        self.assertEqual(sequence_of(gateway), before, f"{family}: something was journaled")
        reply = say(good)
        self.assertTrue(reply.accepted, f"{family}: the honest message: {reply}")
        self.assertEqual(sequence_of(gateway), before + 1, f"{family}: the honest message is journaled")
        return len(forgeries)

    def refused(self, forgery, reply):
        """HTTP says 401 (or what is wrong with the request); frames end, or say -2 and nothing else."""
        if hasattr(forgery, "said"):
            return reply.answer is None or (reply.answer["infcode"] == -2 and not forgery.well_formed)
        return reply.status == 401 if forgery.well_formed else reply.status in REFUSED_STATUSES

    def test_no_forged_message_is_accepted(self):
        gateway = self.open(cast.register())
        speaker = HttpSpeaker(gateway.http)
        say = lambda each: speaker.say(each.method, each.target, each.headers, each.body)
        counts = {}
        for signer in signers():
            name = f"{signer.code} {signer.scheme} {signer.digest} over HTTP"
            forgeries = [*before_signing(signer), *after_signing(signer)]
            counts[name] = self.attack(gateway, name, forgeries, say, honest(signer))
        for signer in frame_signers():
            name = f"{signer.scheme} {signer.digest} over TCP"
            counts[name] = self.attack(gateway, name, frame_forgeries(signer),
                                       lambda each: converse(gateway, each), honest_frames(signer))
        speaker.close()
        print(f"forged messages: {sum(counts.values())}, accepted: 0; {counts}")
        self.assertGreaterEqual(sum(counts.values()), FORGERIES_MIN)
        self.assertEqual(gateway.stop(), 0)

    def test_without_a_proof_the_same_messages_are_good(self):
        gateway = self.open(cast.register_without_proof())
        speaker = HttpSpeaker(gateway.http)
        for signer in signers():
            for each in (*before_signing(signer), *after_signing(signer)):
                reply = speaker.say(each.method, each.target, each.headers, each.body)
                self.assertEqual(reply.accepted, each.well_formed, f"{signer.scheme}: {each.name}: {reply}")
        for signer in frame_signers():
            for each in frame_forgeries(signer):
                reply = converse(gateway, each)
                if each.well_formed:
                    self.assertTrue(reply.accepted, f"{signer.scheme} over TCP: {each.name}: {reply}")
        speaker.close()


if __name__ == "__main__":
    unittest.main()
