"""Certificates made by the openssl program: an authority, what it issued, and what others forged."""

import os
import subprocess

PAST, NOW_ON, FUTURE = ("20200101000000Z", "20210101000000Z"), ("20200101000000Z", "20991231000000Z"), \
    ("20980101000000Z", "20991231000000Z")

CA_CONFIG = """[ca]
default_ca = it
[it]
database = {folder}/index.txt
new_certs_dir = {folder}
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
copy_extensions = none
[any]
commonName = supplied
[client]
extendedKeyUsage = clientAuth
[server]
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost
"""


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: {done.stderr}")
    return done.stdout


class Issued:
    def __init__(self, certificate, key):
        self.certificate, self.key = certificate, key

    @property
    def sha256(self):
        text = run("openssl", "x509", "-in", self.certificate, "-noout", "-fingerprint", "-sha256")
        return text.strip().split("=")[1].replace(":", "").lower()


class Authority:
    def __init__(self, folder, name):
        self.folder, self.name = os.path.join(folder, name), name
        os.makedirs(self.folder)
        self.config = self.path("ca.cnf")
        with open(self.config, "w") as file:
            file.write(CA_CONFIG.format(folder=self.folder))
        open(self.path("index.txt"), "w").close()
        self.own = self_signed(self.folder, "authority", name)

    def path(self, name):
        return os.path.join(self.folder, name)

    def issue(self, name, validity=NOW_ON, use="client", subject=None):
        key, request, certificate = (self.path(f"{name}.{kind}") for kind in ("key", "csr", "pem"))
        run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
            key, "-out", request, "-subj", f"/CN={subject or name}")
        run("openssl", "ca", "-batch", "-config", self.config, "-cert", self.own.certificate, "-keyfile",
            self.own.key, "-in", request, "-out", certificate, "-notext", "-startdate", validity[0], "-enddate",
            validity[1], "-extensions", use)
        return Issued(certificate, key)


def self_signed(folder, name, subject):
    key, certificate = (os.path.join(folder, f"{name}.{kind}") for kind in ("key", "pem"))
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
        "-out", certificate, "-subj", f"/CN={subject}", "-days", "3650")
    return Issued(certificate, key)
