"""Forged sign-ins, and frames on connections that never signed in. A row is a name and the list of
messages that are sent one after the other on a connection of its own; the last must not be accepted."""

import time

import messages
import signing
from cast import HMAC, HMAC_OTHER, XTIF, XTIF_OTHER, sale
from http_forgeries import LABELS, TIME_OFF_S, TIME_SPELLINGS, Signer, other_secrets, signature_changes

HMAC_NONCES = ["a", "abcdefg", "x" * 65, "x" * 200, "with space", "line\nend-0001"]
XTIF_NONCES = ["x" * 65, "x" * 200, "with space", "line\nend-0001"]


class FrameForgery:
    def __init__(self, name, said, well_formed=True, first=None):
        self.name, self.said, self.well_formed = name, said, well_formed
        self.first = first  # an honest conversation held before it, on a connection of its own


def sign_in(code, proof):
    node = {"signIn": {"opter_no": "0031", "mac": "00", "ip": "127.0.0.1", **proof}}
    return messages.envelope("9001", node, code)


class FrameSigner(Signer):
    key_name = property(lambda self: "paasid" if self.scheme == "xtif" else "access_key")

    def proof(self, *, key=None, secret=None, timestamp=None, nonce=None, label=None, text=None):
        now, fresh_nonce = signing.fresh()
        timestamp, nonce = timestamp or now, fresh_nonce if nonce is None else nonce
        secret = self.secret if secret is None else secret
        if self.scheme == "xtif":
            signature = signing.xtif_signature(secret, timestamp, nonce)
        else:
            signed = text(timestamp, nonce) if text else "\n".join(["9001", timestamp, nonce])
            signature = signing.hmac_signature(secret, signed, self.digest)
        made = {self.key_name: self.key if key is None else key, "timestamp": timestamp, "nonce": nonce}
        label = (self.digest if self.digest != "sha256" else None) if label is None else label
        return {**made, **({} if label is None else {"digest": label}), "signature": signature}


def frame_signers():
    return [FrameSigner(XTIF, "xtif"), FrameSigner(HMAC, "hmac"), FrameSigner(HMAC, "hmac", "sm3")]


def honest_frames(signer):
    return FrameForgery("honest", [sign_in(signer.code, signer.proof()), sale(signer.code)])


def frame_forgeries(signer):
    def forged(name, proof, code=None):
        code = code or signer.code
        return FrameForgery(name, [sign_in(code, proof), sale(code)])

    for name, secret in other_secrets(signer).items():
        yield forged(f"secret {name}", signer.proof(secret=secret))
    now = int(time.time())
    for off_s in TIME_OFF_S:
        yield forged(f"time {off_s:+} s", signer.proof(timestamp=str(now + off_s + (120 if off_s > 0 else 0))))
    for spelling in TIME_SPELLINGS:
        written = spelling.format(now, now, time.strftime("%Y%m%d%H%M%S"))
        yield forged(f"time written {spelling}", signer.proof(timestamp=written))
    for nonce in XTIF_NONCES if signer.scheme == "xtif" else HMAC_NONCES:
        yield forged(f"nonce of {len(nonce)} {nonce[:12]!r}", signer.proof(nonce=nonce))
    for name, change in signature_changes(signer.proof()["signature"]):
        proof = signer.proof()
        yield forged(f"signature {name}", dict(proof, signature=change(proof["signature"])))
    if signer.scheme == "hmac":
        other = "sm3" if signer.digest == "sha256" else "sha256"
        for label in [each for each in LABELS if each] + [other]:
            yield forged(f"digest called {label!r}", signer.proof(label=label))
        for name, text in {"as HTTP does": lambda t, n: f"POST\n/fsi/api\n{t}\n{n}", "with 9002": lambda t, n: f"9002\n{t}\n{n}",
                           "with a line end": lambda t, n: f"9001\n{t}\n{n}\n", "joined": lambda t, n: f"9001{t}{n}",
                           "turned": lambda t, n: f"9001\n{n}\n{t}"}.items():
            yield forged(f"signed {name}", signer.proof(text=text))
    for part in signer.proof():
        for name, value in (("missing", None), ("empty", ""), ("null", "null"), ("wrong", "x"), ("a list", ["x"])):
            if part == "digest" and name in ("missing", "empty"):
                continue  # then it is sha256, and that is another row
            proof = signer.proof()
            proof[part] = value
            if value is None:
                del proof[part]
            yield forged(f"{part} {name}", proof)
    yield from conversations(signer)


def conversations(signer):
    code = signer.code
    good = sign_in(code, signer.proof())
    for victim in (XTIF, XTIF_OTHER, HMAC, HMAC_OTHER):
        if victim == code:
            continue
        theirs = FrameSigner(victim, "xtif" if victim in (XTIF, XTIF_OTHER) else "hmac")
        yield FrameForgery(f"signs in as {victim} with its own proof",
                           [sign_in(victim, signer.proof()), sale(victim)])
        yield FrameForgery(f"signs in as {victim} with its own secret",
                           [sign_in(victim, theirs.proof(secret=signer.secret)), sale(victim)])
        yield FrameForgery(f"speaks for {victim} after its own sign-in",
                           [sign_in(code, signer.proof()), sale(victim)], well_formed=False)
        yield FrameForgery(f"signs in a second time as {victim}",
                           [sign_in(code, signer.proof()), sign_in(victim, theirs.proof()), sale(victim)],
                           well_formed=False)
        yield FrameForgery(f"signs in with the proof of {victim}", [sign_in(code, theirs.proof()), sale(code)])
    for name, message in (("a sale", sale(code)), ("a sign-out", messages.envelope("9002", {}, code)),
                          ("a query", messages.query("x", institution=code))):
        yield FrameForgery(f"{name} before any sign-in", [message], well_formed=False)
    yield FrameForgery("a sale after a sign-out",
                       [sign_in(code, signer.proof()), messages.envelope("9002", {}, code), sale(code)],
                       well_formed=False)
    yield FrameForgery("a sign-in without a proof", [messages.sign_in(code), sale(code)])
    yield FrameForgery("a sign-in without a node", [messages.envelope("9001", {}, code), sale(code)])
    yield FrameForgery("a sign-in as text that is no JSON", [messages.envelope("9001", "{", code)], well_formed=False)
    original = FrameForgery("", [good])
    for name, said in (("replayed", [good, sale(code)]), ("replayed once more", [good, sale(code)]),
                       ("replayed for a second sign-in", [sign_in(code, signer.proof()), good])):
        yield FrameForgery(f"sign-in {name}", said, first=original)
    yield FrameForgery("a failed second sign-in ends the first",
                       [sign_in(code, signer.proof()), sign_in(code, signer.proof(secret="x")), sale(code)],
                       well_formed=False)


