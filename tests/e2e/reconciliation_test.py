"""A day reconciled over the wire: totals, a detail file up, compared and down, with planted differences.
GONGJI_DAY_SETTLEMENTS makes the day larger; from a million on the time limits of the promise hold."""

import io
import json
import os
import re
import subprocess
import tempfile
import time
import unittest
import zipfile
from decimal import Decimal

from clients import Frames, get, post, settle
from gateway import BIN, Gateway
from messages import PHARMACY, envelope, sign_in

SETTLEMENTS = int(os.environ.get("GONGJI_DAY_SETTLEMENTS", "4000"))
PROMISED = 1_000_000
DAY = "2026-11-22"
OTHER = "H31010100001"
COLUMNS = ("psn_no", "mdtrt_id", "setl_id", "msgid", "stmt_rslt", "refd_setl_flag", "memo", "medfee_sumamt",
           "fund_pay_sumamt", "acct_pay")


def timed(action):
    start = time.monotonic()
    return action(), time.monotonic() - start


def statement(totals, **changed):
    count, medfee, fund, account = totals
    data = {"insutype": "310", "clr_type": "41", "setl_optins": "310101", "stmt_begndate": DAY,
            "stmt_enddate": DAY, "medfee_sumamt": medfee, "fund_pay_sumamt": fund, "acct_pay": account,
            "fixmedins_setl_cnt": count, "refd_setl_flag": "0"}
    return envelope("3201", {"data": dict(data, **changed)})


def upload(content, filename="P31010100001_20261122.zip"):
    return envelope("9101", {"fsUploadIn": {"in": list(content), "filename": filename,
                                            "fixmedins_code": PHARMACY}})


def comparison(number, institution=PHARMACY):
    return envelope("3202", {"data": {"setl_optins": "310101", "clr_type": "41", "file_qury_no": number,
                                      "stmt_begndate": DAY, "stmt_enddate": DAY, "medfee_sumamt": 1,
                                      "fund_pay_sumamt": 0, "cash_payamt": 0, "fixmedins_setl_cnt": 1}},
                    institution)


def download(number, institution=PHARMACY):
    return envelope("9102", {"fsDownloadIn": {"file_qury_no": number, "filename": "x"}}, institution)


class MadeDay:
    """The store of a day, its detail file, and what must be found."""

    def __init__(self, folder):
        self.text = os.path.join(folder, "detail.txt")
        expected = os.path.join(folder, "expected.txt")
        subprocess.run([os.path.join(BIN, "day_maker"), os.path.join(folder, "data"), str(SETTLEMENTS), self.text,
                        expected], check=True)
        with open(expected) as file:
            lines = [line.split("\t") for line in file.read().splitlines()]
        self.totals = next(line[1:] for line in lines if line[0] == "totals")
        self.differences = [tuple(line) for line in lines if line[0] != "totals"]

    def take_out(self, line):
        """A sale that both sides agree never was."""
        amounts = [line[name] for name in ("medfee_sumamt", "fund_pay_sumamt", "acct_pay")]
        count, *sums = self.totals
        self.totals = [int(count) - 1] + [str(Decimal(ours) - Decimal(gone)) for ours, gone in zip(sums, amounts)]
        self.differences = [each for each in self.differences if each[0] != line["setl_id"]]

    def zipped(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(self.text, "20261122.txt")
        return packed.getvalue()


class Reconciliation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.day = MadeDay(cls.folder.name)
        cls.gateway = Gateway(cls.folder.name).start()

    @classmethod
    def tearDownClass(cls):
        if cls.gateway.process.poll() is None:
            cls.gateway.kill()
        cls.folder.cleanup()

    def ask(self, message):
        answer = settle(self.gateway, message)
        self.assertEqual(answer["infcode"], 0, answer["err_msg"])
        return answer["output"]

    def fetch(self, number):
        status, body = post(self.gateway.http, "/fsi/api/fileupload/download", json.dumps(download(number)))
        self.assertEqual(status, 200)
        return body

    def result_lines(self, number):
        with zipfile.ZipFile(io.BytesIO(self.fetch(number))) as archive:
            self.assertEqual(archive.namelist(), ["result.txt"])
            text = archive.read("result.txt").decode()
        return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in text.splitlines()]

    def within(self, seconds, limit_s, what):
        print(f"{what}: {seconds:.2f} s for {SETTLEMENTS} settlements")
        if SETTLEMENTS >= PROMISED:
            self.assertLess(seconds, limit_s, what)

    def test_totals_are_those_of_the_journal(self):
        info, seconds = timed(lambda: self.ask(statement(self.day.totals))["stmtinfo"])
        self.assertEqual(info["stmt_rslt"], "0", info)
        self.within(seconds, 2, "totals")
        count = int(self.day.totals[0])
        for changed, result in (({"fixmedins_setl_cnt": count - 1}, "1"), ({"fixmedins_setl_cnt": count + 1}, "2"),
                                ({"acct_pay": "1.00"}, "3"), ({"insutype": "390"}, "2")):
            self.assertEqual(self.ask(statement(self.day.totals, **changed))["stmtinfo"]["stmt_rslt"], result)

    def test_planted_differences_are_found_exactly(self):
        before = self.figures()
        body = json.dumps(upload(self.day.zipped()))
        start = time.monotonic()
        status, answer = post(self.gateway.http, "/fsi/api/9101", body)
        uploaded = time.monotonic() - start
        answer = json.loads(answer)
        self.assertEqual((status, answer["infcode"]), (200, 0), answer)
        info = self.ask(comparison(answer["output"]["file_qury_no"]))["fileinfo"]
        compared = time.monotonic() - start - uploaded
        self.assertEqual(info["filename"], f"3202_{PHARMACY}_20261122.zip")
        lines = self.result_lines(info["file_qury_no"])
        self.within(uploaded + compared, 60, f"upload of {len(body):,} bytes {uploaded:.2f} s, compared")
        found = sorted((line["setl_id"], line["stmt_rslt"]) for line in lines)
        self.assertEqual(found, sorted((setl_id, result) for setl_id, result, _ in self.day.differences))
        self.every_kind_says_what_it_is({line["setl_id"]: line for line in lines})
        self.assert_counted(before, compared)

    def figures(self):
        text = get(self.gateway.ops, "/metrics")[1].decode()
        return {name: float(value) for name, value in
                re.findall(r"(?m)^gongji_reconciliation_(\S+) (\S+)$", text)}

    def assert_counted(self, before, compared_s):
        """What an operator sees of it: how many, how long, what was found, what is kept."""
        more = {name: value - before[name] for name, value in self.figures().items()}
        self.assertEqual(more["comparisons_total"], 1)
        self.assertEqual(sum(value for name, value in more.items() if name.startswith("differences_total")),
                         len(self.day.differences))
        self.assertTrue(0 < more["comparison_seconds_total"] <= compared_s, more)
        self.assertEqual(more["files"], 2, "the upload and the result")
        self.assertGreater(more["file_bytes"], 0)

    def every_kind_says_what_it_is(self, lines):
        words = {"missing": "中心多", "unknown": "机构多", "gone": "中心已撤销", "twice": "重复",
                 "amount": "医疗费总额", "account": "账户支付", "flag": "退费标志", "person": "人员编号",
                 "visit": "就诊ID"}
        kinds = {kind for _, _, kind in self.day.differences}
        self.assertEqual(kinds, set(words), "every kind is planted")
        for setl_id, _, kind in self.day.differences:
            line = lines[setl_id]
            self.assertIn(words[kind], line["memo"], line)
            record = setl_id[9:].lstrip("0")
            self.assertEqual(line["msgid"], "" if kind == "unknown" else "M" + record, line)

    def test_the_message_of_a_missing_line_takes_the_sale_back(self):
        number = self.ask(upload(self.day.zipped()))["file_qury_no"]
        lines = self.result_lines(self.ask(comparison(number))["fileinfo"]["file_qury_no"])
        missing = next(line for line in lines if line["stmt_rslt"] == "1")
        undone = envelope("2601", {"data": {"psn_no": missing["psn_no"], "omsgid": missing["msgid"],
                                            "oinfno": "2102"}})
        self.assertEqual(settle(self.gateway, undone)["infcode"], 0)
        self.assertEqual(self.ask(statement(self.day.totals))["stmtinfo"]["stmt_rslt"], "2")
        self.day.take_out(missing)
        self.assertEqual(self.ask(statement(self.day.totals))["stmtinfo"]["stmt_rslt"], "0")

    def test_files_are_the_owners_alone_and_survive_a_kill(self):
        number = self.ask(upload(b"PK"))["file_qury_no"]
        for message in (download(number, OTHER), comparison(number, OTHER), download("FQ" + "9" * 28)):
            answer = settle(self.gateway, message)
            self.assertTrue(answer["err_msg"].startswith("E_NO_FILE"), answer)
        self.gateway.kill()
        self.gateway.start()
        self.assertEqual(self.fetch(number), b"PK")

    def test_over_tcp_a_small_file_goes_both_ways(self):
        frames = Frames(self.gateway.tcp, PHARMACY, sign_in())
        self.addCleanup(frames.close)
        number = frames.ask(upload(b"PK over frames"))["output"]["file_qury_no"]
        self.assertEqual(frames.ask(download(number))["output"]["fsDownloadOut"]["out"], "UEsgb3ZlciBmcmFtZXM=")

    def test_only_uploads_may_be_long(self):
        long_one = upload(b"x" * 30_000)
        for path, infno, wanted in (("/fsi/api", "9101", 200), ("/fsi/api/9101", "9101", 200),
                                    ("/fsi/api/fileupload/upload", "9101", 200), ("/fsi/api", "2102", 413),
                                    ("/fsi/api/2102", "9101", 413)):
            with self.subTest(path=path, infno=infno):
                status, body = post(self.gateway.http, path, json.dumps(dict(long_one, infno=infno)))
                self.assertEqual(status, wanted, body[:300])
                self.assertEqual(json.loads(body)["infcode"], 0 if wanted == 200 else -2)

    def test_the_tool_counts_the_same_from_the_journal_alone(self):
        at = ("--data-dir", self.gateway.data, "--ops-url", "http://%s:%d" % self.gateway.ops)
        told = self.gateway.ctl("reconcile", *at, "--day", DAY, "--json")
        self.assertEqual(told.returncode, 0, told.stderr)
        group, = json.loads(told.stdout)["totals"]
        info = self.ask(statement((group["count"], group["medfee_sumamt"], group["fund_pay_sumamt"],
                                   group["acct_pay"])))["stmtinfo"]
        self.assertEqual(info["stmt_rslt"], "0", info)
        compared = self.gateway.ctl("reconcile", *at, "--day", DAY, "--institution", PHARMACY, "--file",
                                    self.day.text, "--json", "--out", os.path.join(self.folder.name, "out.txt"))
        self.assertEqual(compared.returncode, 1, compared.stderr)
        counts = json.loads(compared.stdout)
        planted = [kind for _, _, kind in self.day.differences]
        self.assertEqual(counts["amounts_differ"], sum(planted.count(kind) for kind in ("amount", "account")))
        self.assertEqual(counts["fields_differ"],
                         sum(planted.count(kind) for kind in ("flag", "person", "visit")))


if __name__ == "__main__":
    unittest.main()
