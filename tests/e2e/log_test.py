"""The log of a run that tried everything: one JSON object a line, and nothing that is nobody's business."""

import json
import os
import re
import tempfile
import threading
import time
import unittest

from clients import Frames, agency, get, import_lines, post, settle
from gateway import TOKEN, Gateway, eventually
from hanging_disk import hanging_disk
from leaks import Banned
from messages import CHILD, FATHER, PHARMACY, a_person, cancel, changed, query, sale, shanghai_family, sign_in, undo

NAME, CARDHOLDER = "欧阳秘密", "司徒隐私"
CERTNO, CARD = "310101198503129018", "9Z12345678"
SECRET = "hmac-secret-that-nobody-may-read-4711"
APP_TOKEN = "app-token-that-nobody-may-read-0815"
WRONG_TOKEN = "a-wrong-token-somebody-tried-1234"
PLANTED = [NAME, CARDHOLDER, CERTNO, CARD, SECRET, APP_TOKEN, WRONG_TOKEN, TOKEN, FATHER, CHILD, "收银员甲"]


class Log(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.institutions = os.path.join(self.folder.name, "institutions.toml")
        self.write_institutions("")
        self.gateway = Gateway(self.folder.name, ["log.level=trace", f"institutions.file={self.institutions}"])
        with open(self.gateway.access, "a") as file:
            file.write(f'[[token]]\ntoken = "{APP_TOKEN}"\nrole = "app"\nname = "app"\n')
        self.gateway.start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())

    def write_institutions(self, more):
        with open(self.institutions, "w") as file:
            file.write(f'[[institution]]\ncode = "{PHARMACY}"\nname = "p"\nkind = "pharmacy"\narea = "310101"\n'
                       f'auth = "none"\n[[institution]]\ncode = "P31010100009"\nname = "q"\nkind = "pharmacy"\n'
                       f'area = "310101"\nauth = "hmac"\nsecret = "{SECRET}"\n{more}')

    def log(self):
        with open(os.path.join(self.folder.name, "gongjid.log"), encoding="utf-8") as file:
            return file.read()

    def events(self):
        return [json.loads(line) for line in self.log().splitlines()]

    def leaks(self, text):
        return Banned(PLANTED, []).found_in(b"\r\n\r\n" + text.encode())

    def live_a_little(self):
        """Persons, purchases, cancels, refusals, garbage, wrong tokens, a broken register."""
        people = [a_person(FATHER, "310", "5000.00", psn_name=NAME, certno=CERTNO, card_no=CARD),
                  a_person(CHILD, "390", psn_name=CARDHOLDER),
                  {"type": "network", "organizer": FATHER, "profile": "SH", "modes": ["PAY", "PREMIUM"],
                   "members": [{"psn_no": CHILD, "relation": "CHILD"}]}]
        import_lines(self.gateway, people + [{"type": "person", "psn_no": FATHER, "psn_name": NAME}, {"type": CERTNO}])
        sold = settle(self.gateway, sale(CHILD, "10.00"))["output"]["setlinfo"]
        settle(self.gateway, cancel(sold["setl_id"], sold["mdtrt_id"]))
        settle(self.gateway, sale("999999999999999999999999999999", "1.00"))
        settle(self.gateway, changed(sale(CHILD, "1.00"), "input.druginfo.medfee_sumamt", "1.234"))
        for message in (undo(CERTNO), query(CERTNO), changed(sale(CHILD), "msgid", CERTNO)):
            settle(self.gateway, message)
        post(self.gateway.http, "/fsi/api/2102", f'{{"infno":"2102","psn_name":"{NAME}"')
        post(self.gateway.http, f"/v1/persons/{FATHER}/leave", f'{{"psn_no":"{CHILD}"', agency())
        for token in (WRONG_TOKEN, APP_TOKEN):
            get(self.gateway.http, f"/v1/persons/{FATHER}", {"Authorization": f"Bearer {token}",
                                                             "X-Acting-Person": FATHER})
        frames = Frames(self.gateway.tcp, PHARMACY, sign_in())
        frames.ask(sale(CHILD, "5.00"))
        frames.close()
        self.reload(f'[[institution]]\ncode = "{SECRET}"\nkind = "{NAME}"\nsecret = "{SECRET}"\n', "reload_refused")
        self.reload("", "reloaded")

    def reload(self, more, event):
        self.write_institutions(more)
        self.gateway.process.send_signal(1)
        eventually(lambda: f'"event":"{event}"' in self.log(), event)

    def test_every_line_is_an_event_and_none_leaks(self):
        self.live_a_little()
        self.assertEqual(self.gateway.stop(), 0)
        for event in self.events():
            self.assertRegex(event["ts"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
            self.assertIn(event["level"], ("trace", "debug", "info", "warn", "error", "critical"))
            self.assertRegex(event["event"], r"^[a-z]+(_[a-z]+)*$")
            self.assertIn("msg", event)
        self.assertLessEqual({"started", "reload_refused", "reloaded", "drain_began", "drained"},
                             {event["event"] for event in self.events()})
        self.assertEqual(self.leaks(self.unescaped(self.log())), set())

    def test_control_each_planted_thing_is_found_in_a_log_that_says_it(self):
        clean = self.log()
        for planted in PLANTED:
            leaky = clean + json.dumps({"event": "x", "msg": f"about {planted}!"}, ensure_ascii=True) + "\n"
            self.assertIn(planted, self.leaks(self.unescaped(leaky)), planted)

    @staticmethod
    def unescaped(text):
        return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


class SlowMessages(unittest.TestCase):
    """A disk hangs: the log says which messages waited, and at which hop."""

    TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
    SLOW_MS, HANG_S = 250, 0.5
    HOPS = ("read_ms", "parse_ms", "route_ms", "decide_ms", "commit_ms", "reply_ms")

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        environment, self.switch = hanging_disk(self.folder.name)
        self.gateway = Gateway(self.folder.name, [f"log.slow_ms={self.SLOW_MS}"], environment).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        import_lines(self.gateway, shanghai_family())
        self.answers = {}

    def slow_lines(self):
        with open(os.path.join(self.folder.name, "gongjid.log"), encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        return [line for line in lines if line["event"] == "message_slow" and line["operation"] == "2102"]

    def decided(self):
        text = get(self.gateway.ops, "/metrics")[1].decode()
        return int(re.search(r'stage_duration_seconds_count\{stage="decide"\} (\d+)', text)[1])

    def buy_with_a_trace(self):
        headers = {"Content-Type": "application/json", "traceparent": f"00-{self.TRACE}-{self.SPAN}-01"}
        status, body = post(self.gateway.http, "/fsi/api", json.dumps(sale(CHILD, "1.00")), headers)
        self.answers["http"] = dict(json.loads(body), http_status=status)

    def buy_in_a_frame(self):
        self.answers["tcp"] = self.frames.ask(sale(CHILD, "2.00"))

    def test_a_message_that_waited_for_the_disk_is_found_by_its_trace(self):
        self.frames = Frames(self.gateway.tcp, PHARMACY, sign_in())
        self.addCleanup(self.frames.close)
        before = self.decided()
        open(self.switch, "w").close()
        buyers = [threading.Thread(target=buy) for buy in (self.buy_with_a_trace, self.buy_in_a_frame)]
        for buyer in buyers:
            buyer.start()
        eventually(lambda: self.decided() == before + 2, "both are decided and wait for the disk", 30)
        time.sleep(self.HANG_S)
        os.remove(self.switch)
        for buyer in buyers:
            buyer.join(30)
        eventually(lambda: len(self.slow_lines()) == 2, "both have a line")
        by_transport = {line["transport"]: line for line in self.slow_lines()}
        self.assertEqual((by_transport["http"]["trace_id"], by_transport["http"]["span_id"]), (self.TRACE, self.SPAN))
        self.assertRegex(by_transport["tcp"]["trace_id"], "^[0-9a-f]{32}$")
        for transport, line in by_transport.items():
            self.assert_tells_where_the_time_went(line, self.answers[transport])
        self.assert_commits_are_counted()

    def assert_tells_where_the_time_went(self, line, answer):
        self.assertEqual(answer["infcode"], 0)
        self.assertEqual((line["level"], line["outcome"], line["institution"]), ("warn", "applied", PHARMACY))
        self.assertEqual(line["sequence"], answer["output"]["setlinfo"]["durable_seq"])
        self.assertGreaterEqual(line["commit_ms"], 1000 * self.HANG_S)
        self.assertAlmostEqual(sum(line[hop] for hop in self.HOPS), line["took_ms"], delta=0.01)
        self.assertEqual(Banned([CHILD, FATHER, "收银员甲", "测试"], []).found_in(json.dumps(
            line, ensure_ascii=False).encode()), set())

    def assert_commits_are_counted(self):
        text = get(self.gateway.ops, "/metrics")[1].decode()
        waited = float(re.search(r'stage_duration_seconds_sum\{stage="commit"\} (\S+)', text)[1])
        self.assertGreaterEqual(waited, 2 * self.HANG_S)

    def test_control_quick_messages_have_no_line(self):
        took_long = 0
        for _ in range(5):
            began = time.monotonic()
            self.assertEqual(settle(self.gateway, sale(CHILD, "1.00"))["infcode"], 0)
            took_long += 1000 * (time.monotonic() - began) >= self.SLOW_MS
        self.assertEqual(self.gateway.stop(), 0)
        self.assertLessEqual(len(self.slow_lines()), took_long)


if __name__ == "__main__":
    unittest.main()
