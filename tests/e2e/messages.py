"""Families and messages of the tests. All people and numbers are invented."""

import copy
import itertools
import json

PHARMACY = "P31010100001"  # Shanghai, config/institutions.toml
HOSPITAL = "H31010100001"
TAIYUAN = "P14010700001"

FATHER, CHILD = "31010100000000000000009001", "31010100000000000000009002"
AUTHORISER, SX_CHILD = "14010600000000000000009001", "14010600000000000000009002"
CERTNO = {CHILD: "310101201607209027", SX_CHILD: "140106201809089022",
          FATHER: "310101198503129018", AUTHORISER: "140106198205309015"}


def a_person(psn_no, insutype, carryover="0.00", current_year="0.00", **more):
    area = "310101" if psn_no.startswith("31") else "140106"
    return dict({"type": "person", "psn_no": psn_no, "psn_name": "测试", "certno": CERTNO.get(psn_no, ""),
                 "insutype": insutype, "psn_insu_stas": "1", "insuplc_admdvs": area, "psn_type": "11",
                 "current_year": current_year, "carryover": carryover, "account_state": "usable",
                 "duplicate_insurance": False, "main_account": "none", "birth_date": "1990-01-01",
                 "dup_attempts_exceeded": False, "special_group": ""}, **more)


def shanghai_family(fund="5000.00", father=FATHER, child=CHILD):
    return [a_person(father, "310", fund), a_person(child, "390"),
            {"type": "network", "organizer": father, "profile": "SH", "modes": ["PAY", "PREMIUM"],
             "members": [{"psn_no": child, "relation": "CHILD"}]}]


def taiyuan_family(balance="3000.00", quota="300.00"):
    return [a_person(AUTHORISER, "310", balance), a_person(SX_CHILD, "390"),
            {"type": "link", "organizer": AUTHORISER, "profile": "SX", "psn_no": SX_CHILD,
             "relation": "CHILD", "quota": quota, "from": "2024-01-01", "to": "2099-12-31"}]


_serial = itertools.count(1)


def new_msgid(institution=PHARMACY):
    number = next(_serial)
    return f"{institution}{20261122101530 + number // 10000}{number % 10000:04d}"


def envelope(infno, node, institution=PHARMACY, msgid=None):
    return {"infno": infno, "msgid": msgid or new_msgid(institution), "mdtrtarea_admvs": "310101",
            "insuplc_admdvs": "310101", "recer_sys_code": "GW01", "infver": "V1.0",
            "opter_type": "1", "opter": "0031", "opter_name": "收银员甲",
            "inf_time": "2026-11-22 10:15:30", "fixmedins_code": institution, "input": node}


def sign_in(institution=PHARMACY):
    return envelope("9001", {"signIn": {"opter_no": "0031", "mac": "00", "ip": "127.0.0.1"}}, institution)


def sale(psn_no=CHILD, amount="120.00", institution=PHARMACY, msgid=None, infno="2102", **druginfo):
    info = dict({"psn_no": psn_no, "mdtrt_cert_type": "01", "mdtrt_cert_no": "TOKEN",
                 "begntime": "2026-11-22 10:15:00", "medfee_sumamt": amount, "insutype": "390",
                 "acct_used_flag": "1", "med_type": "41"}, **druginfo)
    line = {"feedetl_sn": "1", "rx_circ_flag": "0", "fee_ocur_time": "2026-11-22 10:15:00",
            "med_list_codg": "XA01", "medins_list_codg": "D1", "det_item_fee_sumamt": amount,
            "cnt": 1, "pric": amount}
    return envelope(infno, {"druginfo": info, "drugdetail": [line]}, institution, msgid)


_batches = itertools.count(1)


def batch(psn_no=CHILD, amount="120.00", institution=HOSPITAL, msgid=None, infno="2207", **bill):
    """An outpatient settlement (2207) of a batch of its own; infno 2304 makes it a stay's."""
    number = next(_batches)
    data = dict({"psn_no": psn_no, "mdtrt_cert_type": "01", "mdtrt_cert_no": "TOKEN", "med_type": "11",
                 "medfee_sumamt": amount, "psn_setlway": "01", "mdtrt_id": f"M{number:08d}",
                 "chrg_bchno": f"B{number:08d}", "insutype": "390", "acct_used_flag": "1"}, **bill)
    return envelope(infno, {"data": data}, institution, msgid)


def cancel(setl_id, mdtrt_id, psn_no=CHILD, institution=PHARMACY, infno="2103"):
    return envelope(infno, {"data": {"setl_id": setl_id, "mdtrt_id": mdtrt_id, "psn_no": psn_no}}, institution)


def undo(omsgid, oinfno="2102", psn_no=CHILD, institution=PHARMACY):
    return envelope("2601", {"data": {"psn_no": psn_no, "omsgid": omsgid, "oinfno": oinfno}}, institution)


def query(omsgid, oinfno="2102", psn_no=CHILD, institution=PHARMACY):
    return envelope("2602", {"data": {"psn_no": psn_no, "omsgid": omsgid, "oinfno": oinfno}}, institution)


def changed(message, path, value):
    """A copy with one field (a path such as input.druginfo.psn_no) set, or removed by None."""
    copy_of = copy.deepcopy(message)
    *parents, name = path.split(".")
    node = copy_of
    for key in parents:
        node = node[key]
    if value is None:
        del node[name]
    else:
        node[name] = value
    return copy_of


def text(message):
    return json.dumps(message)
