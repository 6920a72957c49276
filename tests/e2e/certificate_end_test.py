"""The figure behind the alerts on the gateway's certificate, with certificates whose end openssl tells."""

import calendar
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from clients import get
from gateway import Gateway, eventually

FIGURE = r'(?m)^gongji_tls_certificate_expiry_timestamp_seconds\{certificate="server"\} (\S+)$'


def certificate(folder, days):
    """A self-signed one: its file, its key's file, and when it ends, Unix time."""
    made, key = (os.path.join(folder, f"{days}.{kind}") for kind in ("pem", "key"))
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-keyout", key, "-out", made, "-days", str(days), "-subj", "/CN=gateway"],
                   check=True, capture_output=True)
    said = subprocess.run(["openssl", "x509", "-in", made, "-noout", "-enddate"], check=True, capture_output=True,
                          text=True).stdout
    end = time.strptime(said.strip(), "notAfter=%b %d %H:%M:%S %Y GMT")
    return made, key, calendar.timegm(end)


class CertificateEnd(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.served, self.key = (os.path.join(self.folder.name, name) for name in ("server.pem", "server.key"))

    def serve(self, days):
        """Lays a certificate where the gateway looks for its own; when it ends."""
        made, key, end = certificate(self.folder.name, days)
        shutil.copy(made, self.served)
        shutil.copy(key, self.key)
        return end

    def started(self, *settings):
        gateway = Gateway(self.folder.name, settings).start()
        self.addCleanup(lambda: gateway.process.poll() is None and gateway.kill())
        return gateway

    @staticmethod
    def figure(gateway):
        return float(re.search(FIGURE, get(gateway.ops, "/metrics")[1].decode())[1])

    def test_it_is_the_end_of_the_certificate_that_is_served_and_follows_a_reload(self):
        end = self.serve(days=1)
        gateway = self.started(f"tls.certificate={self.served}", f"tls.key={self.key}")
        self.assertEqual(self.figure(gateway), end)
        renewed = self.serve(days=365)
        self.assertEqual(self.figure(gateway), end, "until the reload the old one is served")
        gateway.process.send_signal(signal.SIGHUP)
        eventually(lambda: self.figure(gateway) == renewed, "the new one's end", 30)
        self.assertEqual(gateway.stop(), 0)

    def test_without_a_certificate_there_is_no_end_to_be_warned_of(self):
        gateway = self.started()
        self.assertEqual(self.figure(gateway), float("inf"))
        self.assertEqual(gateway.stop(), 0)


if __name__ == "__main__":
    unittest.main()
