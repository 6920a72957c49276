"""Secrets and persons planted into a load: nothing an operator can read says them.

gongji-load sends all its kinds of messages over both transports, asks with a token, and beside it callers
of every kind prove who they are, well and badly. Then every line of the log (at its most talkative, each
message told as a slow one), /metrics and what /ops shows are searched."""

import json
import os
import re
import subprocess
import tempfile
import unittest

from clients import Frames, agency, get, import_lines, post, settle
from gateway import BIN, TOKEN, Gateway
from leaks import Banned
from messages import CHILD, FATHER, PHARMACY, a_person, sale, shanghai_family, sign_in
from signing import hmac_headers, hmac_sign_in, xtif_headers

HMAC, XTIF, SM2 = "P31010100061", "P31010100062", "P31010100063"
# The example key of GB/T 32918.5.
SM2_KEY = ("0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
           "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")
HMAC_SECRET, XTIF_SECRET = "hmac-secret-that-nobody-may-read-4711", "xtif-secret-that-nobody-may-read-4712"
PAASID, CAINFO = "paasid-that-nobody-may-read-4713", "cainfoThatNobodyMayRead" + "A" * 63 + "=="
NAME, CERTNO, CARD = "欧阳秘密", "310101198503129018", "9Z12345678"
PLANTED = [NAME, CERTNO, CARD, FATHER, CHILD, TOKEN, HMAC_SECRET, XTIF_SECRET, PAASID, CAINFO, SM2_KEY,
           "收银员甲", "测试"]
# The load's own people: numbers from 319 on, names, certificate numbers (loadtest/population.cpp).
POPULATION = {"a load person's number": rb"(?<!\d)319[1-3]\d{11}(?!\d)", "a load person's name": "压测".encode(),
              "a certificate number": rb"(?<!\d)3101\d{2}(?:19|20)\d{9}[\dX](?!\d)"}
RUNS = (("uniform over HTTP", "http", ["--profile", "uniform", "--count", "400"]),
        ("the nation over HTTP", "http", ["--profile", "nation", "--count", "400"]),
        ("uniform over TCP", "tcp", ["--profile", "uniform", "--count", "400", "--audit"]),
        ("the nation over TCP", "tcp", ["--profile", "nation", "--count", "400"]),
        ("one hot family", "tcp", ["--profile", "one-hot-family", "--count", "200"]))


def found(raw):
    """What is planted, or of the load's people, in these bytes."""
    text = re.sub(rb"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)).encode(), raw)
    return Banned(PLANTED, []).found_in(b"\r\n\r\n" + text) | \
        {what for what, pattern in POPULATION.items() if re.search(pattern, text)}


def entry(code, auth, **more):
    lines = [f'[[institution]]\ncode = "{code}"\nname = "p"\nkind = "{"pharmacy" if code[0] == "P" else "hospital"}"',
             f'area = "310101"\nauth = "{auth}"'] + [f'{name} = "{value}"' for name, value in more.items()]
    return "\n".join(lines) + "\n"


class Planted(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        register = os.path.join(self.folder.name, "institutions.toml")
        with open(register, "w") as file:
            file.write(entry(PHARMACY, "none") + entry("H31010100001", "none") +
                       entry(HMAC, "hmac", secret=HMAC_SECRET) +
                       entry(XTIF, "xtif", secret=XTIF_SECRET, paasid=PAASID) +
                       entry(SM2, "none", sm2_public_key=SM2_KEY))
        self.gateway = Gateway(self.folder.name, ["log.level=trace", "log.slow_ms=1",
                                                  f"institutions.file={register}"]).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        people = shanghai_family()
        people[0] = a_person(FATHER, "310", "5000.00", psn_name=NAME, certno=CERTNO, card_no=CARD)
        import_lines(self.gateway, people)

    def load(self, *arguments):
        http, tcp = ("%s:%d" % address for address in (self.gateway.http, self.gateway.tcp))
        places = {"http": ["--http", http], "tcp": ["--http", http, "--tcp", tcp]}
        transport, *more = arguments
        done = subprocess.run([os.path.join(BIN, "gongji-load"), *places[transport], "--families", "20", "--singles",
                               "20", "--connections", "4", "--depth", "4", "--token-file", self.gateway.token_file,
                               *more], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def prove_who_we_are(self):
        """Each kind of proof, good and bad; what is refused is refused with the secret close by."""
        for secret, wanted in ((HMAC_SECRET, 200), ("wrong", 401)):
            body = json.dumps(sale(CHILD, "1.00", HMAC)).encode()
            headers = hmac_headers(secret, HMAC, "POST", "/fsi/api", body)
            self.assertEqual(post(self.gateway.http, "/fsi/api", body, headers)[0], wanted)
        for paasid, wanted in ((PAASID, 200), (PAASID[:-1], 401)):
            body = json.dumps(sale(CHILD, "1.00", XTIF))
            self.assertEqual(post(self.gateway.http, "/fsi/api", body, xtif_headers(XTIF_SECRET, paasid))[0], wanted)
        self.assertEqual(settle(self.gateway, dict(sale(CHILD, "1.00", SM2), cainfo=CAINFO))["infcode"], -2)
        proof = sign_in(HMAC)
        proof["input"]["signIn"].update(hmac_sign_in(HMAC_SECRET, HMAC))
        frames = Frames(self.gateway.tcp, HMAC, proof)
        self.assertEqual(frames.ask(sale(CHILD, "1.00", HMAC))["infcode"], 0)
        frames.close()

    def ask_as_apps_do(self):
        for token in (TOKEN, TOKEN[:-1]):
            get(self.gateway.http, f"/v1/persons/{FATHER}", {"Authorization": f"Bearer {token}"})
        post(self.gateway.http, f"/v1/accounts/{FATHER}/credits", "{", agency({"Idempotency-Key": CERTNO}))
        post(self.gateway.http, "/fsi/api", f'{{"psn_name":"{NAME}"', {"traceparent": f"00-{CERTNO}-{CARD}-01"})

    def shown(self):
        """Everything an operator can read, by where."""
        with open(os.path.join(self.folder.name, "gongjid.log"), "rb") as file:
            read = {"the log": file.read()}
        for path in ("/metrics", "/ops", "/ops/figures.json", "/readyz?verbose", "/livez"):
            status, body = get(self.gateway.ops, path)
            self.assertEqual(status, 200, path)
            read[path] = body
        return read

    def test_nothing_planted_is_in_what_an_operator_reads(self):
        self.load("http", "--prepare")
        self.prove_who_we_are()
        self.ask_as_apps_do()
        for what, transport, arguments in RUNS:
            with self.subTest(what):
                self.load(transport, *arguments)
        read = self.shown()
        self.assertIn(b'"event":"message_slow"', read["the log"], "messages are told, or this test sees nothing")
        self.assertEqual({where: found(raw) for where, raw in read.items() if found(raw)}, {})
        print(f"{sum(map(len, read.values())):,} bytes of log, metrics and pages, 0 of {len(PLANTED)} planted things")

    def test_control_the_scanner_finds_each_thing_in_real_bytes(self):
        """In what those may read who may read it, and in a log that says what it must not."""
        self.load("http", "--prepare")
        person = get(self.gateway.http, f"/v1/persons/{FATHER}", agency())[1]
        self.assertLessEqual({NAME, FATHER}, found(person))
        load_person = re.search(rb"319[1-3]\d{11}", get(self.gateway.http, "/v1/events?after=0&limit=50", agency())[1])
        self.assertIsNotNone(load_person)
        self.assertIn("a load person's number", found(get(
            self.gateway.http, f"/v1/persons/{load_person[0].decode()}", agency())[1]))
        clean = self.shown()["the log"]
        self.assertEqual(found(clean), set())
        for planted in PLANTED + ["压测1-7", "310104201203041235"]:
            for escape in (True, False):
                line = json.dumps({"event": "x", "msg": f"about {planted}!"}, ensure_ascii=escape).encode()
                self.assertNotEqual(found(clean + line + b"\n"), set(), planted)


if __name__ == "__main__":
    unittest.main()
