"""The connection is cut at every byte of request and reply; the fate of every message is definite."""

import collections
import itertools
import os
import queue
import tempfile
import threading
import unittest

from clients import import_lines
from cutter import END, REPLY, REQUEST, RESET, Cut, Cutter
from fate import (AMOUNT_FEN, ASK, REPEAT, Till, cut_batch, cut_cancel, cut_sale, cut_undo, double_debits, fen,
                  lengths)
from gateway import Gateway
from messages import CHILD, HOSPITAL, PHARMACY, sale, shanghai_family
from wires import Http, Tcp

FULL = os.environ.get("GONGJI_FATE_FULL") == "1"  # every byte in all four ways instead of one of them
TILLS = 4
WAYS = list(itertools.product((END, RESET), (REPEAT, ASK)))
CASES = {"2102": (cut_sale, PHARMACY), "2103": (cut_cancel, PHARMACY), "2601": (cut_undo, PHARMACY),
         "2207": (cut_batch, HOSPITAL)}


def every_cut(request_bytes, reply_bytes):
    """Direction, byte, how it is cut, how its fate is learned."""
    places = [(REQUEST, byte) for byte in range(request_bytes + 1)] + \
             [(REPLY, byte) for byte in range(reply_bytes + 1)]
    for number, (direction, byte) in enumerate(places):
        for how, way in WAYS if FULL else [WAYS[number % len(WAYS)]]:
            yield direction, byte, how, way


class Fate(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.gateway = Gateway(self.folder.name).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        import_lines(self.gateway, shanghai_family("1000000.00"))
        self.learned = collections.Counter()
        self.wrong = []

    def play(self, wire, case, institution, cuts):
        """All cuts, a few tills side by side; how many fen must be gone."""
        waiting = queue.Queue()
        for cut in cuts:
            waiting.put(cut)
        gone = []
        cutter = Cutter(wire.address(self.gateway))

        def work():
            till = Till(self.gateway, wire, cutter, institution)
            while not self.wrong:
                try:
                    direction, byte, how, way = waiting.get_nowait()
                except queue.Empty:
                    break
                try:
                    gone.append(case(till, Cut(direction, byte, how), way))
                except Exception as error:  # a till that dies must not end the others unseen
                    self.wrong.append(f"{wire.name} {case.__name__}, {how} after {byte} bytes of the {direction}, "
                                      f"{way}: {error!r}")
            till.close()
            self.learned.update(till.learned)

        tills = [threading.Thread(target=work) for _ in range(TILLS)]
        for till in tills:
            till.start()
        for till in tills:
            till.join()
        cutter.close()
        return len(gone), sum(gone)

    def every_byte(self, wire):
        for infno, (case, institution) in CASES.items():
            till = Till(self.gateway, wire, None, institution)
            request_bytes, reply_bytes = lengths(till, case)
            till.close()
            before = fen(self.gateway)
            cut, gone = self.play(wire, case, institution, every_cut(request_bytes, reply_bytes))
            self.assertEqual(self.wrong, [])
            self.assertEqual(before - fen(self.gateway), gone, f"{infno} over {wire.name}: lost or debited twice")
            print(f"{wire.name} {infno}: {request_bytes} bytes of request, {reply_bytes} of reply, {cut} cuts")
        print(dict(self.learned))
        self.check_books()

    def check_books(self):
        self.assertEqual(self.gateway.stop(), 0)
        code, said = self.gateway.audit()
        self.assertEqual(code, 0, said)
        self.assertEqual(double_debits(self.gateway), [])

    def test_http_cut_at_every_byte(self):
        self.every_byte(Http)

    def test_tcp_cut_at_every_byte(self):
        self.every_byte(Tcp)

    # ---- controls: tills that get it wrong, and are seen ----

    def test_control_a_till_that_retries_under_a_new_id_is_seen_to_debit_twice(self):
        def impatient(till, cut, _):
            heard = till.send(sale(CHILD, "0.37"), cut)
            if till.wire.decode(heard) is None:
                till.line.ask(sale(CHILD, "0.37"))
            return AMOUNT_FEN

        before = fen(self.gateway)
        cuts = [(REPLY, byte, END, ASK) for byte in range(0, 200, 10)]
        _, gone = self.play(Http, impatient, PHARMACY, cuts)
        self.assertEqual(self.wrong, [])
        self.assertEqual(before - fen(self.gateway), 2 * gone, "each of them paid twice")

    def test_control_a_till_that_takes_silence_for_a_no_is_seen_to_lose(self):
        def hasty(till, cut, _):
            heard = till.send(sale(CHILD, "0.37"), cut)
            return 0 if till.wire.decode(heard) is None else AMOUNT_FEN

        before = fen(self.gateway)
        cuts = [(REPLY, byte, RESET, ASK) for byte in range(0, 200, 10)]
        _, gone = self.play(Tcp, hasty, PHARMACY, cuts)
        self.assertEqual((self.wrong, gone), ([], 0))
        self.assertEqual(before - fen(self.gateway), 20 * AMOUNT_FEN)


if __name__ == "__main__":
    unittest.main()
