"""TLS on both transports: whose certificate is whose, who has none, and what a reload changes."""

import json
import shutil
import signal
import ssl
import subprocess
import tempfile
import unittest
import warnings

import cast
from certificates import FUTURE, PAST, Authority, self_signed
from cast import HMAC, MTLS, MTLS_OTHER, XTIF, sale
from clients import get, import_lines
from frame_forgeries import FrameSigner, frame_forgeries, honest_frames
from gateway import TOKEN, Gateway, eventually
from http_forgeries import Signer, after_signing, before_signing, honest
from messages import shanghai_family, sign_in
from outsiders_test import Outsiders, sequence_of
from speakers import FrameSpeaker, HttpSpeaker, Refused, Reply

VERSIONS = {"TLS 1.2": ssl.TLSVersion.TLSv1_2, "TLS 1.3": ssl.TLSVersion.TLSv1_3}
TARGETS = ("/fsi/api", "/fsi/api/2102", "/fsi/api/pharmacy/settle")


def client(authority, shown=None, version=None, trust_anybody=False):
    """A client's side of TLS. It shows `shown`, a certificate and its key."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.load_verify_locations(authority.own.certificate)
    if trust_anybody:
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    if version is not None:
        with warnings.catch_warnings():  # old versions are offered on purpose
            warnings.simplefilter("ignore", DeprecationWarning)
            tls.minimum_version = tls.maximum_version = version
        if version < ssl.TLSVersion.TLSv1_2:
            tls.set_ciphers("ALL:@SECLEVEL=0")
    if shown is not None:
        tls.load_cert_chain(shown.certificate, shown.key)
    return tls


def post(gateway, tls, target, message):
    try:
        speaker = HttpSpeaker(gateway.http, tls)
        reply = speaker.say("POST", target, [("Content-Type", "application/json")], json.dumps(message).encode())
        speaker.close()
        return reply
    except Refused:
        return Reply(0, None)


def converse(gateway, tls, *said):
    try:
        speaker = FrameSpeaker(gateway.tcp, tls)
        replies = [speaker.say(message) for message in said]
        speaker.close()
        return replies[-1]
    except Refused:
        return Reply(0, None)


class TlsOutsiders(unittest.TestCase):
    attack, refused = Outsiders.attack, Outsiders.refused

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.authority = Authority(self.folder, "ours")
        self.own = self.authority.issue("gateway", use="server", subject="localhost")
        self.shop, self.other = self.authority.issue("shop"), self.authority.issue("other")

    def open(self):
        certificates = {MTLS: self.shop.sha256, MTLS_OTHER: self.other.sha256}
        gateway = cast.open_gateway(self.folder, cast.register(certificates),
                                    [f"tls.certificate={self.own.certificate}", f"tls.key={self.own.key}",
                                     f"tls.client_ca={self.authority.own.certificate}"])
        self.addCleanup(lambda: gateway.process.poll() is None and gateway.kill())
        return gateway

    def strangers(self):
        """Certificates that are nobody's here, by name."""
        foreign = Authority(self.folder, "foreign")
        namesake = Authority(self.folder, "namesake")
        return {"none": None, "another institution's": self.other,
                "unknown to the register": self.authority.issue("unknown"),
                "of its name": self.authority.issue("again", subject="shop"),
                "expired": self.authority.issue("expired", PAST), "too early": self.authority.issue("early", FUTURE),
                "for servers only": self.authority.issue("server", use="server"),
                "the gateway's own": self.own, "of a foreign authority": foreign.issue("shop"),
                "of an authority of the same name": namesake.issue("shop"),
                "self-signed": self_signed(self.folder, "self", "shop"),
                "the authority's own": self.authority.own}

    def test_only_the_registered_certificate_speaks_for_its_institution(self):
        gateway = self.open()
        attempts, before, strangers = 0, sequence_of(gateway), self.strangers()
        for version_name, version in VERSIONS.items():
            for name, shown in strangers.items():
                tls = client(self.authority, shown, version)
                what = f"{version_name}, certificate {name}"
                for target in TARGETS:
                    reply = post(gateway, tls, target, sale(MTLS))
                    self.assertIn(reply.status, (0, 401), f"{what}, {target}: {reply}")
                    attempts += 1
                for said in ([sign_in(MTLS), sale(MTLS)], [sale(MTLS)], [sign_in(MTLS_OTHER), sale(MTLS)]):
                    reply = converse(gateway, tls, *said)
                    self.assertFalse(reply.accepted, f"{what}, frames: {reply}")
                    attempts += 1
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            tls = client(self.authority, self.shop, version)
            self.assertIsNone(post(gateway, tls, "/fsi/api", sale(MTLS)).answer)
            self.assertIsNone(converse(gateway, tls, sign_in(MTLS), sale(MTLS)).answer)
            attempts += 2
        self.assertIsNone(post(gateway, None, "/fsi/api", sale(MTLS)).answer)  # in plain text
        self.assertIsNone(converse(gateway, None, sign_in(MTLS)).answer)
        print(f"attempts with a certificate of somebody else: {attempts + 2}, accepted: 0")
        self.assertEqual(sequence_of(gateway), before)
        self.import_family(gateway)
        for version in VERSIONS.values():
            good = client(self.authority, self.shop, version)
            self.assertTrue(post(gateway, good, "/fsi/api", sale(MTLS)).accepted)
            self.assertTrue(converse(gateway, good, sign_in(MTLS), sale(MTLS)).accepted)

    def import_family(self, gateway):
        """Over TLS as well: the whole listener speaks it."""
        lines = "\n".join(json.dumps(line) for line in shanghai_family()).encode()
        speaker = HttpSpeaker(gateway.http, client(self.authority))
        speaker.say("POST", "/v1/import?batch=tls", [("Authorization", f"Bearer {TOKEN}")], lines)
        speaker.close()

    def test_no_forged_message_is_accepted_inside_tls_either(self):
        gateway = self.open()
        self.import_family(gateway)
        tls = client(self.authority)
        speaker = HttpSpeaker(gateway.http, tls)
        signer, frames = Signer(HMAC, "hmac"), FrameSigner(XTIF, "xtif")
        count = self.attack(gateway, "hmac over TLS", [*before_signing(signer), *after_signing(signer)],
                            lambda each: speaker.say(each.method, each.target, each.headers, each.body),
                            honest(signer))
        speaker.close()
        count += self.attack(gateway, "xtif over TLS frames", frame_forgeries(frames),
                             lambda each: converse(gateway, tls, *each.said), honest_frames(frames))
        print(f"forged messages inside TLS: {count}, accepted: 0")

    def test_a_reload_takes_new_certificates_or_none_of_it(self):
        gateway = self.open()
        self.import_family(gateway)
        shown = lambda: ssl.get_server_certificate(gateway.http)
        first = shown()
        good = client(self.authority, self.shop)
        kept = FrameSpeaker(gateway.tcp, good)
        self.assertTrue(kept.say(sign_in(MTLS)).accepted)
        expired = self.authority.issue("late", PAST, "server", "localhost")
        for broken in (expired.certificate, self.own.key):
            shutil.copy(broken, self.own.certificate)
            gateway.process.send_signal(signal.SIGHUP)
            eventually(lambda: "reload_refused" in gateway.log_tail(), "the broken certificate is refused")
            self.assertEqual(shown(), first)
        fresh = self.authority.issue("fresh", use="server", subject="localhost")
        shutil.copy(fresh.certificate, self.own.certificate)
        shutil.copy(fresh.key, self.own.key)
        gateway.process.send_signal(signal.SIGHUP)
        eventually(lambda: shown() != first, "the new certificate is shown")
        self.assertTrue(kept.say(sale(MTLS)).accepted, "open connections go on")
        self.assertTrue(post(gateway, good, "/fsi/api", sale(MTLS)).accepted)

    def test_an_institution_that_loses_its_certificate_is_not_heard_any_more(self):
        gateway = self.open()
        self.import_family(gateway)
        good = client(self.authority, self.shop)
        frames, http = FrameSpeaker(gateway.tcp, good), HttpSpeaker(gateway.http, good)
        say = lambda: http.say("POST", "/fsi/api", [], json.dumps(sale(MTLS)).encode())
        self.assertTrue(frames.say(sign_in(MTLS)).accepted and say().accepted)
        with open(f"{self.folder}/institutions.toml", "w") as file:
            file.write(cast.register({MTLS: self.other.sha256}))
        gateway.process.send_signal(signal.SIGHUP)
        eventually(lambda: say().status == 401, "the certificate of the other is asked for")
        self.assertIsNone(frames.say(sale(MTLS)).answer)

    def test_unusable_files_end_with_2_and_are_named(self):
        expired = self.authority.issue("late", PAST, "server", "localhost")
        rows = [("expired", expired.certificate, expired.key, "the certificate has expired"),
                ("another key", self.own.certificate, self.shop.key, self.shop.key),
                ("no file", self.own.certificate + "x", self.own.key, self.own.certificate + "x"),
                ("no key", self.own.certificate, "", "tls.key")]
        for what, certificate, key, named in rows:
            gateway = Gateway(self.folder, [f"tls.certificate={certificate}", f"tls.key={key}"])
            done = subprocess.run(gateway.command(), capture_output=True, text=True, timeout=60)
            self.assertEqual((done.returncode, named in done.stderr), (2, True), f"{what}: {done.stderr}")
        register = f"{self.folder}/mtls.toml"
        with open(register, "w") as file:
            file.write(cast.entry(MTLS, "mtls", certificate_sha256=f'["{self.shop.sha256}"]'))
        done = subprocess.run(Gateway(self.folder, [f"institutions.file={register}"]).command(),
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn("mtls.toml:5: institution.auth: \"mtls\" needs tls.certificate", done.stderr)


del Outsiders, get, import_lines  # run by their own file

if __name__ == "__main__":
    unittest.main()
