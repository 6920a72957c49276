"""The package in a Debian 12 that has nothing else: it installs, its user and its rights are right, the
program runs there as that user, and removing it leaves what was paid."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest

SOURCE = os.environ["GONGJI_SOURCE_DIR"]
WAIT_FOR_LISTENING = r"""
set -e
runuser -u gongji -- gongjid --config /etc/gongji/gateway.toml --http 127.0.0.1:0 --tcp 127.0.0.1:0 \
  --ops 127.0.0.1:0 >/tmp/out 2>/tmp/err &
for i in $(seq 300); do grep -q listening /tmp/out && break; sleep 0.1; done
cat /tmp/out
kill -TERM $(pidof gongjid)
wait
"""


class CleanDebian(unittest.TestCase):
    def setUp(self):
        self.assertIsNotNone(shutil.which("mmdebstrap"), "mmdebstrap is not installed (package mmdebstrap)")
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        os.chmod(self.folder.name, 0o755)
        self.root = os.path.join(self.folder.name, "debian")

    def make_debian(self):
        """A fresh one, or the one in the archive $GONGJI_CLEAN_DEBIAN (mmdebstrap's tar)."""
        ready = os.environ.get("GONGJI_CLEAN_DEBIAN")
        if ready:
            os.mkdir(self.root)
            command = ["tar", "-C", self.root, "-xf", ready]
        else:
            command = ["mmdebstrap", "--variant=minbase", "--mode=root", "--include=systemd", "bookworm", self.root]
        done = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr[-4000:])
        shutil.copy("/etc/resolv.conf", os.path.join(self.root, "etc/resolv.conf"))

    def inside(self, *command):
        return subprocess.run(["chroot", self.root, *command], capture_output=True, text=True,
                              env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8",
                                   "DEBIAN_FRONTEND": "noninteractive"})

    def test_it_installs_runs_and_goes(self):
        made = subprocess.run([os.path.join(SOURCE, "scripts", "package"), "--no-build", self.folder.name],
                              capture_output=True, text=True)
        self.assertEqual(made.returncode, 0, made.stderr)
        deb = made.stdout.strip()
        self.make_debian()
        shutil.copy(deb, os.path.join(self.root, "gongji.deb"))
        for command in (("apt-get", "update"), ("apt-get", "install", "-y", "--no-install-recommends", "/gongji.deb")):
            done = self.inside(*command)
            self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr[-4000:])
        self.assert_installed()
        self.assert_runs()
        removed = self.inside("dpkg", "--purge", "gongji")
        self.assertEqual(removed.returncode, 0, removed.stderr)
        self.assertTrue(os.path.isdir(os.path.join(self.root, "var/lib/gongji/store/journal")), "what was paid stays")

    def assert_installed(self):
        self.assertIn("install ok installed", self.inside("dpkg-query", "-s", "gongji").stdout)
        self.assertIn("/var/lib/gongji", self.inside("getent", "passwd", "gongji").stdout)
        self.assertEqual(self.inside("stat", "-c", "%a %U %G", "/etc/gongji").stdout.strip(), "750 root gongji")
        verified = self.inside("systemd-analyze", "--man=no", "verify", "/lib/systemd/system/gongjid.service")
        self.assertEqual((verified.returncode, verified.stderr), (0, ""))

    def assert_runs(self):
        self.inside("install", "-d", "-o", "gongji", "-g", "gongji", "-m", "750", "/var/lib/gongji")
        ran = self.inside("bash", "-c", WAIT_FOR_LISTENING)
        self.assertEqual(ran.returncode, 0, ran.stderr + self.inside("cat", "/tmp/err").stdout)
        self.assertEqual(json.loads(ran.stdout.splitlines()[0])["event"], "listening")
        self.assertIn('"event":"drained"', self.inside("cat", "/tmp/err").stdout)


if __name__ == "__main__":
    unittest.main()
