"""The proofs of ../../signing.md: headers for one HTTP request, and the signIn node for TCP. Every
try is signed anew: a nonce is good once, a timestamp for five minutes."""

import hashlib
import hmac
import secrets
import time


def fresh():
    """A timestamp and a nonce."""
    return str(int(time.time())), secrets.token_hex(16)


def http_headers(settings, method, path, body, timestamp, nonce):
    """`path` is the request target as sent, with its query."""
    if settings.proof == "xtif":
        return {"x-tif-paasid": settings.paasid, "x-tif-timestamp": timestamp, "x-tif-nonce": nonce,
                "x-tif-signature": xtif(settings.secret, timestamp, nonce)}
    if settings.proof == "hmac":
        body_digest = hashlib.new(settings.digest, body).hexdigest()
        text = "\n".join((method, path, timestamp, nonce, body_digest))
        return {"X-Gongji-Key": settings.institution, "X-Gongji-Timestamp": timestamp,
                "X-Gongji-Nonce": nonce, "X-Gongji-Digest": settings.digest,
                "X-Gongji-Signature": signature(settings, text)}
    return {}


def sign_in(settings, timestamp, nonce):
    """The fields that the signIn node of 9001 needs beside its usual ones."""
    if settings.proof == "xtif":
        return {"paasid": settings.paasid, "timestamp": timestamp, "nonce": nonce,
                "signature": xtif(settings.secret, timestamp, nonce)}
    if settings.proof == "hmac":
        return {"access_key": settings.institution, "timestamp": timestamp, "nonce": nonce,
                "digest": settings.digest,
                "signature": signature(settings, "\n".join(("9001", timestamp, nonce)))}
    return {}


def xtif(secret, timestamp, nonce):
    return hashlib.sha256((timestamp + secret + nonce + timestamp).encode()).hexdigest()


def signature(settings, text):
    return hmac.new(settings.secret.encode(), text.encode(), settings.digest).hexdigest()
