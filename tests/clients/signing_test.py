"""What the example clients sign, against the formulas of docs/integrate/signing.md written down a second
time: headers over HTTP, the signIn node over TCP, each try anew."""

import hashlib
import hmac
import json
import tempfile
import time
import unittest

from fault_relay import FaultRelay, body_of
from kits import KITS
from messages import CERTNO, CHILD, PHARMACY
from scripted_gateway import BROKEN, ScriptedGateway, reply
from town import PAASID, SECRET, TownTest

PATH = "/fsi/api"
CLOCK_SECONDS_MAX = 300


def xtif(timestamp, nonce):
    return hashlib.sha256((timestamp + SECRET + nonce + timestamp).encode()).hexdigest()


def mac(digest, *lines):
    return hmac.new(SECRET.encode(), "\n".join(lines).encode(), digest).hexdigest()


class Signing(unittest.TestCase):
    def test_python(self):
        self.story("python", "sha256", "sm3")

    def test_node(self):
        self.story("node", "sha256", "sm3")

    def test_java(self):
        self.story("java", "sha256")

    def test_csharp(self):
        self.story("csharp", "sha256")

    def story(self, kit, *digests):
        self.kit, self.tills = KITS[kit], 0
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        unseen = reply(output={"state": "unknown", "result": {}, "err_msg": ""})
        self.gateway = ScriptedGateway({"2102": reply(), "2602": unseen})
        self.addCleanup(self.gateway.close)
        self.each_try_is_signed("xtif", self.xtif_headers, paasid=PAASID)
        for digest in digests:
            self.each_try_is_signed("hmac", self.hmac_headers, digest=digest)

    def each_try_is_signed(self, proof, expected, **settings):
        self.gateway.seen.clear()
        self.gateway.script["2102"] = [BROKEN]
        self.tills += 1
        till = self.kit.till(tempfile.mkdtemp(dir=self.folder), self.gateway.address, PHARMACY, proof=proof,
                             secret=SECRET, till=f"{self.tills:02d}", **settings)
        till.one("buy", CHILD, CERTNO[CHILD], "120.00")
        self.assertEqual(self.gateway.infnos(), ["2102", "2602", "2102"])
        nonces = set()
        for _, _, headers, body in self.gateway.seen:
            sent = {name.lower(): value for name, value in headers.items()}
            wanted, timestamp, nonce = expected(sent, body, **settings)
            self.assertEqual({name: sent.get(name) for name in wanted}, wanted)
            self.assertLess(abs(time.time() - int(timestamp)), CLOCK_SECONDS_MAX)
            self.assertTrue(8 <= len(nonce) <= 64)
            nonces.add(nonce)
        self.assertEqual(len(nonces), 3)

    @staticmethod
    def xtif_headers(sent, _, paasid):
        timestamp, nonce = sent["x-tif-timestamp"], sent["x-tif-nonce"]
        return {"x-tif-paasid": paasid, "x-tif-signature": xtif(timestamp, nonce)}, timestamp, nonce

    @staticmethod
    def hmac_headers(sent, body, digest):
        timestamp, nonce = sent["x-gongji-timestamp"], sent["x-gongji-nonce"]
        of_body = hashlib.new(digest, body).hexdigest()
        return {"x-gongji-key": PHARMACY, "x-gongji-digest": digest,
                "x-gongji-signature": mac(digest, "POST", PATH, timestamp, nonce, of_body)}, timestamp, nonce


class KeepingRelay(FaultRelay):
    """Keeps the sign-ins it passed on."""

    def pass_on(self, client, upstream, infno, request, greeting):
        if infno == "9001":
            self.sign_ins.append(json.loads(body_of(request, True))["input"]["signIn"])
        return super().pass_on(client, upstream, infno, request, greeting)


class SigningIn(TownTest):
    """At an institution without proof, which takes the fields and does not look at them."""

    def test_python_over_tcp(self):
        self.story("python over tcp")

    def test_node_over_tcp(self):
        self.story("node over tcp")

    def story(self, kit):
        relay = KeepingRelay(self.gateway.tcp, True)
        relay.sign_ins = []
        self.addCleanup(relay.close)
        for settings in ({"proof": "xtif", "paasid": PAASID}, {"proof": "hmac", "digest": "sha256"},
                         {"proof": "hmac", "digest": "sm3"}):
            till = self.till(kit, relay, secret=SECRET, **settings)
            self.holds(till.one(*self.buying("1.00")), state="SUCCESS")
            sent = relay.sign_ins[-1]
            self.assertLess(abs(time.time() - int(sent["timestamp"])), CLOCK_SECONDS_MAX)
            self.assertEqual({name: sent.get(name) for name in self.expected(sent, **settings)},
                             self.expected(sent, **settings))
        self.assertEqual(len({sent["nonce"] for sent in relay.sign_ins}), 3)

    @staticmethod
    def expected(sent, proof, paasid=None, digest=None):
        timestamp, nonce = sent["timestamp"], sent["nonce"]
        if proof == "xtif":
            return {"paasid": paasid, "signature": xtif(timestamp, nonce)}
        return {"access_key": PHARMACY, "digest": digest, "signature": mac(digest, "9001", timestamp, nonce)}
