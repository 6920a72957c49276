"""Messages that must carry an SM2 signature over their canonical text (docs/wire.md, "SM2")."""

import base64
import hashlib
import io
import json
import os
import subprocess
import tempfile
import unittest
import zipfile

import cast
from cast import sale
from certificates import run
from clients import import_lines
from gateway import eventually
from messages import FATHER, envelope, shanghai_family, sign_in
from outsiders_test import sequence_of
from speakers import FrameSpeaker, HttpSpeaker

SIGNER = "P31010100051"


def escaped(text, in_a_name=False):
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace(".", "\\.").replace("=", "\\=") if in_a_name else text


def lines_of(path, value):
    if isinstance(value, dict):
        for name, below in value.items():
            yield from lines_of(f"{path}.{escaped(name, True)}", below)
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from lines_of(f"{path}.{index}", below)
    else:
        text = {True: "true", False: "false", None: ""}.get(value) if not isinstance(value, (int, str)) or \
            isinstance(value, bool) else str(value)
        yield f"{path}={escaped(text)}"


def sm3(content):
    return hashlib.new("sm3", bytes(content)).hexdigest()


def canonical_text(message):
    lines = [f"{name}={escaped(message[name])}" for name in ("fixmedins_code", "infno", "msgid")]
    if message["infno"] == "9101":  # a file is signed by its digest
        upload = message["input"]["fsUploadIn"]
        message = dict(message, input={"fsUploadIn": dict(upload, **{"in": sm3(upload["in"])})})
    return "\n".join(sorted(lines + list(lines_of("input", message["input"])), key=str.encode))


def messages_of(infno, content):
    return envelope(infno, content, SIGNER)


def detail_file(lines):
    """Lines that no packing makes short."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("20261122.txt", "".join(
            f"{FATHER}\tM{line}\tS{line}\t{line}\t\t0\t\t1.00\t0\t1.00\n" for line in range(lines)))
    return packed.getvalue()


def upload_of(content):
    return messages_of("9101", {"fsUploadIn": {"in": list(content), "filename": "20261122.zip",
                                               "fixmedins_code": SIGNER}})


class Key:
    """An SM2 key of the openssl program."""

    def __init__(self, folder, name):
        self.file, self.folder = os.path.join(folder, f"{name}.key"), folder
        run("openssl", "genpkey", "-algorithm", "SM2", "-out", self.file)
        text = run("openssl", "pkey", "-in", self.file, "-noout", "-text")
        public = text.split("pub:")[1].split("ASN1 OID")[0]
        self.point = "".join(public.split()).replace(":", "")

    def sign(self, text, user_id="1234567812345678"):
        path = os.path.join(self.folder, "text")
        with open(path, "wb") as file:
            file.write(text.encode())
        done = subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", self.file, "-rawin", "-in", path, "-digest",
                               "sm3", "-pkeyopt", f"distid:{user_id}"], capture_output=True, check=True)
        return base64.b64encode(raw(done.stdout)).decode()


def raw(der):
    """r ‖ s of an ASN.1 signature."""
    r_end = 4 + der[3]
    r, s = der[4:r_end], der[r_end + 2:]
    return r.lstrip(b"\0").rjust(32, b"\0") + s.lstrip(b"\0").rjust(32, b"\0")


class Sm2(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.key, self.other = Key(folder.name, "own"), Key(folder.name, "other")
        register = cast.entry(SIGNER, "none", sm2_public_key=f'"{self.key.point}"')
        self.gateway = cast.open_gateway(folder.name, register)
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        import_lines(self.gateway, shanghai_family())

    def say(self, message):
        speaker = HttpSpeaker(self.gateway.http)
        reply = speaker.say("POST", "/fsi/api", [], json.dumps(message).encode())
        speaker.close()
        return reply

    def signed(self, message=None, key=None, **otherwise):
        message = message or sale(SIGNER)
        return dict(message, cainfo=(key or self.key).sign(canonical_text(message), **otherwise))

    def test_only_what_its_key_signed_is_decided(self):
        good = self.signed()
        forged = {
            "without a signature": sale(SIGNER), "with an empty one": dict(sale(SIGNER), cainfo=""),
            "with a number": dict(sale(SIGNER), cainfo=1), "by another key": self.signed(key=self.other),
            "under another user id": self.signed(user_id="ALICE123@YAHOO.COM"),
            "cut": dict(good, cainfo=good["cainfo"][:-4]), "twice": dict(good, cainfo=good["cainfo"] * 2),
            "of another message": dict(sale(SIGNER), cainfo=good["cainfo"]),
            "under another msgid": dict(good, msgid="another"), "as another kind": dict(good, infno="2101"),
        }
        for place in range(0, 86, 7):
            digit = "A" if good["cainfo"][place] != "A" else "B"
            forged[f"digit {place} changed"] = dict(good, cainfo=good["cainfo"][:place] + digit +
                                                    good["cainfo"][place + 1:])
        for name, change in {"patient": {"psn_no": FATHER}, "amount": {"medfee_sumamt": "1.0"},
                             "account use": {"acct_used_flag": "0"}, "a field more": {"use_family": "0"}}.items():
            altered = json.loads(json.dumps(good))
            altered["input"]["druginfo"].update(change)
            forged[f"{name} altered"] = altered
        before = sequence_of(self.gateway)
        for name, message in forged.items():
            reply = self.say(message)
            self.assertEqual(reply.status, 401, f"{name}: {reply}")
            frames = FrameSpeaker(self.gateway.tcp)
            self.assertTrue(frames.say(sign_in(SIGNER)).accepted)
            self.assertIsNone(frames.say(message).answer, name)
            frames.close()
        self.assertEqual(sequence_of(self.gateway), before)
        print(f"forged SM2 signatures: {2 * len(forged)}, accepted: 0")
        self.assertTrue(self.say(good).accepted)
        self.assertTrue(self.say(dict(good, opter_name="另一人", extra=1)).accepted, "fields beside are not signed")
        frames = FrameSpeaker(self.gateway.tcp)
        self.assertTrue(frames.say(sign_in(SIGNER)).accepted)
        self.assertTrue(all(frames.say(self.signed()).accepted for _ in range(3)))
        as_text = self.signed()
        self.assertTrue(self.say(dict(as_text, input=json.dumps(as_text["input"]))).accepted, "input as text")
        eventually(lambda: sequence_of(self.gateway) == before + 5, "five sales are journaled")

    def test_reconciliation_and_its_files_are_held_to_it_too(self):
        """A file held in a message, one streamed past it, and what speaks of them."""
        data = {"insutype": "310", "clr_type": "41", "setl_optins": "310101", "stmt_begndate": "2026-11-22",
                "stmt_enddate": "2026-11-22", "medfee_sumamt": 0, "fund_pay_sumamt": 0, "acct_pay": 0,
                "fixmedins_setl_cnt": 0, "refd_setl_flag": "0"}
        messages = {
            "totals": messages_of("3201", {"data": data}),
            "a short file": upload_of(detail_file(lines=1)), "a long file": upload_of(detail_file(lines=1500)),
            "comparison": messages_of("3202", {"data": dict(data, file_qury_no="1")}),
            "download": messages_of("9102", {"fsDownloadIn": {"file_qury_no": "1", "filename": "x"}}),
        }
        for name, message in messages.items():
            with self.subTest(name):
                reply = self.say(message)
                self.assertEqual(reply.status, 401, f"without a signature: {reply}")
                reply = self.say(self.signed(message, key=self.other))
                self.assertEqual(reply.status, 401, f"by another key: {reply}")
                self.assertEqual(self.say(self.signed(message)).status, 200)
        long_file = self.signed(messages["a long file"])
        self.assertTrue(self.say(long_file).accepted)
        long_file["input"]["fsUploadIn"]["in"][-1] ^= 1
        self.assertEqual(self.say(long_file).status, 401, "one bit of the file altered")


if __name__ == "__main__":
    unittest.main()
