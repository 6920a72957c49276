"""The checkers themselves: they pass a good answer, and see every fen, every field and every form that
is wrong. Without this, answers that keep the identities would prove nothing."""

import copy
import unittest
from decimal import Decimal

import answers
import identities
from answers import Number
from conversations import Conversation

# One answer of each shape: a settlement with lines, with pooled money and a hospital's part, a cancel,
# a query with payers.
SAMPLES = [("MED", "pharmacy-sale", "2102"), ("OH", "one-url-for-all", "2207"),
           ("MED", "outpatient-visit", "2208"), ("READINGS", "two-payers", "5203"),
           ("MED", "pharmacy-sale", "5203"), ("READINGS", "parts-not-given", "2207")]
NOT_IN_ANY_IDENTITY = {"act_pay_dedc", "balc"}


def samples():
    for family, name, infno in SAMPLES:
        step = next(step for step in Conversation(family, name).steps if step.what == infno)
        answer = step.golden()
        answer["output"]["setlinfo"]["age"] = Number("36.8")
        yield infno, answer


def changed(answer, *path_and_value):
    *path, last, value = path_and_value
    copied = copy.deepcopy(answer)
    node = copied["output"]
    for key in path:
        node = node[key]
    if value is None and isinstance(node, dict):
        del node[last]
    else:
        node[last] = value
    return copied


def a_fen_more(value):
    return Number(f"{Decimal(value) + Decimal('0.01'):.2f}")


class Identities(unittest.TestCase):
    def test_good_answers_are_good(self):
        for infno, answer in samples():
            self.assertEqual(identities.faults_in(infno, answer), [])

    def test_every_fen_too_many_is_seen(self):
        seen = 0
        for infno, answer in samples():
            for name, value in answer["output"]["setlinfo"].items():
                if not identities.is_amount(value) or name in NOT_IN_ANY_IDENTITY:
                    continue
                if name == "acct_mulaid_pay" and infno != "5203":
                    continue  # below acct_pay only its payers give it away
                wrong = changed(answer, "setlinfo", name, a_fen_more(value))
                self.assertNotEqual(identities.faults_in(infno, wrong), [], (infno, name))
                seen += 1
            for rows, name in (("setldetail", "fund_payamt"), ("mulaiddetail", "amount"),
                               ("detlcutinfo", "inscp_scp_amt"), ("detlcutinfo", "fulamt_ownpay_amt")):
                for i, row in enumerate(answer["output"].get(rows, [])):
                    wrong = changed(answer, rows, i, name, a_fen_more(row[name]))
                    self.assertNotEqual(identities.faults_in(infno, wrong), [], (infno, rows, i))
                    seen += 1
        self.assertGreater(seen, 120)

    def test_family_money_beyond_the_accounts_is_seen(self):
        for infno, answer in samples():
            sign = "-" if answer["output"]["setlinfo"]["medfee_sumamt"].startswith("-") else ""
            for amount in (sign + "99999.00", ("" if sign else "-") + "0.01"):
                wrong = changed(answer, "setlinfo", "acct_mulaid_pay", Number(amount))
                self.assertNotEqual(identities.faults_in(infno, wrong), [], (infno, amount))

    def test_every_field_that_is_missing_or_null_or_of_another_form_is_seen(self):
        seen = 0
        for infno, answer in samples():
            info = answer["output"]["setlinfo"]
            for name in identities.AMOUNTS + identities.TEXTS + ["age", "pool_prop_selfpay"]:
                forms = [None, ""] if name in identities.AMOUNTS else [None, Number("1")]
                if name in identities.AMOUNTS:
                    value = info[name]
                    forms += [Number(value[:-1]), Number(value + "0"), str(value), Number("0")]
                for form in forms:
                    wrong = changed(answer, "setlinfo", name, form)
                    self.assertNotEqual(identities.faults_in(infno, wrong), [], (infno, name, form))
                    seen += 1
                nulled = copy.deepcopy(answer)
                nulled["output"]["setlinfo"][name] = None
                self.assertNotEqual(identities.faults_in(infno, nulled), [], (infno, name, "null"))
        self.assertGreater(seen, 900)

    def test_family_money_beside_acct_pay_is_another_reading(self):
        for infno, answer in samples():
            if answer["output"]["setlinfo"]["acct_mulaid_pay"] != "0.00":
                self.assertNotEqual(identities.faults_in(infno, answer, mulaid_included=False), [])


class Comparison(unittest.TestCase):
    def test_numbers_keep_their_text(self):
        for left, right in (('{"a":0.00}', '{"a":0.0}'), ('{"a":0}', '{"a":"0"}'), ('{"a":1}', '{"b":1}'),
                            ('{"a":[1]}', '{"a":[1,1]}'), ('{"a":null}', '{}'), ('{"a":"x"}', '{"a":"y"}')):
            self.assertTrue(list(answers.differences(answers.read(left), answers.read(right))), (left, right))
            self.assertEqual(list(answers.differences(answers.read(left), answers.read(left))), [])

    def test_what_is_written_reads_the_same(self):
        text = '{"a":0.00,"b":[],"c":{"d":"0.00","e":[1,{"f":"共济"}]},"g":{}}'
        self.assertEqual(answers.read(answers.write(answers.read(text))), answers.read(text))
        self.assertIn('"a": 0.00,', answers.write(answers.read(text)))

    def test_a_name_that_comes_twice_is_no_answer(self):
        with self.assertRaises(ValueError):
            answers.read('{"a":1,"a":2}')

    def test_only_what_has_its_form_is_replaced(self):
        normal = answers.Normal()
        rows = [("refmsg_time", "20261122101530512", "<time>"), ("refmsg_time", "2026112210153051", None),
                ("setl_time", "2026-11-22 10:15:30", "<time>"), ("setl_time", "2026-11-22", None),
                ("inf_refmsgid", "310101" + "0" * 24, "310101<time and serial>"),
                ("inf_refmsgid", "310101" + "0" * 23, None), ("age", Number("9.9"), "<age>"),
                ("setl_id", "S20261122000000000042", "<S1>"), ("mdtrt_id", "M20261122000000000042", "<M1>"),
                ("mdtrt_id", "M20261122000000000043", "<M2>"), ("setl_id", "S20261122000000000042", "<S1>"),
                ("mdtrt_id", "M2026112200000042", None), ("psn_no", "S20261122000000000042", None),
                ("quote_id", "Q1.2000.4650.0." + "a" * 32, "Q1.2000.4650.0.<mac>"),
                ("medfee_sumamt", Number("86.50"), None)]
        for name, value, expected in rows:
            self.assertEqual(normal.of({name: value}), {name: value if expected is None else expected})


if __name__ == "__main__":
    unittest.main()
