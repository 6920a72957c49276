"""The snippet of docs/integrate/signing.md for mutual TLS, as printed, with and without its certificate."""

import json
import os
import subprocess
import tempfile
import unittest

import manual
from gateway import Gateway

CODE = "P31010100009"
ENTRY = """[[institution]]
code = "{code}"
kind = "pharmacy"
area = "310101"
auth = "mtls"
certificate_sha256 = ["{sha256}"]
"""


def openssl(*words):
    done = subprocess.run(["openssl", *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"openssl {words}: {done.stderr}")
    return done.stdout


class MutualTls(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        for name in ("gateway", "till"):  # each its own authority
            openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                    f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "30", "-keyout",
                    self.path(f"{name}.key"), "-out", self.path(f"{name}.pem"))
        print_of = openssl("x509", "-in", self.path("till.pem"), "-noout", "-fingerprint", "-sha256")
        sha256 = print_of.strip().split("=")[1].replace(":", "").lower()
        with open(self.path("institutions.toml"), "w", encoding="utf-8") as file:
            file.write(ENTRY.format(code=CODE, sha256=sha256))
        files = {"institutions.file": "institutions.toml", "tls.certificate": "gateway.pem",
                 "tls.key": "gateway.key", "tls.client_ca": "till.pem"}
        settings = [f"{name}={self.path(file)}" for name, file in files.items()]
        self.gateway = Gateway(self.folder, settings).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())

    def path(self, name):
        return os.path.join(self.folder, name)

    def run_snippet(self, command):
        given = dict(os.environ, GATEWAY="https://%s:%d" % self.gateway.http, CODE=CODE,
                     AUTHORITY=self.path("gateway.pem"), CERTIFICATE=self.path("till.pem"),
                     KEY=self.path("till.key"))
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], env=given, capture_output=True,
                              text=True, check=False, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["err_msg"].split(" ")[0]

    def test_the_snippet_is_let_in_and_not_without_its_certificate(self):
        command = manual.snippet("signing.md", "run: mtls")
        self.assertEqual(self.run_snippet(command), "E_NO_PERSON")  # let in, and there is nobody
        shown = '--cert "${CERTIFICATE:-till.pem}" --key "${KEY:-till.key}"'
        self.assertIn(shown, command)
        self.assertEqual(self.run_snippet(command.replace(shown, "")), "E_UNAUTHENTICATED")
