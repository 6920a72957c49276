"""A family purchase end to end: both provinces, both transports, across a kill -9."""

import json
import tempfile
import unittest

from clients import Frames, import_lines, person, post, settle
from gateway import Gateway
from messages import (AUTHORISER, CERTNO, CHILD, FATHER, PHARMACY, SX_CHILD, TAIYUAN, cancel, changed, query,
                      sale, shanghai_family, sign_in, taiyuan_family, text, undo)


class Purchase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.gateway = Gateway(self.folder.name).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        imported = import_lines(self.gateway, shanghai_family() + taiyuan_family())
        self.assertEqual(imported["refused"], [])

    def carryover(self, psn_no):
        return person(self.gateway, psn_no)["balances"]["carryover"]

    def test_a_shanghai_child_is_paid_for_by_the_father(self):
        answer = settle(self.gateway, sale(CHILD, "120.00"))
        info = answer["output"]["setlinfo"]
        self.assertEqual(answer["infcode"], 0)
        self.assertEqual((info["acct_pay"], info["acct_mulaid_pay"], info["psn_cash_pay"]), (120, 120, 0))
        self.assertEqual(info["profile"], "SH-2025")
        self.assertEqual(self.carryover(FATHER), "4880.00")

    def test_a_taiyuan_child_gets_what_was_authorised_and_no_more(self):
        bill = sale(SX_CHILD, "450.00", TAIYUAN)
        with_frames = Frames(self.gateway.tcp, TAIYUAN, sign_in(TAIYUAN))
        info = with_frames.ask(bill)["output"]["setlinfo"]
        with_frames.close()
        self.assertEqual((info["acct_mulaid_pay"], info["psn_cash_pay"]), (300, 150))
        self.assertEqual(info["profile"], "SX-2025")
        self.assertEqual(self.carryover(AUTHORISER), "2700.00")

    def test_the_same_message_over_http_then_tcp_with_a_kill_between_debits_once(self):
        bill = text(sale(CHILD, "86.50"))
        _, first = post(self.gateway.http, "/fsi/api/2102", bill)
        self.gateway.kill()
        self.gateway.start()
        frames = Frames(self.gateway.tcp, PHARMACY, sign_in())
        frames.send(7, bill.encode())
        _, second = frames.receive_bytes()
        frames.close()
        self.assertEqual(first, second)  # the whole answer, envelope and times included
        self.assertEqual(self.carryover(FATHER), "4913.50")

    def test_a_cancel_gives_back_and_a_second_one_answers_the_first(self):
        info = settle(self.gateway, sale(CHILD, "100.00"))["output"]["setlinfo"]
        first = settle(self.gateway, cancel(info["setl_id"], info["mdtrt_id"]))
        self.assertEqual(first["output"]["setlinfo"]["acct_mulaid_pay"], -100)
        second = settle(self.gateway, cancel(info["setl_id"], info["mdtrt_id"]))
        self.assertEqual(second["output"], first["output"])
        self.assertEqual(self.carryover(FATHER), "5000.00")

    def test_a_reversal_by_message_id_undoes_for_good(self):
        bill = sale(CHILD, "100.00")
        settle(self.gateway, bill)
        self.assertEqual(settle(self.gateway, undo(bill["msgid"]))["infcode"], 0)
        self.assertEqual(self.carryover(FATHER), "5000.00")
        again = settle(self.gateway, bill)
        self.assertEqual(again["infcode"], -2)
        self.assertTrue(again["err_msg"].startswith("E_ALREADY_REVERSED"), again["err_msg"])
        state = settle(self.gateway, query(bill["msgid"]))["output"]["state"]
        self.assertEqual(state, "reversed")

    def test_a_reversal_that_comes_first_bars_the_late_original(self):
        bill = sale(CHILD, "100.00")
        self.assertEqual(settle(self.gateway, undo(bill["msgid"]))["infcode"], 0)
        self.gateway.kill()
        self.gateway.start()
        late = settle(self.gateway, bill)
        self.assertTrue(late["err_msg"].startswith("E_REVERSED_BEFORE_ARRIVAL"), late["err_msg"])
        self.assertEqual(self.carryover(FATHER), "5000.00")

    def test_a_quote_holds_until_the_fund_changed_and_survives_a_restart(self):
        quoted = settle(self.gateway, sale(CHILD, "4950.00", infno="2101"))["output"]["setlinfo"]
        self.assertEqual(quoted["acct_mulaid_pay"], 4950)
        settle(self.gateway, sale(CHILD, "100.00"))
        self.gateway.kill()
        self.gateway.start()
        stale = settle(self.gateway, sale(CHILD, "4950.00", quote_id=quoted["quote_id"]))
        self.assertTrue(stale["err_msg"].startswith("E_QUOTE_STALE"), stale["err_msg"])
        fresh = stale["output"]
        fresh = fresh.get("setlinfo", fresh)
        self.assertEqual(fresh["acct_mulaid_pay"], 4900)
        settled = settle(self.gateway, sale(CHILD, "4950.00", quote_id=fresh["quote_id"]))
        self.assertEqual(settled["output"]["setlinfo"]["psn_cash_pay"], 50)

    def test_what_is_wrong_with_a_message_is_said_and_nothing_is_posted(self):
        good = sale(CHILD, "120.00")
        rows = [  # what is changed, to what, the code
            ("input.druginfo.medfee_sumamt", "12.345", "E_FIELD"),
            ("input.druginfo.medfee_sumamt", "-5.00", "E_FIELD"),
            ("input.druginfo.medfee_sumamt", "1e2", "E_FIELD"),
            ("input.druginfo.medfee_sumamt", "abc", "E_FIELD"),
            ("input.druginfo.medfee_sumamt", None, "E_FIELD"),
            ("input.druginfo.psn_no", "31010100000000000000999999", "E_NO_PERSON"),
            ("input.druginfo.psn_no", None, "E_FIELD"),
            ("input.druginfo", "not an object", "E_FIELD"),
            ("infno", "4711", "E_UNKNOWN_INFNO"),
            ("fixmedins_code", "P99999999999", "E_FORBIDDEN"),
            ("msgid", "", "E_FIELD"),
        ]
        for path, value, code in rows:
            with self.subTest(path=path, value=value):
                answer = settle(self.gateway, changed(good, path, value))
                self.assertEqual(answer["infcode"], -2, answer)
                self.assertTrue(answer["err_msg"].startswith(code), answer["err_msg"])
        other_card = sale(CHILD, "120.00", mdtrt_cert_type="02", mdtrt_cert_no=CERTNO[FATHER])
        answer = settle(self.gateway, other_card)
        self.assertTrue(answer["err_msg"].startswith("E_NOT_OWN_CARD"), answer["err_msg"])
        for malformed in ("", "{", "[]", '{"infno":"2102"', text(good)[:-1], "\x00" + text(good)):
            with self.subTest(malformed=malformed[:20]):
                status, body = post(self.gateway.http, "/fsi/api/2102", malformed)
                self.assertEqual((status, json.loads(body)["infcode"]), (400, -2))
        self.assertEqual(self.carryover(FATHER), "5000.00")


if __name__ == "__main__":
    unittest.main()
