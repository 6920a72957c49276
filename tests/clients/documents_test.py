"""docs/integrate against what it speaks of: the worked example of signing, the frame, the codes, the
people of the demonstration; and every command in it, executed as printed."""

import hashlib
import hmac
import json
import os
import pathlib
import re
import socket
import struct
import subprocess
import tempfile
import unittest

import manual
from clients import import_lines
from gateway import SOURCE, Gateway
from kits import EXAMPLES, program
from town import INSTITUTIONS, PAASID, SECRET, register_of

COMMAND_SECONDS_MAX = 240
REASON = re.compile(r'\{k\w+, "(E_\w+)", Step::k\w+,\s*"([^"]+)"\}')


def source(path):
    return (pathlib.Path(SOURCE) / path).read_text(encoding="utf-8")


def demo_lines():
    return [json.loads(line) for line in source("config/demo.ndjson").splitlines()]


class Pages(unittest.TestCase):
    def test_the_worked_example_of_signing(self):
        given = {row[0]: manual.coded(row[1])[0] for row in manual.table("signing.md", "example: given")}
        results = {row[0]: manual.coded(row[1])[0] for row in manual.table("signing.md", "example: results")}
        body = manual.snippet("signing.md", "example: body").encode()
        secret, timestamp, nonce = (given[name] for name in ("secret", "timestamp", "nonce"))
        method, path = given["method and path"].split(" ")
        plain = (timestamp + secret + nonce + timestamp).encode()
        expected = {"`xtif` signature": hashlib.sha256(plain).hexdigest()}
        for digest, name in (("sha256", "SHA-256"), ("sm3", "SM3")):
            of_body = hashlib.new(digest, body).hexdigest()
            expected[f"{name} of the body"] = of_body
            for label, text in (("`hmac` signature", (method, path, timestamp, nonce, of_body)),
                                ("TCP `hmac` signature", ("9001", timestamp, nonce))):
                mac = hmac.new(secret.encode(), "\n".join(text).encode(), digest)
                expected[f"{label}, {digest}"] = mac.hexdigest()
        self.assertEqual(results, expected)

    def test_the_frame(self):
        self.assertEqual(bytes.fromhex(manual.snippet("tcp.md", "example: frame")),
                         struct.pack(">IQ", 2, 7) + b"{}")

    def test_every_code_with_its_sentence(self):
        known = dict(REASON.findall(source("domain/reason.cpp")))
        self.assertGreater(len(known), 50)
        tables = manual.table("errors.md", "codes: refusals") + manual.table("errors.md", "codes: zero reasons")
        written = {manual.coded(row[0])[0]: row[1] for row in tables}
        for code, sentence in written.items():
            self.assertEqual(sentence, known.get(code), code)
        of_apps = manual.coded(manual.after("errors.md", "codes: apps").split("\n\n")[0])
        self.assertEqual(sorted(list(written) + of_apps), sorted(known))

    def test_the_people_and_institutions_of_the_demonstration(self):
        people = [line for line in demo_lines() if line["type"] == "person"]
        for row, person in zip(manual.table("README.md", "table: persons"), people, strict=True):
            own = sum(int(person[name].replace(".", "")) for name in ("current_year", "carryover"))
            balance = f"{own // 100}.{own % 100:02d}"
            expected = [person["psn_no"], person["psn_name"], person["certno"], person["insutype"], balance]
            self.assertEqual(row[:5], expected)
        entries = re.findall(r'code = "(\w+)"\nname = "([^"]+)"\nkind = "\w+"\narea = "(\d+)"',
                             source("config/institutions.toml"))
        self.assertEqual([tuple(row) for row in manual.table("README.md", "table: institutions")], entries)

    def test_every_snippet_of_json_is_json(self):
        for page in manual.PAGES:
            for snippet in re.findall(r"```json\n(.*?)```", manual.text(page), re.DOTALL):
                json.loads(snippet)

    RUN = {"README.md": {"purchase", "examples"}, "signing.md": {"hmac", "xtif", "mtls"}}

    def test_no_command_is_left_out(self):
        marked = {page: {mark[5:] for mark in manual.marks(page) if mark.startswith("run: ")}
                  for page in manual.PAGES}
        self.assertEqual({page: names for page, names in marked.items() if names}, self.RUN)
        for page in manual.PAGES:
            unmarked = len(re.findall(r"^```sh$", manual.text(page), re.MULTILINE)) - len(marked[page])
            self.assertEqual(unmarked, 0, page)


class Commands(unittest.TestCase):
    """At a gateway with the demonstration in it, as ./run starts it."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.gateway = Gateway(self.folder, [register_of(self.folder)]).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        self.assertEqual(import_lines(self.gateway, demo_lines())["refused"], [])

    def run_snippet(self, page, name, **environment):
        """The snippet as printed; the parsed lines of its output."""
        address = "http://%s:%d" % self.gateway.http
        given = dict(os.environ, GATEWAY=address, GONGJI_URL=address, GONGJI_PAUSE_S="0.05",
                     PYTHONDONTWRITEBYTECODE="1", GONGJI_LOG=os.path.join(self.folder, "pending.log"),
                     **environment)
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", manual.snippet(page, f"run: {name}")],
                              cwd=EXAMPLES, env=given, capture_output=True, text=True, check=False,
                              timeout=COMMAND_SECONDS_MAX)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_a_purchase_with_curl(self):
        (answer,) = self.run_snippet("README.md", "purchase")
        info = answer["output"]["setlinfo"]
        self.assertEqual((answer["infcode"], info["acct_mulaid_pay"], info["psn_cash_pay"]), (0, 1.2, 0))

    def test_the_examples_as_the_readme_starts_them(self):
        for name, packages in (("node", "nodejs"), ("java", "openjdk-17-jdk-headless"), ("mcs", "mono-mcs"),
                               ("mono", "mono-runtime")):
            program(name, packages)
        quoted, *bought = self.run_snippet("README.md", "examples")
        self.assertEqual((quoted["state"], quoted["family"]), ("QUOTED", "3.50"))
        self.assertEqual([(each["state"], each["family"]) for each in bought], [("SUCCESS", "3.50")] * 3)

    def test_signing_with_curl_and_openssl(self):
        key = {"SECRET": SECRET}
        for name, who in (("hmac", {}), ("xtif", {}),
                          ("hmac", dict(key, CODE=INSTITUTIONS["hmac"])),
                          ("hmac", dict(key, CODE=INSTITUTIONS["hmac"], DIGEST="sm3")),
                          ("xtif", dict(key, CODE=INSTITUTIONS["xtif"], PAASID=PAASID))):
            with self.subTest(name, **who):
                (answer,) = self.run_snippet("signing.md", name, **who)
                self.assertEqual(answer["infcode"], 0)
                self.assertEqual(answer["output"]["baseinfo"]["psn_name"], "陈建国")

    def test_the_sign_in_of_the_tcp_page(self):
        message = manual.snippet("tcp.md", "example: sign-in").encode()
        printed = json.loads(manual.snippet("tcp.md", "example: sign-in answer"))
        answer = self.first_answer(message)
        self.assertEqual(shape(answer), shape(printed))
        self.assertEqual(answer["infcode"], printed["infcode"])

    def first_answer(self, message):
        with socket.create_connection(self.gateway.tcp, timeout=30) as stream:
            stream.sendall(struct.pack(">IQ", len(message), 7) + message)
            head = stream.recv(12, socket.MSG_WAITALL)
            length, number = struct.unpack(">IQ", head)
            self.assertEqual(number, 7)
            return json.loads(stream.recv(length, socket.MSG_WAITALL))


def shape(node):
    return {name: shape(child) for name, child in node.items()} if isinstance(node, dict) else None
