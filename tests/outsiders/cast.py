"""Who there is: institutions of every proof, two families, and the register that names them."""

import messages
from gateway import Gateway

XTIF, XTIF_OTHER = "P31010100011", "P31010100012"
HMAC, HMAC_OTHER = "P31010100021", "P31010100022"
MTLS, MTLS_OTHER = "P31010100031", "P31010100032"

SECRETS = {XTIF: "xtif-secret-7f3a9c", XTIF_OTHER: "xtif-secret-of-another",
           HMAC: "hmac-secret-51be02", HMAC_OTHER: "hmac-secret-of-another"}
PAASID = {XTIF: "chain-of-shops"}  # the others carry their code


def paasid(code):
    return PAASID.get(code, code)


def entry(code, auth, **keys):
    lines = ["[[institution]]", f'code = "{code}"', 'kind = "pharmacy"', 'area = "310101"',
             f'auth = "{auth}"']
    lines += [f"{key} = {value}" for key, value in keys.items()]
    return "\n".join(lines) + "\n\n"


def register(certificates=None):
    """`certificates`: code -> SHA-256 of the client certificate that is its own."""
    text = ""
    for code, secret in SECRETS.items():
        own_name = {"paasid": f'"{PAASID[code]}"'} if code in PAASID else {}
        text += entry(code, "xtif" if code in (XTIF, XTIF_OTHER) else "hmac", secret=f'"{secret}"', **own_name)
    for code, fingerprint in (certificates or {}).items():
        text += entry(code, "mtls", certificate_sha256=f'["{fingerprint}"]')
    return text


def register_without_proof():
    """The same institutions, asked for nothing: the negative control."""
    return "".join(entry(code, "none") for code in (*SECRETS, MTLS, MTLS_OTHER))


def open_gateway(folder, institutions, settings=()):
    path = f"{folder}/institutions.toml"
    with open(path, "w") as file:
        file.write(institutions)
    return Gateway(folder, [f"institutions.file={path}", *settings]).start()


def sale(code, **changes):
    return messages.sale(messages.CHILD, "1.00", code, **changes)
