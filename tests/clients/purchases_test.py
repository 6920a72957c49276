"""Every example client quotes, buys, cancels and reverses at a real gateway."""

from messages import CHILD
from town import TownTest


class BuyCancelReverse(TownTest):
    def test_python(self):
        self.story("python")

    def test_python_over_tcp(self):
        self.story("python over tcp")

    def test_node(self):
        self.story("node")

    def test_node_over_tcp(self):
        self.story("node over tcp")

    def test_java(self):
        self.story("java")

    def test_csharp(self):
        self.story("csharp")

    def story(self, kit):
        till = self.till(kit)
        quoted = till.one(*self.quoting("120.00"))
        self.holds(quoted, state="QUOTED", own="0.00", family="120.00", cash="0.00", exit=0)
        self.assertEqual(self.balance(), "1000.00")

        bought = till.one(*self.buying("120.00", quoted["quote_id"]))
        self.holds(bought, state="SUCCESS", own="0.00", family="120.00", cash="0.00", exit=0)
        self.assertEqual(self.balance(), "880.00")

        cancelled = till.one("cancel", bought["setl_id"], bought["mdtrt_id"], CHILD)
        self.holds(cancelled, state="SUCCESS", own="0.00", family="-120.00", cash="0.00", exit=0)
        self.assertEqual(self.balance(), "1000.00")

        again = till.one(*self.buying("86.5"))
        self.holds(again, state="SUCCESS", family="86.50", cash="0.00")
        self.assertEqual(self.balance(), "913.50")
        self.holds(till.one("reverse", again["msgid"]), state="REVERSED", msgid=again["msgid"], exit=0)
        self.assertEqual(self.balance(), "1000.00")

        self.holds(till.one(*self.buying("12.00", "not-a-quote")), state="FAIL", code="E_FIELD", exit=1)
        self.assertEqual(till.run("recover"), (0, []))
        self.a_stale_quote(till)

    def a_stale_quote(self, till):
        """Somebody else spends what was quoted: the new split is shown, and booked once it is confirmed."""
        quoted = till.one(*self.quoting("999.99"))
        self.holds(till.one(*self.buying("700.01")), state="SUCCESS", family="700.01")
        refused = till.one(*self.buying("999.99", quoted["quote_id"]))
        self.holds(refused, state="FAIL", code="E_QUOTE_STALE", family="299.99", cash="700.00", exit=1)
        self.assertEqual(self.balance(), "299.99")
        self.holds(till.one(*self.buying("999.99", refused["quote_id"])), state="SUCCESS",
                   family="299.99", cash="700.00")
        self.assertEqual(self.balance(), "0.00")
