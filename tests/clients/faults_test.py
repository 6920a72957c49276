"""The network fails while an example client buys, cancels or reverses: it ends with a definite fate,
and the account was debited once or not at all."""

import json

from clients import post
from fault_relay import (CUT_REPLY, DELAY_REQUEST, HOLD_REPLY, HOLD_REQUEST, LOSE_REPLY, LOSE_REQUEST,
                         body_of)
from messages import CHILD, PHARMACY, new_msgid, sale
from town import TownTest

HIT_SECONDS_MAX = 60


class Faults(TownTest):
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
        self.kit, self.spent = kit, 0
        self.network = self.relay(kit)
        self.one_fault_while_buying()
        self.a_late_original_of_a_repeated_sale()
        self.faults_while_cancelling()
        self.killed_while_waiting_then_reversed()
        self.killed_before_it_arrived_then_recovered()

    def fresh_till(self):
        return self.till(self.kit, self.network)

    def debited(self, fen):
        self.spent += fen
        self.assertEqual(self.balance(), f"{(100000 - self.spent) // 100}.{(100000 - self.spent) % 100:02d}")

    def one_fault_while_buying(self):
        for fault in (LOSE_REPLY, CUT_REPLY, LOSE_REQUEST):
            with self.subTest(fault=fault):
                till = self.fresh_till()
                self.network.arm("2102", fault)
                self.network.seen.clear()
                self.holds(till.one(*self.buying("20.01")), state="SUCCESS", family="20.01", exit=0)
                self.debited(2001)
                asked_first = [infno for infno in self.network.seen if infno != "9001"][:2]
                self.assertEqual(asked_first, ["2102", "2602"])
                self.assertEqual([state for _, state in till.log_lines()], ["PENDING", "UNKNOWN", "SUCCESS"])

    def a_late_original_of_a_repeated_sale(self):
        self.network.arm("2102", DELAY_REQUEST, LOSE_REPLY)
        self.holds(self.fresh_till().one(*self.buying("30.00")), state="SUCCESS", family="30.00")
        self.debited(3000)
        (answer,) = self.network.deliver_delayed()
        self.assertEqual(answer["infcode"], 0)  # the first answer again
        self.debited(0)

    def faults_while_cancelling(self):
        till = self.fresh_till()
        bought = till.one(*self.buying("40.00"))
        self.network.arm("2103", LOSE_REQUEST, LOSE_REPLY)
        self.network.arm("2602", LOSE_REPLY)
        self.holds(till.one("cancel", bought["setl_id"], bought["mdtrt_id"], CHILD), state="SUCCESS",
                   family="-40.00")
        self.debited(0)

    def killed_while_waiting_then_reversed(self):
        till, msgid = self.killed_while_buying("50.00", HOLD_REPLY)
        self.debited(5000)
        self.network.arm("2601", LOSE_REPLY)
        self.network.seen.clear()
        self.holds(till.one("reverse", msgid), state="REVERSED", msgid=msgid, exit=0)
        self.debited(-5000)
        self.assertEqual([infno for infno in self.network.seen if infno != "9001"][:2], ["2602", "2601"])

    def killed_before_it_arrived_then_recovered(self):
        till, msgid = self.killed_while_buying("60.00", HOLD_REQUEST)
        code, (recovered,) = till.run("recover")
        self.assertEqual(code, 0)
        self.holds(recovered, state="REVERSED", msgid=msgid)
        (answer,) = self.network.deliver_delayed()
        self.assertEqual((answer["infcode"], answer["err_msg"].split()[0]), (-2, "E_REVERSED_BEFORE_ARRIVAL"))
        self.debited(0)
        self.assertEqual(till.run("recover"), (0, []))

    def killed_while_buying(self, amount, fault):
        """A till that is killed while its sale is under way, and the sale's msgid."""
        till = self.fresh_till()
        self.network.arm("2102", fault)
        process = till.start(*self.buying(amount))
        self.assertTrue(self.network.hit.wait(HIT_SECONDS_MAX))
        process.kill()
        process.communicate()
        with open(till.log, encoding="utf-8") as file:
            return till, file.readline().split("\t")[1]


class Controls(TownTest):
    def test_a_client_that_retries_under_a_new_msgid_pays_twice(self):
        """What the stories above would not overlook."""
        network = self.relay("python")
        network.arm("2102", LOSE_REPLY)
        answered = False
        while not answered:
            bill = sale(CHILD, "20.01", PHARMACY, new_msgid())
            try:
                _, body = post(network.address, "/fsi/api", json.dumps(bill))
                answered = json.loads(body)["infcode"] == 0
            except OSError:
                continue
        self.assertEqual(self.balance(), "959.98")

    def test_the_relay_sees_where_messages_end(self):
        self.assertEqual(body_of(b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", False), b"{}")
        self.assertEqual(body_of(b"\0\0\0\2" + b"\0" * 8 + b"{}", True), b"{}")
