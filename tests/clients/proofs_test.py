"""Every example client proves who it is, by each proof it knows, and is told apart from one with a wrong
key."""

from fault_relay import LOSE_REPLY
from kits import KITS
from town import INSTITUTIONS, PAASID, SECRET, TownTest

WRONG = "not-the-secret-of-the-tests"


class Proofs(TownTest):
    def test_python(self):
        self.story("python", "sha256", "sm3")

    def test_python_over_tcp(self):
        self.story("python over tcp", "sha256", "sm3")

    def test_node(self):
        self.story("node", "sha256", "sm3")

    def test_node_over_tcp(self):
        self.story("node over tcp", "sha256", "sm3")

    def test_java(self):
        self.story("java", "sha256")

    def test_csharp(self):
        self.story("csharp", "sha256")

    def story(self, kit, *digests):
        self.kit = kit
        with self.subTest("xtif"):
            self.buys_and_reverses("xtif", paasid=PAASID)
        for digest in digests:
            with self.subTest(digest):
                self.buys_and_reverses("hmac", digest=digest)
        for proof in ("xtif", "hmac"):
            with self.subTest("wrong key", proof=proof):
                refused = self.proving(proof, secret=WRONG, paasid=PAASID).one(*self.buying("10.00"))
                self.holds(refused, state="FAIL", exit=1)
                if KITS[kit].tcp:  # the gateway closes without a word
                    self.assertIn("not signed in, so not sent", refused["text"])
                else:
                    self.assertEqual(refused["code"], "E_UNAUTHENTICATED")
        self.assertEqual(self.balance(), "1000.00")

    def proving(self, proof, relay=None, **settings):
        given = dict({"secret": SECRET}, **settings)
        return self.till(self.kit, relay, institution=INSTITUTIONS[proof], proof=proof, **given)

    def buys_and_reverses(self, proof, **settings):
        """With a lost answer in between: what is sent again is signed anew."""
        network = self.relay(self.kit)
        network.arm("2102", LOSE_REPLY)
        till = self.proving(proof, network, **settings)
        bought = till.one(*self.buying("10.00"))
        self.holds(bought, state="SUCCESS", family="10.00")
        self.holds(till.one("reverse", bought["msgid"]), state="REVERSED")
