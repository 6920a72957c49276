"""Forged HTTP messages: each is made from an honest one by changing one thing.

A row is a name and what is done. Rows of one table work on one stage:
  before_signing  the sender says something else and signs it correctly with what it has
  after_signing   somebody on the way changes what was signed
"""

import copy
import json
import time

import messages
import signing
from cast import HMAC, HMAC_OTHER, SECRETS, XTIF, XTIF_OTHER, paasid, sale

TARGET = "/fsi/api/2102?station=7"


class Forgery:
    def __init__(self, name, method, target, headers, body, well_formed=True, first=None):
        self.name, self.method, self.target = name, method, target
        self.headers, self.body = headers, body  # headers: a list of pairs
        self.well_formed = well_formed  # would be accepted if no proof were asked for
        self.first = first  # an honest message that is sent before it


class Signer:
    """One institution's way to sign; every part can be said otherwise."""

    def __init__(self, code, scheme, digest="sha256"):
        self.code, self.scheme, self.digest = code, scheme, digest
        self.secret = SECRETS[code]
        self.names = (["x-tif-paasid", "x-tif-timestamp", "x-tif-nonce", "x-tif-signature"] if scheme == "xtif" else
                      ["X-Gongji-Key", "X-Gongji-Timestamp", "X-Gongji-Nonce", "X-Gongji-Digest",
                       "X-Gongji-Signature"])
        self.covers_body = scheme == "hmac"

    @property
    def key(self):
        return paasid(self.code) if self.scheme == "xtif" else self.code

    def text(self, method, target, timestamp, nonce, body):
        return "\n".join([method, target, timestamp, nonce, hexdigest(self.digest, body)])

    def headers(self, method, target, body, *, key=None, secret=None, timestamp=None, nonce=None, label=None,
                text=None):
        now, fresh_nonce = signing.fresh()
        timestamp, nonce = timestamp or now, fresh_nonce if nonce is None else nonce
        secret = self.secret if secret is None else secret
        key = self.key if key is None else key
        if self.scheme == "xtif":
            signature = signing.xtif_signature(secret, timestamp, nonce)
            return list(zip(self.names, [key, timestamp, nonce, signature]))
        text = text or self.text
        signature = signing.hmac_signature(secret, text(method, target, timestamp, nonce, body), self.digest)
        return list(zip(self.names, [key, timestamp, nonce, self.digest if label is None else label, signature]))


def hexdigest(digest, body):
    return signing.hashlib.new(digest, body).hexdigest()


def signers():
    return [Signer(XTIF, "xtif"), Signer(XTIF_OTHER, "xtif"), Signer(HMAC, "hmac"), Signer(HMAC, "hmac", "sm3"),
            Signer(HMAC_OTHER, "hmac")]


def honest(signer, message=None):
    body = json.dumps(message or sale(signer.code)).encode()
    return Forgery("honest", "POST", TARGET, signer.headers("POST", TARGET, body), body)


# ---- what the sender says otherwise, and signs ----

def other_secrets(signer):
    own = signer.secret
    wrong = {f"of {code}": secret for code, secret in SECRETS.items() if code != signer.code}
    if signer.scheme == "xtif":
        wrong["a zero byte more"] = own + "\0"  # HMAC pads its key with zeros: there it is the same key
    return {**wrong, "none": "", "the code": signer.code, "the key": signer.key, "cut by one": own[:-1],
            "one more": own + "0", "upper case": own.upper(), "with a newline": own + "\n", "with a space": " " + own,
            "reversed": own[::-1], "first half": own[:len(own) // 2], "doubled": own * 2,
            "one character": own[:3] + "x" + own[4:]}


TIME_OFF_S = [-301, -302, -305, -330, -400, -600, -900, -3600, -7200, -86400, -31536000,
              301, 302, 305, 330, 400, 600, 900, 3600, 7200, 86400, 31536000]
TIME_SPELLINGS = ["0{0}", "+{0}", "{0}.0", "{0}000", "-{0}", "0x{1:x}", "{0}e0", "{2}", "now", "1", "0", "{0},{0}"]
HMAC_NONCES = ["a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg", "x" * 65, "x" * 100, "x" * 500,
               "with space", "tab\there", "naïve-nonce"]
XTIF_NONCES = ["x" * 65, "x" * 200, "with space", "tab\there", "naïve-nonce"]
LABELS = ["", "SHA256", "Sha256", "sha-256", "sha256 sm3", "sha256,sm3", "md5", "sha1", "sha512", "none", "SM3",
          "hmac-sha256", "0"]


def before_signing(signer):
    def forged(name, well_formed=True, **otherwise):
        body = json.dumps(sale(signer.code)).encode()
        return Forgery(name, "POST", TARGET, signer.headers("POST", TARGET, body, **otherwise), body, well_formed)

    now = int(time.time())
    for name, secret in other_secrets(signer).items():
        yield forged(f"secret {name}", secret=secret)
    for off_s in TIME_OFF_S:
        # A little more than it says, so that it stays wrong for as long as the table runs.
        yield forged(f"time {off_s:+} s", timestamp=str(now + off_s + (120 if off_s > 0 else 0)))
    for spelling in TIME_SPELLINGS:
        written = spelling.format(now, now, time.strftime("%Y%m%d%H%M%S"))
        yield forged(f"time written {spelling}", timestamp=written)
    for nonce in XTIF_NONCES if signer.scheme == "xtif" else HMAC_NONCES:
        yield forged(f"nonce of {len(nonce)} {nonce[:12]!r}", nonce=nonce)
    for key in {signer.key.lower(), signer.key + "0", signer.key[:-1], "", XTIF_OTHER, HMAC_OTHER, "P31010100001",
                "*", "admin"} - {signer.key}:
        yield forged(f"key {key!r}", key=key)
    if signer.scheme == "hmac":
        other = "sm3" if signer.digest == "sha256" else "sha256"
        for label in LABELS + [other]:
            yield forged(f"digest called {label!r}", label=label)
        yield from misread(signer)


MISREADINGS = {
    "lines end in CR LF": lambda s, m, t, ts, n, b: s.text(m, t, ts, n, b).replace("\n", "\r\n"),
    "a last line end": lambda s, m, t, ts, n, b: s.text(m, t, ts, n, b) + "\n",
    "no line ends": lambda s, m, t, ts, n, b: s.text(m, t, ts, n, b).replace("\n", ""),
    "path without query": lambda s, m, t, ts, n, b: s.text(m, t.split("?")[0], ts, n, b),
    "another path": lambda s, m, t, ts, n, b: s.text(m, "/fsi/api", ts, n, b),
    "method in lower case": lambda s, m, t, ts, n, b: s.text(m.lower(), t, ts, n, b),
    "no method": lambda s, m, t, ts, n, b: s.text(m, t, ts, n, b).split("\n", 1)[1],
    "no body digest": lambda s, m, t, ts, n, b: s.text(m, t, ts, n, b).rsplit("\n", 1)[0],
    "digest in upper case": lambda s, m, t, ts, n, b: "\n".join([m, t, ts, n, hexdigest(s.digest, b).upper()]),
    "the body itself": lambda s, m, t, ts, n, b: "\n".join([m, t, ts, n, b.decode()]),
    "digest of nothing": lambda s, m, t, ts, n, b: s.text(m, t, ts, n, b""),
    "nonce before time": lambda s, m, t, ts, n, b: s.text(m, t, n, ts, b),
    "the sign-in's text": lambda s, m, t, ts, n, b: "\n".join(["9001", ts, n]),
    "nothing": lambda s, m, t, ts, n, b: "",
}


def misread(signer):
    for name, wrong in MISREADINGS.items():
        body = json.dumps(sale(signer.code)).encode()
        text = lambda *parts, wrong=wrong: wrong(signer, *parts)
        yield Forgery(f"signed {name}", "POST", TARGET, signer.headers("POST", TARGET, body, text=text), body)


# ---- what somebody on the way changes ----

def after_signing(signer):
    for name, value in signature_changes(honest(signer).headers[-1][1]):
        forged = honest(signer)
        forged.headers[-1] = (forged.headers[-1][0], value(forged.headers[-1][1]))
        forged.name = f"signature {name}"
        yield forged
    yield from header_changes(signer)
    yield from impersonations(signer)
    yield from replays(signer)
    if signer.covers_body:
        yield from body_changes(signer)
        yield from target_changes(signer)


def signature_changes(example):
    def swapped(place):
        return lambda text: text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1:]

    for place in range(len(example)):
        yield f"digit {place}", swapped(place)
    for length in range(0, len(example), 2):
        yield f"cut to {length}", lambda text, length=length: text[:length]
    yield "in upper case", lambda text: text.upper() if text.upper() != text else text + "A"
    yield "one digit in upper case", one_upper
    yield "with 0x", lambda text: "0x" + text
    yield "twice", lambda text: text + text
    yield "one digit longer", lambda text: text + "0"
    yield "in quotes", lambda text: f'"{text}"'
    yield "reversed", lambda text: text[::-1]
    yield "of zeros", lambda text: "0" * len(text)
    yield "in base64", lambda text: signing.hashlib.sha256(text.encode()).digest().hex()[:44]


def one_upper(text):
    for place, digit in enumerate(text):
        if digit.isalpha():
            return text[:place] + digit.upper() + text[place + 1:]
    return text + "A"


def header_changes(signer):
    for place, name in enumerate(signer.names):
        for what, change in HEADER_CHANGES.items():
            forged = honest(signer)
            forged.headers = change(forged.headers, place)
            forged.name = f"{name} {what}"
            yield forged
    forged = honest(signer)
    forged.name, forged.headers = "no proof at all", []
    yield forged
    forged = honest(signer)
    forged.name, forged.headers = "basic authorization instead", [("Authorization", "Basic QTpC")]
    yield forged


def with_header(headers, place, *fields):
    return headers[:place] + list(fields) + headers[place + 1:]


HEADER_CHANGES = {
    "missing": lambda h, i: with_header(h, i),
    "empty": lambda h, i: with_header(h, i, (h[i][0], "")),
    "twice": lambda h, i: with_header(h, i, h[i], h[i]),
    "twice, the first wrong": lambda h, i: with_header(h, i, (h[i][0], "x"), h[i]),
    "twice, the second wrong": lambda h, i: with_header(h, i, h[i], (h[i][0], "x")),
    "twice, the second empty": lambda h, i: with_header(h, i, h[i], (h[i][0], "")),
    "twice, in another case": lambda h, i: with_header(h, i, h[i], (h[i][0].upper(), h[i][1])),
    "twice, far apart": lambda h, i: h + [("Accept", "*/*"), h[i]],
    "listed": lambda h, i: with_header(h, i, (h[i][0], f"{h[i][1]}, {h[i][1]}")),
    "wrong": lambda h, i: with_header(h, i, (h[i][0], "x" + h[i][1])),
    "under another name": lambda h, i: with_header(h, i, ("X-" + h[i][0], h[i][1])),
    "with an underscore": lambda h, i: with_header(h, i, (h[i][0].replace("-", "_"), h[i][1])),
    "in the next one's place": lambda h, i: with_header(h, i, (h[i][0], h[(i + 1) % len(h)][1])),
}


def impersonations(signer):
    """Its own good proof, or another's, in the name of someone else."""
    for victim in (XTIF, XTIF_OTHER, HMAC, HMAC_OTHER):
        if victim == signer.code:
            continue
        forged = honest(signer, sale(victim))
        forged.name = f"speaks for {victim}"
        yield forged
        victims = Signer(victim, "xtif" if victim in (XTIF, XTIF_OTHER) else "hmac")
        body = json.dumps(sale(victim)).encode()
        yield Forgery(f"signs as {victim} with its own secret", "POST", TARGET,
                      victims.headers("POST", TARGET, body, secret=signer.secret), body)
        forged = honest(signer)
        forged.name = f"brings the proof of {victim}"
        forged.headers = victims.headers("POST", TARGET, forged.body)
        yield forged
        forged = honest(signer)
        forged.name = f"names {victim} as its key"
        forged.headers[0] = (forged.headers[0][0], victims.key)
        yield forged


def replays(signer):
    original = honest(signer)

    def again(name, **changes):
        forged = copy.copy(original)
        forged.name, forged.first = f"replayed {name}", original
        for part, value in changes.items():
            setattr(forged, part, value)
        return forged

    yield again("as it was")
    yield again("once more")
    yield again("with another body", body=json.dumps(sale(signer.code)).encode())
    yield again("on another path", target="/fsi/api")
    used = dict(original.headers)[signer.names[2]]
    for later_s in (0, 1, 30, 200):
        body = json.dumps(sale(signer.code)).encode()
        headers = signer.headers("POST", TARGET, body, nonce=used, timestamp=str(int(time.time()) + later_s))
        yield again(f"nonce, {later_s} s later", body=body, headers=headers)


BODY_CHANGES = {
    "msgid": lambda m: m.update(msgid=messages.new_msgid(m["fixmedins_code"])),
    "opter": lambda m: m.update(opter="9999"),
    "opter_name": lambda m: m.update(opter_name="另一人"),
    "inf_time": lambda m: m.update(inf_time="2026-11-22 10:15:31"),
    "recer_sys_code": lambda m: m.update(recer_sys_code="GW02"),
    "sign_no added": lambda m: m.update(sign_no="1"),
    "unknown field added": lambda m: m.update(extra="1"),
    "field removed": lambda m: m.pop("infver"),
    "amount": lambda m: changed_amount(m, "2.00"),
    "amount of a fen more": lambda m: changed_amount(m, "1.01"),
    "amount written otherwise": lambda m: changed_amount(m, "1.0"),
    "amount as a number": lambda m: changed_amount(m, 1),
    "patient": lambda m: m["input"]["druginfo"].update(psn_no=messages.FATHER),
    "account use": lambda m: m["input"]["druginfo"].update(acct_used_flag="0"),
    "no family money": lambda m: m["input"]["druginfo"].update(use_family="0"),
    "time of care": lambda m: m["input"]["druginfo"].update(begntime="2026-11-22 10:15:01"),
    "med_type": lambda m: m["input"]["druginfo"].update(med_type="11"),
    "medicine": lambda m: m["input"]["drugdetail"][0].update(med_list_codg="XA02"),
    "own code of the medicine": lambda m: m["input"]["drugdetail"][0].update(medins_list_codg="D2"),
    "line number": lambda m: m["input"]["drugdetail"][0].update(feedetl_sn="2"),
    "count": lambda m: m["input"]["drugdetail"][0].update(cnt=2),
    "price": lambda m: m["input"]["drugdetail"][0].update(pric="3.00"),
    "own-pay part": lambda m: m["input"]["drugdetail"][0].update(fulamt_ownpay_amt="1.00"),
    "kind of message": lambda m: m.update(infno="2101"),
}


def changed_amount(message, amount):
    message["input"]["druginfo"]["medfee_sumamt"] = amount
    message["input"]["drugdetail"][0]["det_item_fee_sumamt"] = amount


def body_changes(signer):
    for name, change in BODY_CHANGES.items():
        forged = honest(signer)
        message = json.loads(forged.body)
        change(message)
        forged.name, forged.body = f"body: {name}", json.dumps(message).encode()
        yield forged
    for name, change, well_formed in BYTE_CHANGES:
        forged = honest(signer)
        forged.name, forged.body, forged.well_formed = f"body: {name}", change(forged.body), well_formed
        yield forged


BYTE_CHANGES = [
    ("a space at the end", lambda body: body + b" ", True),
    ("a space in front", lambda body: b" " + body, True),
    ("a newline at the end", lambda body: body + b"\n", True),
    ("a byte-order mark", lambda body: b"\xef\xbb\xbf" + body, True),
    ("compact", lambda body: json.dumps(json.loads(body), separators=(",", ":")).encode(), True),
    ("not escaped", lambda body: json.dumps(json.loads(body), ensure_ascii=False).encode(), True),
    ("sorted", lambda body: json.dumps(json.loads(body), sort_keys=True).encode(), True),
    ("input as text", lambda body: as_text_input(body), True),
    ("cut by one", lambda body: body[:-1], False),
    ("empty", lambda body: b"", False),
    ("twice", lambda body: body + body, False),
    ("a zero byte at the end", lambda body: body + b"\0", False),
]


def as_text_input(body):
    message = json.loads(body)
    return json.dumps(dict(message, input=json.dumps(message["input"]))).encode()


# Target, and whether it is a path of the interface at all.
TARGETS = [("/fsi/api", True), ("/fsi/api/2102", True), ("/fsi/api/2103?station=7", True), ("/fsi/api/2102?", True),
           ("/fsi/api/2102?station=8", True), ("/fsi/api/2102?station=7&x", True), ("/fsi/api/2102?STATION=7", True),
           ("/fsi/api/2102?station=%37", True), ("/fsi/api/2102/?station=7", True), ("/fsi/api?station=7", True),
           ("/fsi/api/2102/settle?station=7", True), ("/fsi/api/%32102?station=7", True),
           ("/fsi/api/2102?station=7?", True), ("/fsi/api/2102?station=7%20", True), ("/fsi//api/2102?station=7", False),
           ("/FSI/api/2102?station=7", False), ("/fsi/api/a/b/c?station=7", False), ("/?station=7", False)]


def target_changes(signer):
    for target, is_path in TARGETS:
        forged = honest(signer)
        forged.name, forged.target, forged.well_formed = f"target {target}", target, is_path
        yield forged
    for method in ("GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"):
        forged = honest(signer)
        forged.name, forged.method, forged.well_formed = f"method {method}", method, False
        yield forged
