// The proofs of ../../signing.md: headers for one HTTP request, and the signIn node for TCP. Every try
// is signed anew: a nonce is good once, a timestamp for five minutes.

import { createHash, createHmac, randomBytes } from "node:crypto";

// A timestamp and a nonce.
export function fresh() {
  return [String(Math.floor(Date.now() / 1000)), randomBytes(16).toString("hex")];
}

// `path` is the request target as sent, with its query.
export function httpHeaders(settings, method, path, body, timestamp, nonce) {
  if (settings.proof === "xtif")
    return {
      "x-tif-paasid": settings.paasid,
      "x-tif-timestamp": timestamp,
      "x-tif-nonce": nonce,
      "x-tif-signature": xtif(settings.secret, timestamp, nonce),
    };
  if (settings.proof === "hmac") {
    const bodyDigest = createHash(settings.digest).update(body).digest("hex");
    return {
      "X-Gongji-Key": settings.institution,
      "X-Gongji-Timestamp": timestamp,
      "X-Gongji-Nonce": nonce,
      "X-Gongji-Digest": settings.digest,
      "X-Gongji-Signature": signature(settings, [method, path, timestamp, nonce, bodyDigest]),
    };
  }
  return {};
}

// The fields that the signIn node of 9001 needs beside its usual ones.
export function signIn(settings, timestamp, nonce) {
  if (settings.proof === "xtif")
    return { paasid: settings.paasid, timestamp, nonce, signature: xtif(settings.secret, timestamp, nonce) };
  if (settings.proof === "hmac")
    return {
      access_key: settings.institution, timestamp, nonce, digest: settings.digest,
      signature: signature(settings, ["9001", timestamp, nonce]),
    };
  return {};
}

const xtif = (secret, timestamp, nonce) =>
  createHash("sha256").update(timestamp + secret + nonce + timestamp).digest("hex");

const signature = ({ digest, secret }, lines) =>
  createHmac(digest, secret).update(lines.join("\n")).digest("hex");
