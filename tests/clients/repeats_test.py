"""What docs/integrate/retrying.md says of repeats, new msgids, reversals and cancels, at a real gateway."""

import json
import tempfile
import unittest

import manual
from clients import import_lines, person, post, settle
from gateway import Gateway
from messages import CERTNO, CHILD, FATHER, PHARMACY, cancel, envelope, new_msgid, query, sale, shanghai_family, undo

HOSPITAL = "H31010100001"  # config/institutions.toml
STAYS = {"2207": {"mdtrt_id": "M-VISIT-1", "chrg_bchno": "B-1", "med_type": "11"},
         "2304": {"mdtrt_id": "M-STAY-1", "med_type": "21"}}


def bill(infno, amount, msgid=None):
    if infno == "2102":
        return sale(CHILD, amount, PHARMACY, msgid)
    data = dict({"psn_no": CHILD, "mdtrt_cert_type": "02", "mdtrt_cert_no": CERTNO[CHILD], "insutype": "390",
                 "medfee_sumamt": amount, "psn_setlway": "01", "acct_used_flag": "1"}, **STAYS[infno])
    return envelope(infno, {"data": data}, HOSPITAL, msgid)


def code(answer):
    return answer["infcode"], answer["err_msg"].split(" ")[0]


class Repeats(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.gateway = Gateway(folder.name).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        self.assertEqual(import_lines(self.gateway, shanghai_family("1000.00"))["refused"], [])

    def balance(self):
        return person(self.gateway, FATHER)["balances"]["carryover"]

    def send(self, message):
        return settle(self.gateway, message)

    def test_the_table_of_repeats(self):
        rows = manual.table("retrying.md", "table: repeats")
        for column, infno in enumerate(("2102", "2207", "2304"), 1):
            same, fresh, other, other_batch = (row[column] for row in rows)
            with self.subTest(infno):
                self.assertEqual(same, "the first answer again")
                first = bill(infno, "10.00")
                self.assertEqual(*(post(self.gateway.http, "/fsi/api", json.dumps(first)) for _ in range(2)))
                self.another_bill_under_the_same_msgid(other, infno, first)
                self.the_same_bill_under_a_new_msgid(fresh, infno, first)
                if infno != "2102":
                    self.assertEqual(manual.coded(other_batch)[0], code(self.send(bill(infno, "11.00")))[1])

    def another_bill_under_the_same_msgid(self, cell, infno, first):
        refused = self.send(bill(infno, "11.00", first["msgid"]))
        self.assertEqual(code(refused), (-2, manual.coded(cell)[0]))
        self.assertIn("medfee_sumamt", refused["err_msg"])

    def the_same_bill_under_a_new_msgid(self, cell, infno, first):
        before = self.balance()
        again = self.send(bill(infno, "10.00"))
        twice = "paid twice" in cell
        self.assertEqual(twice, infno == "2102")
        self.assertEqual(twice, self.balance() != before)
        self.assertEqual(twice, again["output"]["setlinfo"]["medins_setl_id"] != first["msgid"])

    def test_a_reversal_names_the_message_that_was_booked(self):
        first, again = bill("2207", "10.00"), bill("2207", "10.00")
        self.send(first), self.send(again)
        booked = self.send(again)["output"]["setlinfo"]["medins_setl_id"]
        self.assertEqual(booked, first["msgid"])
        for _ in range(2):  # reversing what is reversed is a success
            self.assertEqual(self.send(undo(booked, "2207", CHILD, HOSPITAL))["infcode"], 0)
        self.assertEqual(self.balance(), "1000.00")
        self.assertEqual(code(self.send(first)), (-2, "E_ALREADY_REVERSED"))
        state = self.send(query(booked, "2207", CHILD, HOSPITAL))["output"]["state"]
        self.assertEqual(state, "reversed")

    def test_a_reversal_that_comes_first_bars_its_original(self):
        late = bill("2102", "10.00", new_msgid())
        self.assertEqual(self.send(query(late["msgid"]))["output"]["state"], "unknown")
        self.assertEqual(self.send(undo(late["msgid"]))["infcode"], 0)
        self.assertEqual(code(self.send(late)), (-2, "E_REVERSED_BEFORE_ARRIVAL"))
        self.assertEqual(self.send(query(late["msgid"]))["output"]["state"], "reversed_before_arrival")
        self.assertEqual(self.balance(), "1000.00")

    def test_a_cancel_is_answered_again_and_its_reversal_books_the_sale_again(self):
        info = self.send(bill("2102", "10.00"))["output"]["setlinfo"]
        cancels = [cancel(info["setl_id"], info["mdtrt_id"]) for _ in range(2)]
        first, second = (self.send(each)["output"]["setlinfo"]["setl_id"] for each in cancels)
        self.assertEqual(first, second)
        self.assertEqual(self.balance(), "1000.00")
        self.assertEqual(self.send(undo(cancels[0]["msgid"], "2103"))["infcode"], 0)
        self.assertEqual(self.balance(), "990.00")
