"""The steps of docs/integrate/reconciling.md, taken by a pharmacy that forgot one of its sales."""

import io
import json
import tempfile
import unittest
import zipfile

import manual
from clients import import_lines, person, post, settle
from gateway import Gateway
from messages import CHILD, FATHER, PHARMACY, envelope, sale, shanghai_family, undo


def day_of(info):
    return {"stmt_begndate": info["setl_time"][:10], "stmt_enddate": info["setl_time"][:10]}


def columns(mark):
    """What a line of a file holds, by the numbers of the page's table."""
    names = []
    for number, cell in manual.table("reconciling.md", mark):
        first, _, last = number.partition(" – ")
        words = [word for word in manual.coded(cell) or [cell.split(",")[0]] if not word.isdigit()]
        names += words[:int(last or first) - int(first) + 1]
    return names


class Reconciling(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.gateway = Gateway(folder.name).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        self.assertEqual(import_lines(self.gateway, shanghai_family("1000.00"))["refused"], [])

    def ask(self, infno, node):
        answer = settle(self.gateway, envelope(infno, node))
        self.assertEqual(answer["infcode"], 0, answer)
        return answer["output"]

    def test_a_forgotten_sale_is_found_and_taken_back(self):
        kept, forgotten = (settle(self.gateway, bill)["output"]["setlinfo"]
                           for bill in (sale(CHILD, "20.00"), sale(CHILD, "12.00")))
        self.assertEqual(self.totals(kept), "1")
        (difference,) = self.differences(self.upload(kept), kept)
        self.assertEqual(difference["stmt_rslt"], "1")
        self.assertEqual(difference["setl_id"], forgotten["setl_id"])
        self.assertEqual(difference["medfee_sumamt"], "12.00")
        answer = settle(self.gateway, undo(difference["msgid"]))
        self.assertEqual(answer["infcode"], 0)
        self.assertEqual(self.totals(kept), "0")
        self.assertEqual(person(self.gateway, FATHER)["balances"]["carryover"], "980.00")

    def totals(self, kept):
        """3201 as the page prints it, with the figures of a book that has this one sale."""
        node = json.loads(manual.snippet("reconciling.md", "example: totals"))
        node["data"].update(day_of(kept), medfee_sumamt="20.00", acct_pay="20.00", fixmedins_setl_cnt="1")
        return self.ask("3201", node)["stmtinfo"]["stmt_rslt"]

    def upload(self, info):
        line = dict(info, refd_setl_flag="0")
        text = "\t".join(f"{line[name]:.2f}" if isinstance(line[name], (int, float)) else line[name]
                         for name in columns("columns: detail")) + "\n"
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("detail.txt", text)
        node = {"fsUploadIn": {"in": list(packed.getvalue()), "filename": "detail.zip", "fixmedins_code": PHARMACY}}
        return self.ask("9101", node)["file_qury_no"]

    def differences(self, number, info):
        data = dict(day_of(info), setl_optins="310101", clr_type="41", file_qury_no=number,
                    medfee_sumamt="20.00", fund_pay_sumamt="0.00", cash_payamt="0.00", fixmedins_setl_cnt="1")
        result = self.ask("3202", {"data": data})["fileinfo"]
        node = {"fsDownloadIn": {"file_qury_no": result["file_qury_no"], "filename": result["filename"],
                                 "fixmedins_code": PHARMACY}}
        status, body = post(self.gateway.http, "/fsi/api/9102", json.dumps(envelope("9102", node)))
        self.assertEqual(status, 200)
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            lines = archive.read("result.txt").decode().splitlines()
        return [dict(zip(columns("columns: result"), line.split("\t"), strict=True)) for line in lines]
