"""A request for every operation of /v1, fit to be sent again and again: whatever it is answered, it
is decided. What each needs beforehand is made by `made_for_samples`."""

from scene import (CHILD, FATHER, GONE, HOUSEWIFE, LEAVER, LINK, MOTHER, NEPHEW, NOBODY, SON, STRANGER,
                   YEAR_ENDED)

CREDIT = {"bucket": "carryover", "amount": "12.34", "reason": "MONTHLY"}
PREMIUM = {"psn_no": CHILD, "purpose": "RESIDENT_PREMIUM", "year": 2026}
UNKNOWN_IDS = {"organizer": NOBODY, "psn_no": NOBODY, "setl_id": "S20261122999999999999",
               "id": "C20261122999999999999", "code": "0000-0000-0000-0000-0000-0000"}


class Sample:
    def __init__(self, *ids, body=None, query=""):
        self.ids, self.body, self.query = ids, body, query


def made_for_samples(scene):
    """Settlement, contributions and a check code that the samples speak of."""
    setl_id = scene.buy()
    paid = scene.ask("POST", "/v1/contributions", body=PREMIUM).json["id"]
    code = scene.ask("GET", "/v1/contributions/{id}/certificate", paid).json["check_code"]
    return setl_id, paid, code


def samples(setl_id, paid, code):
    member = {"psn_no": NEPHEW, "relation": "CHILD", **LINK}
    return {
        ("POST", "/v1/import"): Sample(body=b"{}", query="?batch=sample"),
        ("POST", "/v1/networks"): Sample(body={"organizer": HOUSEWIFE, "profile": "SH"}),
        ("GET", "/v1/networks/{organizer}"): Sample(FATHER),
        ("DELETE", "/v1/networks/{organizer}"): Sample(GONE),
        ("PUT", "/v1/networks/{organizer}/modes"): Sample(FATHER, body={"modes": ["PAY", "PREMIUM"]}),
        ("POST", "/v1/networks/{organizer}/members"): Sample(MOTHER, body=member),
        ("PATCH", "/v1/networks/{organizer}/members/{psn_no}"):
            Sample(FATHER, CHILD, body={"relation": "GRANDCHILD"}),
        ("DELETE", "/v1/networks/{organizer}/members/{psn_no}"): Sample(FATHER, LEAVER),
        ("POST", "/v1/networks/{organizer}/members/{psn_no}/rebind"):
            Sample(MOTHER, SON, body=dict(LINK, relation="CHILD")),
        ("GET", "/v1/networks/{organizer}/payments"): Sample(FATHER),
        ("GET", "/v1/networks/{organizer}/contributions"): Sample(FATHER),
        ("GET", "/v1/persons/{psn_no}"): Sample(FATHER),
        ("PATCH", "/v1/persons/{psn_no}"): Sample(STRANGER, body={"psn_insu_stas": "1"}),
        ("POST", "/v1/persons/{psn_no}/leave"): Sample(LEAVER),
        ("GET", "/v1/persons/{psn_no}/payments"): Sample(CHILD),
        ("GET", "/v1/persons/{psn_no}/contributions"): Sample(CHILD),
        ("POST", "/v1/accounts/roll"): Sample(body={"year": YEAR_ENDED - 1, "psn_no": STRANGER, "interest": "1.00"}),
        ("GET", "/v1/accounts/roll"): Sample(),
        ("POST", "/v1/accounts/{psn_no}/credits"): Sample(STRANGER, body=CREDIT),
        ("POST", "/v1/accounts/{psn_no}/debits"): Sample(STRANGER, body=dict(CREDIT, reason="CORE_USE")),
        ("POST", "/v1/accounts/{psn_no}/transfer-out"): Sample(GONE, body={"reason": "INHERITANCE"}),
        ("POST", "/v1/contributions"): Sample(body=dict(PREMIUM, purpose="NONE_SUCH")),
        ("GET", "/v1/contributions/{id}"): Sample(paid),
        ("POST", "/v1/contributions/{id}/tax-confirmation"): Sample(paid, body={"accepted": True}),
        ("GET", "/v1/contributions/{id}/certificate"): Sample(paid),
        ("GET", "/v1/certificates/{code}"): Sample(code),
        ("GET", "/v1/suspense"): Sample(),
        ("GET", "/v1/settlements/{setl_id}"): Sample(setl_id),
        ("GET", "/v1/settlements/{setl_id}/explanation"): Sample(setl_id),
        ("POST", "/v1/settlements/{setl_id}/partial-refund"):
            Sample(setl_id, body={"medfee_sumamt": "20.00"}),
        ("GET", "/v1/reviews"): Sample(query=f"?psn_no={FATHER}"),
        ("POST", "/v1/reviews"): Sample(body={"setl_id": setl_id, "note": "核查"}),
        ("GET", "/v1/events"): Sample(query="?after=0"),
        ("GET", "/v1/openapi.json"): Sample(),
    }


def unknown(method, path, sample):
    """The same request of persons and things nobody has."""
    ids = tuple(UNKNOWN_IDS[part.strip("{}")] for part in path.split("/") if part.startswith("{"))
    body = sample.body
    if isinstance(body, dict):
        body = {name: UNKNOWN_IDS.get(name, value) for name, value in body.items()}
    return Sample(*ids, body=body, query=sample.query.replace(FATHER, NOBODY))
