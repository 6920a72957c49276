"""Message ids and business keys hold for good: over restarts, when the family parts and joins, and years later."""

import tempfile
import unittest

import shifted_clock
from clients import import_lines, person, settle
from gateway import Gateway
from messages import (CHILD, FATHER, HOSPITAL, batch, cancel, changed, new_msgid, query, sale, shanghai_family,
                      undo)
from rest import Desk
from wires import Http, Line, Tcp

PURCHASE, NEXT_SUMMER, YEARS_LATER = "2026-11-22 10:00:00", "2027-08-02 10:00:00", "2034-03-01 10:00:00"


class LastingKeys(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.gateway = Gateway(self.folder.name, environment=self.at(PURCHASE)).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        self.desk = Desk(self.gateway)
        import_lines(self.gateway, shanghai_family("5000.00"))

    def at(self, clock):
        return shifted_clock.at(self.folder.name, clock)

    def start_at(self, clock):
        """kill -9, then another process on the same data on another day."""
        self.gateway.kill()
        self.gateway.environment.update(self.at(clock))
        self.gateway.start()

    def bytes_of(self, wire, message):
        line = Line(wire, self.gateway, message["fixmedins_code"])
        try:
            return wire.decode(line.ask_bytes(message))
        finally:
            line.close()

    def remembered(self, message):
        self.first[message["msgid"]] = message, self.bytes_of(Http, message)
        return message

    def write_history(self):
        """One message of each kind that is remembered, and a reversal of one that never came."""
        self.first = {}
        self.sale = self.remembered(sale(CHILD, "100.00"))
        self.batch = self.remembered(batch(CHILD, "200.00"))
        self.stay = self.remembered(batch(CHILD, "400.00", infno="2304"))
        cancelled = self.remembered(sale(CHILD, "50.00"))
        info = settle(self.gateway, cancelled)["output"]["setlinfo"]
        self.cancel = self.remembered(cancel(info["setl_id"], info["mdtrt_id"]))
        self.never_came = sale(CHILD, "30.00")
        self.remembered(undo(self.never_came["msgid"]))
        self.again = self.remembered(dict(self.batch, msgid=new_msgid(HOSPITAL)))  # another id, the same batch
        self.assertEqual(self.fund(), "4300.00")

    def fund(self):
        return person(self.gateway, FATHER)["balances"]["carryover"]

    def everything_is_as_it_was(self):
        before = self.fund()
        for message, answer in self.first.values():
            for wire in (Http, Tcp):
                self.assertEqual(self.bytes_of(wire, message), answer, message["infno"])
        self.told(self.never_came, "E_REVERSED_BEFORE_ARRIVAL")
        self.told(changed(self.sale, "input.druginfo.medfee_sumamt", "100.01"), "E_IDEMPOTENCY",
                  "input.druginfo.medfee_sumamt")
        self.told(changed(self.again, "input.data.medfee_sumamt", "200.01"), "E_IDEMPOTENCY", "input.data.medfee_sumamt")
        other = dict(changed(self.batch, "input.data.medfee_sumamt", "200.01"), msgid=new_msgid(HOSPITAL))
        self.told(other, "E_IDEMPOTENCY", "input.data.medfee_sumamt")
        for message in (self.batch, self.stay, self.cancel):  # a retry under another id
            retried = settle(self.gateway, dict(message, msgid=new_msgid(message["fixmedins_code"])))
            self.assertEqual(retried["output"], settle(self.gateway, message)["output"])
        self.assertEqual(self.state(self.sale), "applied")
        self.assertEqual(self.state(self.again), "applied")
        self.assertEqual(self.state(self.cancel), "applied")
        self.assertEqual(self.state(self.never_came), "reversed_before_arrival")
        self.assertEqual(self.fund(), before)

    def told(self, message, code, field=""):
        answer = settle(self.gateway, message)
        self.assertEqual((answer["infcode"], answer["err_msg"].split()[0]), (-2, code), answer)
        self.assertTrue(answer["err_msg"].endswith(field), answer["err_msg"])

    def state(self, message):
        asked = query(message["msgid"], message["infno"], institution=message["fixmedins_code"])
        return settle(self.gateway, asked)["output"]["state"]

    def undone(self, message):
        self.assertEqual(settle(self.gateway, undo(message["msgid"], message["infno"], CHILD,
                                                   message["fixmedins_code"]))["infcode"], 0)

    def books_are_clean(self):
        self.assertEqual(self.gateway.stop(), 0)
        code, said = self.gateway.audit()
        self.assertEqual(code, 0, said)

    def test_while_the_family_parts_and_joins_again(self):
        self.write_history()
        members = f"/v1/networks/{FATHER}/members"
        self.assertEqual(self.desk.write("DELETE", f"{members}/{CHILD}").status, 200)
        self.everything_is_as_it_was()
        self.assertEqual(self.desk.post(members, {"psn_no": CHILD, "relation": "CHILD"}).status, 201)
        self.everything_is_as_it_was()
        self.assertEqual(self.desk.write("DELETE", f"/v1/networks/{FATHER}").status, 200)
        self.undone(self.again)  # the money goes back to him who paid, wherever he lives now
        self.assertEqual(self.fund(), "4500.00")
        self.assertEqual((self.state(self.batch), self.state(self.again)), ("reversed", "reversed"))
        self.told(self.batch, "E_ALREADY_REVERSED")
        self.told(self.again, "E_ALREADY_REVERSED")
        self.books_are_clean()

    def test_over_the_years(self):
        self.write_history()
        self.start_at(NEXT_SUMMER)
        rolled = self.desk.post("/v1/accounts/roll", {"year": 2027, "psn_no": FATHER})
        self.assertEqual(rolled.status, 200, rolled)
        self.everything_is_as_it_was()
        self.start_at(YEARS_LATER)
        self.everything_is_as_it_was()
        self.undone(self.sale)
        self.told(self.sale, "E_ALREADY_REVERSED")
        self.assertEqual(self.fund(), "4400.00")
        self.undone(self.cancel)  # the cancelled sale stands again
        self.assertEqual(self.fund(), "4350.00")
        self.books_are_clean()


if __name__ == "__main__":
    unittest.main()
