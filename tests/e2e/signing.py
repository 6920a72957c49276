"""How an institution proves who it is: header fields over HTTP, fields of signIn over TCP.

Standard library only, written from docs/wire.md, section "Who may speak"; copy what you need.
"""

import hashlib
import hmac
import secrets
import time


def fresh():
    """A timestamp (Unix seconds) and a nonce no message used before."""
    return str(int(time.time())), secrets.token_hex(16)


def xtif_signature(secret, timestamp, nonce):
    return hashlib.sha256((timestamp + secret + nonce + timestamp).encode()).hexdigest()


def hmac_signature(secret, text, digest="sha256"):
    """`digest` is sha256 or sm3, both as OpenSSL has them."""
    return hmac.new(secret.encode(), text.encode(), digest).hexdigest()


def xtif_headers(secret, paasid):
    timestamp, nonce = fresh()
    return {"x-tif-paasid": paasid, "x-tif-timestamp": timestamp, "x-tif-nonce": nonce,
            "x-tif-signature": xtif_signature(secret, timestamp, nonce)}


def hmac_headers(secret, code, method, target, body, digest="sha256"):
    """`target` is the path with its query, `body` the bytes that are sent."""
    timestamp, nonce = fresh()
    body_digest = hashlib.new(digest, body).hexdigest()
    text = "\n".join([method, target, timestamp, nonce, body_digest])
    return {"X-Gongji-Key": code, "X-Gongji-Timestamp": timestamp, "X-Gongji-Nonce": nonce,
            "X-Gongji-Digest": digest, "X-Gongji-Signature": hmac_signature(secret, text, digest)}


def xtif_sign_in(secret, paasid):
    """What the signIn node of a 9001 carries besides its usual fields."""
    timestamp, nonce = fresh()
    return {"paasid": paasid, "timestamp": timestamp, "nonce": nonce,
            "signature": xtif_signature(secret, timestamp, nonce)}


def hmac_sign_in(secret, code, digest="sha256"):
    timestamp, nonce = fresh()
    signature = hmac_signature(secret, "\n".join(["9001", timestamp, nonce]), digest)
    named = {} if digest == "sha256" else {"digest": digest}
    return {"access_key": code, "timestamp": timestamp, "nonce": nonce, "signature": signature, **named}
