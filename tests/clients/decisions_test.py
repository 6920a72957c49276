"""The two tables of docs/integrate/retrying.md, row by row, against what the example clients do. The
two that are slow to start take a part of the rows, and all of them with GONGJI_CLIENTS_ALL=1."""

import os
import socket
import tempfile
import unittest

import manual
from kits import KITS
from messages import CERTNO, CHILD, PHARMACY
from scripted_gateway import BROKEN, HALF, SILENT, ScriptedGateway, reply

RETRY_AFTER_S = 1
WAITS = {"retry_after": RETRY_AFTER_S}
BUSY = "E_BUSY 系统繁忙"
REFUSED = reply(infcode=-2, err_msg="E_NO_PERSON 未找到该参保人")
# A row of the first table, by the words it begins with, and what the gateway says there.
ANSWERS = {
    "200, `infcode` 0": reply(),
    "200, `infcode` −2": REFUSED,
    "200, `infcode` −1": reply(infcode=-1, err_msg="E_UNKNOWN 结果未知"),
    "400": reply(400, -2, "E_FIELD 报文不是一个完整的JSON对象"),
    "413": reply(413, -2, "E_FIELD the body is longer than allowed"),
    "401": (401, "", {"WWW_Authenticate": "Gongji-HMAC"}),
    "429 or 503": reply(503, -2, BUSY, Retry_After=str(RETRY_AFTER_S)),
    "200, −2 `E_BUSY`": reply(infcode=-2, err_msg=BUSY, output=WAITS),
    "the connection is refused": None,
    "the connection breaks": BROKEN,
    "no answer in time": SILENT,
    "502, 504": (502, "<html><body>Bad Gateway</body></html>", {}),
}
ALL_ROWS = os.environ.get("GONGJI_CLIENTS_ALL") == "1"
SLOW_KITS = ("java", "csharp")
# What differs most from language to language: how HTTP, JSON and sockets report that something is wrong.
ROWS_OF_SLOW_KITS = ("200, `infcode` −2", "200, `infcode` −1", "401", "429 or 503", "the connection breaks",
                     "no answer in time", "502, 504")
STATES_OF_SLOW_KITS = ("refused", "in_flight", "unknown")
STATES = ("applied", "refused", "reversed", "reversed_before_arrival", "in_flight", "unknown")


def state(name, err_msg=""):
    return reply(output={"state": name, "result": {}, "err_msg": err_msg})


class Decisions(unittest.TestCase):
    def test_python(self):
        self.story("python")

    def test_node(self):
        self.story("node")

    def test_java(self):
        self.story("java")

    def test_csharp(self):
        self.story("csharp")

    def story(self, kit):
        self.kit, self.tills = KITS[kit], 0
        self.short = kit in SLOW_KITS and not ALL_ROWS
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.gateway = ScriptedGateway({"2102": reply(), "2602": state("applied"), "2601": reply()})
        self.addCleanup(self.gateway.close)
        self.answers_table()
        self.states_table()
        self.odd_replies()

    def till(self, address=None, **settings):
        self.gateway.script.clear()
        self.gateway.seen.clear()
        self.tills += 1
        folder = tempfile.mkdtemp(dir=self.folder)
        return self.kit.till(folder, address or self.gateway.address, PHARMACY, till=f"{self.tills:02d}",
                             **settings)

    def buy(self, till):
        return till.one("buy", CHILD, CERTNO[CHILD], "120.00")

    def sent_again(self):
        """The later messages' infnos; every repeat of the 2102 carries its first bytes."""
        first = self.gateway.seen[0]
        self.assertEqual(first[0], "2102")
        for infno, _, _, body in self.gateway.seen[1:]:
            self.assertEqual(body == first[3], infno == "2102")
        return self.gateway.infnos()[1:]

    def follows(self, cell, again, shown):
        """A cell names what is sent next and the state at the end, in this order; either may be left out."""
        words = manual.coded(cell)
        infnos = [word for word in words if word.isdigit()]
        states = [word for word in words if word.isupper()]
        self.assertEqual(again[:len(infnos)], infnos)
        if not infnos:
            self.assertEqual(again, [])
        if states:
            self.assertEqual(shown["state"], states[0])

    # ---- what comes back, and what follows ----

    def answers_table(self):
        rows = manual.table("retrying.md", "table: answers")
        self.assertEqual(len(rows), len(ANSWERS))
        for (what, _, follows), (begins, answer) in zip(rows, ANSWERS.items()):
            self.assertTrue(what.startswith(begins), begins)
            if self.short and begins not in ROWS_OF_SLOW_KITS:
                continue
            with self.subTest(row=what):
                if answer is None:
                    self.nobody_listens(follows)
                else:
                    self.answered(follows, answer)

    def answered(self, follows, answer):
        till = self.till(timeout_s="2" if answer == SILENT else "30")
        self.gateway.script["2102"] = [answer]
        shown = self.buy(till)
        again = self.sent_again()
        self.follows(follows, again, shown)
        if again == ["2102"]:
            waited_s = self.gateway.seen[1][1] - self.gateway.seen[0][1]
            self.assertGreaterEqual(waited_s, RETRY_AFTER_S * 0.9)

    def nobody_listens(self, follows):
        """Certainly not sent: tried to the end, and then it is a FAIL."""
        self.assertEqual(manual.coded(follows), ["2102"])
        with socket.create_server(("127.0.0.1", 0)) as once:
            address = once.getsockname()
        self.assertEqual(self.buy(self.till(address))["state"], "FAIL")

    # ---- what 2602 says, and what follows ----

    def states_table(self):
        rows = manual.table("retrying.md", "table: states")
        self.assertEqual([manual.coded(row[0]) for row in rows], [[name] for name in STATES] + [[]])
        for (what, stands, shall_not), name in zip(rows, STATES + (None,)):
            if self.short and name not in STATES_OF_SLOW_KITS:
                continue
            asked = BROKEN if name is None else state(name)
            with self.subTest(state=what, stands=True):
                till = self.till()
                self.gateway.script.update({"2102": [BROKEN], "2602": [asked]})
                shown = self.buy(till)
                again = self.sent_again()
                self.assertEqual(again[0], "2602")
                self.follows(stands.split(";")[0], again[1:], shown)
            with self.subTest(state=what, stands=False):
                self.reversed_when(asked, shall_not)

    def reversed_when(self, asked, follows):
        till, msgid = self.till(), f"{PHARMACY}20261130101500{self.tills:04d}"
        with open(till.log, "w", encoding="utf-8") as file:  # as a till that was killed leaves it
            file.write(f'2026-11-30 10:15:00\t{msgid}\t2102\tPENDING\t{{"infno":"2102"}}\n')
        self.gateway.script["2602"] = [asked]
        shown = till.one("reverse", msgid)
        self.assertEqual(self.gateway.infnos()[0], "2602")
        self.follows(follows, self.gateway.infnos()[1:], shown)

    # ---- what the text around the tables says ----

    def odd_replies(self):
        with self.subTest("half an answer"):
            till = self.till()
            self.gateway.script["2102"] = [HALF]
            self.assertEqual(self.buy(till)["state"], "SUCCESS")
            self.assertEqual(self.gateway.infnos(), ["2102", "2602"])
        with self.subTest("a refusal of the repeat closes the door"):
            till = self.till()
            self.gateway.script.update({"2102": [BROKEN, REFUSED], "2602": [state("unknown")] * 2})
            self.assertEqual(self.buy(till)["state"], "REVERSED")
            self.assertEqual(self.sent_again(), ["2602", "2102", "2602", "2601"])
        with self.subTest("401 after a lost answer says nothing about the first copy"):
            till = self.till()
            self.gateway.script.update({"2102": [BROKEN, (401, "", {})], "2602": [state("unknown")]})
            self.assertEqual(self.buy(till)["state"], "UNKNOWN")
        with self.subTest("nobody ever answers"):
            till = self.till()
            self.gateway.script.update({"2102": [BROKEN], "2602": [BROKEN] * 6})
            shown = self.buy(till)
            self.assertEqual((shown["state"], shown["exit"]), ("UNKNOWN", 3))
        with self.subTest("and is finished at the next start"):
            self.gateway.script.clear()
            self.gateway.seen.clear()
            _, (recovered,) = till.run("recover")
            self.assertEqual((recovered["state"], recovered["msgid"]), ("SUCCESS", shown["msgid"]))
            self.assertEqual(self.gateway.infnos(), ["2602"])
        with self.subTest("infcode as a string, and a half-written last line of the log"):
            with open(till.log, "ab") as file:
                file.write(b"2026-11-30 10:15:00\tP3101")
            self.gateway.script["2102"] = [(200, '{"infcode":"0","err_msg":null,"output":{}}', {})]
            self.assertEqual(self.buy(till)["state"], "SUCCESS")
            self.assertEqual(till.run("recover"), (0, []))
