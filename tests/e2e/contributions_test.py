"""A family's year over HTTP: contributions and their certificates, money in and out, the roll, reversals,
outside parties that refuse, fall silent or are cut off. Every step says what everybody holds afterwards."""

import tempfile
import unittest

import shifted_clock
from clients import import_lines, settle
from gateway import Gateway, eventually
from messages import (AUTHORISER, CHILD, FATHER, SX_CHILD, a_person, cancel, sale, shanghai_family,
                      taiyuan_family)
from rest import Desk

MOTHER = "31010100000000000000009003"
JUNE, JULY = "2026-06-28 02:00:00", "2026-07-02 02:00:00"  # UTC; the insurance year ends on 30 June
PREMIUM = {"psn_no": CHILD, "purpose": "RESIDENT_PREMIUM", "year": 2026}
PRODUCT = {"psn_no": CHILD, "purpose": "COMMERCIAL", "product": "HUHUIBAO", "year": 2026}
SIMULATED = "counterparties.simulated=true"


class Household(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def gateway_with(self, *settings, clock=None):
        self.gateway = Gateway(self.folder.name, settings, self.at(clock) if clock else None)
        self.addCleanup(lambda: self.gateway.process and self.gateway.process.poll() is None
                        and self.gateway.kill())
        self.desk = Desk(self.gateway)
        self.gateway.start()

    def at(self, clock):
        return shifted_clock.at(self.folder.name, clock)

    def start_again(self, *settings, clock=None):
        """kill -9, then another process on the same data."""
        self.gateway.kill()
        if settings:
            self.gateway.settings = list(settings)
        if clock:
            self.gateway.environment.update(self.at(clock))
        self.gateway.start()

    def people(self, *lines):
        self.assertEqual(import_lines(self.gateway, lines)["refused"], [])

    def hold(self, **expected):
        """Current-year money and carry-over of the persons named, now."""
        numbers = {"father": FATHER, "mother": MOTHER, "child": CHILD, "authoriser": AUTHORISER}
        for name, (current_year, carryover) in expected.items():
            balances = self.desk.get(f"/v1/persons/{numbers[name]}")["balances"]
            self.assertEqual(balances, {"current_year": current_year, "carryover": carryover}, name)

    def done(self, answer, status=200):
        self.assertEqual(answer.status, status, answer)
        return answer

    def refused(self, answer, status, code):
        self.assertEqual((answer.status, answer["code"]), (status, code), answer)
        self.assertTrue(answer["title"] and answer["next_step"], answer)

    def order(self, what, key=None):
        return self.desk.post("/v1/contributions", what, key)

    def status_of(self, order_id):
        return self.done(self.desk.get(f"/v1/contributions/{order_id}"))["status"]

    def becomes(self, order_id, status):
        eventually(lambda: self.status_of(order_id) == status, f"{order_id} becomes {status}", 20)

    def settled(self, message):
        answer = settle(self.gateway, message)
        self.assertEqual(answer["infcode"], 0, answer)
        return answer["output"]["setlinfo"]

    def undone(self, info, psn_no=CHILD):
        return self.settled(cancel(info["setl_id"], info["mdtrt_id"], psn_no))

    def events(self, kind=None):
        found, after = [], "0"
        while (page := self.desk.get(f"/v1/events?after={after}&limit=100"))["items"]:
            found += page["items"]
            after = page["next_cursor"]
        return [event for event in found if kind in (None, event["type"])]

    def drained_and_clean(self):
        self.assertEqual(self.gateway.stop(), 0, self.gateway.log_tail())
        code, said = self.gateway.audit()
        self.assertEqual(code, 0, said)
        self.assertIn("All checks hold.", said)


class FamilyYear(Household):
    def test_a_shanghai_family_from_june_to_july(self):
        self.gateway_with(SIMULATED, "counterparties.delay_ms=20", clock=JUNE)
        self.form_the_family()
        self.contribute()
        self.buy_and_give_back()
        self.money_in_and_out()
        self.freeze_and_thaw()
        self.roll_and_reverse()
        self.drained_and_clean()

    def form_the_family(self):
        self.people(a_person(FATHER, "310", "5000.00", "800.00"), a_person(CHILD, "390"),
                    a_person(MOTHER, "310", "200.00", "300.00"))
        members = [{"psn_no": CHILD, "relation": "CHILD"}, {"psn_no": MOTHER, "relation": "SPOUSE"}]
        formed = self.desk.post("/v1/networks", {"organizer": FATHER, "profile": "SH", "members": members})
        self.assertEqual(self.done(formed, 201)["state"], "modes_unconfirmed")
        self.refused(self.order(PREMIUM), 422, "E_MODE_UNCONFIRMED")
        self.done(self.desk.write("PUT", f"/v1/networks/{FATHER}/modes", {"modes": ["PAY", "PREMIUM"]}))
        self.hold(father=("800.00", "5000.00"), mother=("300.00", "200.00"), child=("0.00", "0.00"))

    def contribute(self):
        paid = self.done(self.order(PREMIUM, key="premium-of-the-child"), 201)
        self.assertEqual((paid["status"], paid["payer"], paid["amount"]), ("paid", FATHER, "380.00"))
        again = self.done(self.order(PREMIUM, key="premium-of-the-child"), 201)
        self.assertTrue(again.replayed)
        self.assertEqual(again.data, paid.data)
        self.refused(self.order(PRODUCT, key="premium-of-the-child"), 422, "E_IDEMPOTENCY")
        self.refused(self.order(PREMIUM), 409, "E_ALREADY_PAID")
        self.hold(father=("800.00", "4620.00"), child=("0.00", "0.00"))
        self.certify(paid["id"])
        product = self.done(self.order(dict(PRODUCT, psn_no=MOTHER)), 201)
        self.assertEqual((product["payer"], product["amount"]), (FATHER, "129.00"))  # her own stays
        self.hold(father=("800.00", "4491.00"), mother=("300.00", "200.00"))
        eventually(lambda: self.events("contribution_insured"), "the insurer has answered")  # in its own time
        listed = self.done(self.desk.get(f"/v1/networks/{FATHER}/contributions"))["items"]
        self.assertEqual({entry["id"] for entry in listed}, {paid["id"], product["id"]})

    def certify(self, order_id):
        path = f"/v1/contributions/{order_id}/certificate"
        for media, begins in (("image/svg+xml", b"<?xml"), ("image/png", b"\x89PNG"),
                              ("application/pdf", b"%PDF"), ("application/json", b"{")):
            answer = self.done(self.desk.get(path, Accept=media))
            self.assertEqual(answer.headers["Content-Type"].split(";")[0], media)
            self.assertTrue(answer.data.startswith(begins), (media, answer.data[:20]))
        code = answer["check_code"]
        self.assertEqual((answer["amount"], answer["status"]), ("380.00", "paid"))
        shown = self.done(self.desk.get(f"/v1/certificates/{code}"))
        self.assertEqual((shown["valid"], shown["status"], shown["certificate"]["amount"]),
                         (True, "paid", "380.00"))
        last = "0" if code[-1] != "0" else "1"
        self.assertEqual(self.desk.get(f"/v1/certificates/{code[:-1]}{last}").status, 404)
        self.assertEqual(self.desk.get(path, Accept="text/csv").status, 406)

    def buy_and_give_back(self):
        self.childs_bill = self.settled(sale(CHILD, "250.00"))
        bill = self.settled(sale(MOTHER, "350.00", insutype="310"))  # 200.00 of her own, then the fund
        self.assertEqual((bill["acct_pay"], bill["acct_mulaid_pay"], bill["psn_cash_pay"]), (350, 150, 0))
        self.hold(father=("800.00", "4091.00"), mother=("300.00", "0.00"))
        records = len(self.events())
        path = f"/v1/settlements/{bill['setl_id']}"
        smaller = self.done(self.desk.post(f"{path}/partial-refund", {"medfee_sumamt": "260.00"}))
        self.assertEqual((smaller["own"], smaller["family"], smaller["cash"]), ("200.00", "60.00", "0.00"))
        self.assertEqual(len(self.events()), records + 1, "back and anew are one record")
        self.hold(father=("800.00", "4181.00"), mother=("300.00", "0.00"))  # journals that we looked
        self.assertEqual(self.events("partially_refunded")[0]["seq"], records + 1)
        self.assertEqual(self.done(self.desk.get(path))["status"], "reversed")
        twice = self.desk.post(f"{path}/partial-refund", {"medfee_sumamt": "100.00"})
        self.refused(twice, 409, "E_ALREADY_REVERSED")
        self.review(smaller["setl_id"])

    def review(self, setl_id):
        before = self.done(self.desk.get("/v1/reviews"))["items"]
        self.assertEqual(before, [])
        self.done(self.desk.post("/v1/reviews", {"setl_id": setl_id, "note": "抽查"}), 201)
        self.done(self.desk.post("/v1/reviews", {"setl_id": setl_id, "under_review": False}), 201)
        marks = [(mark["setl_id"], mark["under_review"]) for mark in self.desk.get("/v1/reviews")["items"]]
        self.assertEqual(sorted(marks), [(setl_id, False), (setl_id, True)])
        export = self.done(self.desk.get(f"/v1/reviews?psn_no={FATHER}&limit=1000"))["items"]
        kinds = {entry.get("type") for entry in export}
        self.assertLessEqual({"network_formed", "settled", "partially_refunded"}, kinds)
        self.hold(father=("800.00", "4181.00"), mother=("300.00", "0.00"))  # a mark moves nothing

    def money_in_and_out(self):
        credits, debits = f"/v1/accounts/{FATHER}/credits", f"/v1/accounts/{FATHER}/debits"
        monthly = {"bucket": "current_year", "amount": "100.00", "reason": "MONTHLY"}
        self.done(self.desk.post(credits, monthly, key="june"))
        self.assertTrue(self.done(self.desk.post(credits, monthly, key="june")).replayed)
        self.hold(father=("900.00", "4181.00"))
        core = {"bucket": "carryover", "amount": "81.00", "reason": "CORE_USE"}
        self.done(self.desk.post(debits, core))
        self.hold(father=("900.00", "4100.00"))
        too_much = self.desk.post(debits, dict(core, amount="4100.01"))
        self.assertEqual((too_much.status, too_much["limit"]), (400, "4100.00"), too_much)
        self.assertEqual(self.desk.post(f"/v1/accounts/{CHILD}/credits", monthly).status, 422)
        self.hold(father=("900.00", "4100.00"), child=("0.00", "0.00"))

    def freeze_and_thaw(self):
        path = f"/v1/persons/{FATHER}"
        self.done(self.desk.write("PATCH", path, {"account_state": "frozen"}))
        unpaid = self.settled(sale(CHILD, "10.00"))
        self.assertEqual((unpaid["acct_mulaid_pay"], unpaid["psn_cash_pay"], unpaid["zero_reason"]),
                         (0, 10, "E_ACCOUNT_UNUSABLE"))
        self.refused(self.order(PRODUCT), 422, "E_ACCOUNT_UNUSABLE")
        self.done(self.desk.write("PATCH", path, {"account_state": "usable"}))
        self.assertEqual(self.settled(sale(CHILD, "10.00"))["acct_mulaid_pay"], 10)
        self.hold(father=("900.00", "4090.00"))

    def roll_and_reverse(self):
        # The core took 250.00 of the mother's current-year money; the family pays the rest of the bill.
        mothers_bill = self.settled(sale(MOTHER, "300.00", insutype="310", cur_acct_pay="250.00",
                                         psn_part_amt="300.00", inscp_scp_amt="300.00"))
        self.assertEqual((mothers_bill["acct_pay"], mothers_bill["acct_mulaid_pay"]), (300, 50))
        self.hold(father=("900.00", "4040.00"), mother=("50.00", "0.00"))
        early = self.desk.post("/v1/accounts/roll", {"year": 2026, "psn_no": FATHER})
        self.assertEqual((early.status, early["errors"][0]["pointer"]), (400, "/year"), early)
        records = len(self.events())
        for_all = self.desk.post("/v1/accounts/roll", {"year": 2026})
        self.assertEqual((for_all.status, for_all["errors"][0]["pointer"]), (400, "/year"), for_all)
        self.assertEqual(len(self.events()), records, "no account is asked in vain")
        self.start_again(clock=JULY)
        self.hold(father=("900.00", "4040.00"), mother=("50.00", "0.00"))  # not by the calendar alone
        one = {"year": 2026, "psn_no": MOTHER, "interest": "1.25"}
        rolled = self.done(self.desk.post("/v1/accounts/roll", one, key="mothers-roll"))
        self.assertEqual((rolled["status"], rolled["moved"], rolled["interest"]), ("rolled", "50.00", "1.25"))
        self.assertTrue(self.done(self.desk.post("/v1/accounts/roll", one, key="mothers-roll")).replayed)
        self.assertIn("900.00", self.rolled_by_hand("--psn-no", FATHER))
        self.assertIn("rolled before", self.rolled_by_hand("--psn-no", FATHER))
        self.hold(father=("0.00", "4940.00"), mother=("0.00", "51.25"))
        self.rolled_by_hand()
        self.done(self.desk.post("/v1/accounts/roll", {"year": 2026}), 202)  # by mistake a second time
        eventually(lambda: self.desk.get("/v1/accounts/roll?year=2026")["complete"], "the roll is complete")
        self.hold(father=("0.00", "4940.00"), mother=("0.00", "51.25"))
        self.assertEqual(len(self.events("year_rolled")), 2)
        self.undone(mothers_bill, MOTHER)  # the year of the 250.00 is closed: they go to carry-over
        self.hold(father=("0.00", "4990.00"), mother=("0.00", "301.25"))
        self.undone(self.childs_bill)
        self.hold(father=("0.00", "5240.00"), mother=("0.00", "301.25"), child=("0.00", "0.00"))
        july = {"bucket": "current_year", "amount": "100.00", "reason": "MONTHLY"}
        self.done(self.desk.post(f"/v1/accounts/{FATHER}/credits", july))
        again = self.done(self.desk.post("/v1/accounts/roll", {"year": 2026, "psn_no": FATHER}))
        self.assertEqual(again["status"], "nothing_to_do")
        self.hold(father=("100.00", "5240.00"))

    def rolled_by_hand(self, *whose):
        done = self.gateway.ctl("--url", "http://%s:%d" % self.gateway.http, "--token-file",
                                self.gateway.token_file, "roll", "--year", "2026", *whose)
        self.assertEqual(done.returncode, 0, done)
        return done.stdout


class ClosedAccount(Household):
    def test_what_comes_back_for_a_closed_account_waits_in_suspense(self):
        self.gateway_with(SIMULATED)
        self.people(*shanghai_family())
        bill = self.settled(sale(CHILD, "120.00"))
        self.hold(father=("0.00", "4880.00"))
        out = self.done(self.desk.post(f"/v1/accounts/{FATHER}/transfer-out", {"reason": "TRANSFER"}))
        self.assertEqual((out["amount"], out["network_disbanded"], out["account_state"]),
                         ("4880.00", True, "closed"))
        self.hold(father=("0.00", "0.00"))
        self.assertEqual(self.desk.get(f"/v1/networks/{FATHER}").status, 404)
        self.assertEqual(self.settled(sale(CHILD, "5.00"))["zero_reason"], "E_NO_NETWORK")
        self.assertEqual(self.desk.get("/v1/suspense")["items"], [])
        self.undone(bill)
        self.undone(bill)  # a second cancel answers the first
        waiting = self.done(self.desk.get("/v1/suspense"))["items"]
        self.assertEqual([(entry["psn_no"], entry["amount"]) for entry in waiting], [(FATHER, "120.00")])
        self.hold(father=("0.00", "0.00"))
        self.refused(self.desk.post(f"/v1/accounts/{FATHER}/credits",
                                    {"bucket": "carryover", "amount": "1.00", "reason": "LATE"}),
                     422, "E_ACCOUNT_UNUSABLE")
        again = self.desk.post(f"/v1/accounts/{FATHER}/transfer-out", {"reason": "TRANSFER"})
        self.refused(again, 422, "E_ACCOUNT_UNUSABLE")
        self.drained_and_clean()

    def test_a_refused_product_of_a_closed_account_waits_there_too(self):
        self.gateway_with(SIMULATED, "counterparties.delay_ms=2000", "counterparties.refused_per_mille=1000")
        self.people(*shanghai_family())
        order = self.done(self.order(PRODUCT), 201)["id"]
        self.done(self.desk.post(f"/v1/accounts/{FATHER}/transfer-out", {"reason": "INHERITANCE"}))
        self.becomes(order, "reversed")
        waiting = self.done(self.desk.get("/v1/suspense"))["items"]
        self.assertEqual([(entry.get("contribution_id"), entry["amount"]) for entry in waiting],
                         [(order, "129.00")])
        self.hold(father=("0.00", "0.00"))
        self.drained_and_clean()


class TaxAuthority(Household):
    """A beneficiary of a special group: the levy is withdrawn first, and no money waits meanwhile."""

    order_of_the_child = {"psn_no": SX_CHILD, "purpose": "RESIDENT_PREMIUM", "year": 2026}

    def taiyuan(self, *settings):
        self.gateway_with(SIMULATED, *settings)
        lines = taiyuan_family(quota="500.00")
        lines[1]["special_group"] = "DIBAO"
        self.people(*lines)

    def test_pending_then_confirmed_then_paid(self):
        self.taiyuan("counterparties.delay_ms=1500")
        pending = self.done(self.order(self.order_of_the_child), 201)
        self.assertEqual(pending["status"], "pending")
        too_soon = self.order(self.order_of_the_child)
        self.assertEqual(too_soon["code"], "E_TAX_PENDING", too_soon)
        self.hold(authoriser=("0.00", "3000.00"))
        self.becomes(pending["id"], "confirmed")
        self.hold(authoriser=("0.00", "3000.00"))
        paid = self.done(self.order(self.order_of_the_child), 201)
        self.assertEqual((paid["status"], paid["amount"], paid["payer"]), ("paid", "400.00", AUTHORISER))
        self.hold(authoriser=("0.00", "2600.00"))
        self.refused(self.order(self.order_of_the_child), 409, "E_ALREADY_PAID")
        link = self.desk.get(f"/v1/networks/{AUTHORISER}")["members"][0]
        self.assertEqual(link["quota_left"], "100.00")
        self.drained_and_clean()

    def test_a_refused_withdrawal_takes_nothing(self):
        self.taiyuan("counterparties.delay_ms=10", "counterparties.refused_per_mille=1000")
        pending = self.done(self.order(self.order_of_the_child), 201)
        self.becomes(pending["id"], "refused")
        self.hold(authoriser=("0.00", "3000.00"))
        self.assertEqual(self.done(self.order(self.order_of_the_child), 201)["status"], "pending")
        self.drained_and_clean()

    def test_without_a_simulator_the_agency_confirms_by_hand(self):
        self.taiyuan("counterparties.simulated=false")
        pending = self.done(self.order(self.order_of_the_child), 201)["id"]
        path = f"/v1/contributions/{pending}/tax-confirmation"
        self.assertEqual(self.done(self.desk.post(path, {"accepted": True}))["status"], "confirmed")
        second = self.desk.post(path, {"accepted": False})
        self.assertIn(second.status, (200, 409, 422), second)
        self.assertEqual(self.status_of(pending), "confirmed")
        self.assertEqual(self.done(self.order(self.order_of_the_child), 201)["status"], "paid")
        self.hold(authoriser=("0.00", "2600.00"))
        self.drained_and_clean()


class Insurer(Household):
    def test_an_insurer_that_refuses_gives_the_money_back_each_time(self):
        self.gateway_with(SIMULATED, "counterparties.delay_ms=10", "counterparties.refused_per_mille=1000")
        self.people(*shanghai_family())
        for _ in range(2):
            order = self.done(self.order(PRODUCT), 201)
            self.assertEqual(order["status"], "paid")
            self.becomes(order["id"], "reversed")
            self.hold(father=("0.00", "5000.00"))
        premium = self.done(self.order(PREMIUM), 201)  # no insurer is asked for this one
        self.assertEqual(self.status_of(premium["id"]), "paid")
        self.hold(father=("0.00", "4620.00"))
        self.drained_and_clean()

    def test_a_kill_between_debit_and_answer_ends_in_exactly_one_policy(self):
        self.killed_before_the_answer(0, "paid", "4871.00")

    def test_a_kill_between_debit_and_answer_ends_in_exactly_one_refund(self):
        self.killed_before_the_answer(1000, "reversed", "5000.00")

    def killed_before_the_answer(self, refused, verdict, left):
        slow = [SIMULATED, f"counterparties.refused_per_mille={refused}"]
        self.gateway_with(*slow, "counterparties.delay_ms=60000")
        self.people(*shanghai_family())
        order = self.done(self.order(PRODUCT), 201)["id"]
        self.hold(father=("0.00", "4871.00"))
        self.start_again()  # nobody answered yet, and still nobody does
        self.assertEqual(self.status_of(order), "paid")
        self.hold(father=("0.00", "4871.00"))
        self.start_again(*slow, "counterparties.delay_ms=10")
        self.answered_once()
        self.start_again()
        self.answered_once()
        self.assertEqual(self.status_of(order), verdict)
        self.hold(father=("0.00", left))
        self.drained_and_clean()

    def test_lost_messages_are_carried_again(self):
        lost = "counterparties.lost_per_mille="
        self.gateway_with(SIMULATED, "counterparties.delay_ms=10", lost + "1000",
                          "counterparties.refused_per_mille=1000")
        self.people(*shanghai_family())
        order = self.done(self.order(PRODUCT), 201)["id"]
        self.start_again()
        self.assertEqual(self.answers(), [])
        self.start_again(SIMULATED, "counterparties.delay_ms=10", lost + "0",
                         "counterparties.refused_per_mille=1000")
        self.answered_once()
        self.hold(father=("0.00", "5000.00"))
        self.drained_and_clean()

    def answers(self):
        """Of the one order there is."""
        of_the_insurer = ("contribution_insured", "contribution_reversed")
        return [event["type"] for event in self.events() if event["type"] in of_the_insurer]

    def answered_once(self):
        eventually(self.answers, "the insurer's answer is in the journal", 20)
        self.assertEqual(len(self.answers()), 1)


if __name__ == "__main__":
    unittest.main()
