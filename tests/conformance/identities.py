"""What must hold in every answer that shows money, checked on its text as a client would see it:
the identities 1 to 6 of docs/wire.md, and for settlements every documented field in its form. Knows
nothing of the gateway; amounts are Number texts (answers.py), added up as decimals."""

import re
from decimal import Decimal

from answers import Number, nodes_with

AMOUNTS = """medfee_sumamt fulamt_ownpay_amt overlmt_selfpay preselfpay_amt inscp_scp_amt act_pay_dedc
hifp_pay cvlserv_pay hifes_pay hifmi_pay hifob_pay maf_pay oth_pay hifdm_pay fund_pay_sumamt
psn_part_amt acct_pay psn_cash_pay acct_mulaid_pay hosp_part_amt balc""".split()
TEXTS = """mdtrt_id setl_id medins_setl_id psn_no psn_name psn_cert_type certno gend naty brdy insutype
psn_type cvlserv_flag setl_time mdtrt_cert_type med_type clr_optins clr_way clr_type
zero_reason counts_relief counts_deductible profile""".split()
DETAIL_AMOUNTS = "inscp_scp_amt crt_payb_lmt_amt fund_payamt".split()
DETAIL_TEXTS = "fund_pay_type fund_pay_type_name setl_proc_info".split()
FUNDS = "hifp_pay cvlserv_pay hifes_pay hifmi_pay hifob_pay maf_pay oth_pay hifdm_pay".split()
PARTS = "fulamt_ownpay_amt overlmt_selfpay preselfpay_amt inscp_scp_amt".split()
SETTLES = {"2101", "2102", "2206", "2207", "2303", "2304"}
CANCELS = {"2103", "2208", "2305"}

TWO_DECIMALS = re.compile(r"-?\d+\.\d\d")
FOUR_DECIMALS = re.compile(r"[01]\.\d{4}")
ONE_DECIMAL = re.compile(r"\d+\.\d")


def faults_in(infno, envelope, mulaid_included=True):
    """Everything that is wrong with an answer, as sentences; `infno` of the message it answers."""
    faults = []
    for output in nodes_with("setlinfo", envelope.get("output")):
        faults += broken_identities(output, mulaid_included)
    output = envelope.get("output")
    applied = envelope.get("infcode") in ("0", Number("0"))
    if applied and infno[:4] in SETTLES | CANCELS | {"5203"}:
        faults += wrong_fields(infno[:4], output)
    return faults + nulls_in(envelope, "")


def broken_identities(output, mulaid_included):
    info = output["setlinfo"]
    amount = {name: Decimal(value) for name, value in info.items() if is_amount(value)}
    missing = [name for name in AMOUNTS[:-1] if name not in amount]
    if missing:
        return [f"no amount {name}" for name in missing]
    beside = 0 if mulaid_included else amount["acct_mulaid_pay"]
    accounts = amount["acct_pay"] + beside
    sign = -1 if amount["medfee_sumamt"] < 0 else 1
    rows = [
        ("1", amount["medfee_sumamt"],
         amount["fund_pay_sumamt"] + amount["psn_part_amt"] + amount["hosp_part_amt"]),
        ("2", amount["psn_part_amt"], accounts + amount["psn_cash_pay"]),
        ("4", amount["fund_pay_sumamt"], sum(amount[name] for name in FUNDS)),
        ("5", amount["medfee_sumamt"], sum(amount[name] for name in PARTS)),
    ]
    if "setldetail" in output:
        paid = sum(Decimal(row["fund_payamt"]) for row in output["setldetail"])
        rows.append(("6", paid, amount["fund_pay_sumamt"] + accounts + amount["hosp_part_amt"]))
    if "mulaiddetail" in output:
        payers = output["mulaiddetail"]
        rows.append(("payers", sum(Decimal(row["amount"]) for row in payers), accounts))
        family = [Decimal(row["amount"]) for row in payers if row["source"] == "family"]
        rows.append(("family payers", sum(family), amount["acct_mulaid_pay"]))
    rows += line_sums(output.get("detlcutinfo", []), amount)
    for other, same in (("pdn_cash_pay", "psn_cash_pay"), ("cash_payamt", "psn_cash_pay"),
                        ("psn_pay", "psn_part_amt")):
        if other in amount:
            rows.append((other, amount[other], amount[same]))
    faults = [f"identity {name}: {left} != {right}" for name, left, right in rows if left != right]
    mulaid, own = sign * amount["acct_mulaid_pay"], sign * amount["acct_pay"]
    if mulaid < 0 or (mulaid_included and mulaid > own):
        faults.append(f"identity 3: acct_mulaid_pay {mulaid} of acct_pay {own}")
    return faults


def line_sums(lines, amount):
    """Each line is its parts; lines that are the whole sale have its own-pay part."""
    parts = ("fulamt_ownpay_amt", "overlmt_amt", "preselfpay_amt", "inscp_scp_amt")
    for i, line in enumerate(lines):
        yield f"line {i}", Decimal(line["det_item_fee_sumamt"]), sum(Decimal(line[part]) for part in parts)
    whole = sum(Decimal(line["det_item_fee_sumamt"]) for line in lines)
    if lines and whole == amount["medfee_sumamt"]:
        yield "own-pay lines", sum(Decimal(line["fulamt_ownpay_amt"]) for line in lines), amount["fulamt_ownpay_amt"]


def wrong_fields(infno, output):
    """A settlement, quote or cancel has every documented field, each in its form."""
    if not isinstance(output, dict) or not isinstance(output.get("setlinfo"), dict):
        return ["no setlinfo"]
    info = output["setlinfo"]
    faults = wrong_forms("setlinfo", info, AMOUNTS, TEXTS)
    faults += wrong_form("setlinfo", info, "pool_prop_selfpay", FOUR_DECIMALS)
    faults += wrong_form("setlinfo", info, "age", ONE_DECIMAL)
    if infno in CANCELS:
        faults += wrong_forms("setlinfo", info, ["pdn_cash_pay", "psn_pay", "cash_payamt"], [])
    if infno == "5203":
        faults += wrong_forms("setlinfo", info, ["psn_pay", "cash_payamt"],
                              "refd_setl_flag pay_loc fixmedins_code begndate enddate year invono".split())
        faults += [] if "mulaiddetail" in output else ["no mulaiddetail"]
    if not output.get("setldetail"):
        faults.append("no setldetail")
    for row in output.get("setldetail", []):
        faults += wrong_forms("setldetail", row, DETAIL_AMOUNTS, DETAIL_TEXTS)
    if infno in ("2101", "2102") and "detlcutinfo" not in output:
        faults.append("no detlcutinfo")
    return faults


def wrong_forms(where, node, amounts, texts):
    faults = []
    for name in amounts:
        faults += wrong_form(where, node, name, TWO_DECIMALS)
    for name in texts:
        if not isinstance(node.get(name), str) or isinstance(node[name], Number):
            faults.append(f"{where}.{name} is no text: {node.get(name)!r}")
    return faults


def wrong_form(where, node, name, form):
    value = node.get(name)
    if isinstance(value, Number) and form.fullmatch(value):
        return []
    return [f"{where}.{name} is not of its form: {value!r}"]


def is_amount(value):
    return isinstance(value, Number) and TWO_DECIMALS.fullmatch(value) is not None


def nulls_in(node, path):
    if node is None:
        return [f"{path} is null"]
    if isinstance(node, dict):
        return [fault for name, child in node.items() for fault in nulls_in(child, f"{path}.{name}")]
    if isinstance(node, list):
        return [fault for i, child in enumerate(node) for fault in nulls_in(child, f"{path}[{i}]")]
    return []
