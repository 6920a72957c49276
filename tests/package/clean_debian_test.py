"""The package in a Debian 12 that has nothing else: it installs, its user and its rights are right, the
program runs there as that user and answers, removing it leaves what was paid; and the Containerfile makes
an image of it that does the same."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest

SOURCE = os.environ["GONGJI_SOURCE_DIR"]
EXPOSURE_MAX_TENTHS = 20  # of systemd-analyze security, as in scripts/package
UNIT = "/lib/systemd/system/gongjid.service"
# Starts gongjid as `$@` says, asks it over its sockets, ends it; what it was told lies in /tmp.
START_AND_ASK = r"""
set -e
rm -f /tmp/out /tmp/err
"$@" --http 127.0.0.1:0 --tcp 127.0.0.1:0 --ops 127.0.0.1:0 >/tmp/out 2>/tmp/err &
daemon=$!
for i in $(seq 600); do grep -q listening /tmp/out && break; sleep 0.1; done
port() { sed -n "s/.*\"$1\":\"127.0.0.1:\([0-9]*\)\".*/\1/p" /tmp/out; }
ask() {
  exec 3<>"/dev/tcp/127.0.0.1/$(port "$1")"
  printf 'GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' "$2" >&3
  cat <&3
}
ask ops /readyz >/tmp/readyz
ask ops /metrics >/tmp/metrics
ask http /v1/openapi.json >/tmp/openapi
sed "s/9464/$(port ops)/" /tmp/health >/tmp/health.here 2>/dev/null && bash /tmp/health.here && echo yes >/tmp/healthy
kill -TERM "$daemon"
wait "$daemon"
"""


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)} ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def needed(program, package):
    if shutil.which(program) is None:
        raise AssertionError(f"{program} is not installed (package {package})")


class CleanDebian(unittest.TestCase):
    def setUp(self):
        needed("mmdebstrap", "mmdebstrap")
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        os.chmod(self.folder.name, 0o755)
        self.root = os.path.join(self.folder.name, "debian")
        self.deb = run(os.path.join(SOURCE, "scripts", "package"), "--no-build",
                       os.path.join(self.folder.name, "package")).strip()

    def make_debian(self):
        """A fresh one, or the one in the archive $GONGJI_CLEAN_DEBIAN (mmdebstrap's tar)."""
        ready = os.environ.get("GONGJI_CLEAN_DEBIAN")
        if ready:
            os.mkdir(self.root)
            run("tar", "-C", self.root, "-xf", ready)
        else:
            run("mmdebstrap", "--variant=minbase", "--mode=root", "--include=systemd", "bookworm", self.root)

    def inside(self, *command):
        return subprocess.run(["chroot", self.root, *command], capture_output=True, text=True,
                              env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8",
                                   "DEBIAN_FRONTEND": "noninteractive"})

    def done_inside(self, *command):
        done = self.inside(*command)
        self.assertEqual(done.returncode, 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done.stdout

    # ---- the package ----

    def test_it_installs_runs_and_goes(self):
        self.make_debian()
        shutil.copy("/etc/resolv.conf", os.path.join(self.root, "etc/resolv.conf"))
        shutil.copy(self.deb, os.path.join(self.root, "gongji.deb"))
        self.done_inside("apt-get", "update")
        self.done_inside("apt-get", "install", "-y", "--no-install-recommends", "/gongji.deb")
        self.assert_installed()
        self.assert_unit()
        self.assert_runs()
        self.done_inside("dpkg", "--purge", "gongji")
        self.assertTrue(os.path.isdir(os.path.join(self.root, "var/lib/gongji/store/journal")), "what was paid stays")

    def assert_installed(self):
        self.assertIn("install ok installed", self.done_inside("dpkg-query", "-s", "gongji"))
        self.assertIn("/var/lib/gongji", self.done_inside("getent", "passwd", "gongji"))
        self.assertEqual(self.done_inside("stat", "-c", "%a %U %G", "/etc/gongji").strip(), "750 root gongji")
        for program in ("gongjid", "gongjictl", "gongji-load"):
            self.done_inside(program, "--help")

    def assert_unit(self):
        verified = self.inside("systemd-analyze", "--man=no", "verify", UNIT)
        self.assertEqual((verified.returncode, verified.stderr), (0, ""))
        said = self.done_inside("systemd-analyze", "security", "--offline=true",
                                f"--threshold={EXPOSURE_MAX_TENTHS}", UNIT)
        print(next(line for line in said.splitlines() if "exposure level" in line))

    def assert_runs(self):
        self.done_inside("install", "-d", "-o", "gongji", "-g", "gongji", "-m", "750", "/var/lib/gongji")
        self.done_inside("bash", "-c", START_AND_ASK, "ask", "setpriv", "--reuid=gongji", "--regid=gongji",
                         "--init-groups", "gongjid", "--config", "/etc/gongji/gateway.toml")
        self.assert_answered(lambda name: self.done_inside("cat", f"/tmp/{name}"))

    def assert_answered(self, read):
        self.assertEqual(json.loads(read("out").splitlines()[0])["event"], "listening")
        for name, says in (("readyz", "200 OK"), ("metrics", "gongji_build_info{"), ("openapi", '"openapi"')):
            self.assertIn(says, read(name), name)
        self.assertIn('"event":"drained"', read("err"))

    # ---- the image ----

    def test_the_containerfile_makes_an_image_that_serves_and_knows_when_it_is_healthy(self):
        needed("buildah", "buildah")
        self.make_debian()
        self.buildah_of("commit", self.container("scratch", self.root), "localhost/base")
        self.buildah_of("bud", "--format", "docker", "--isolation", "chroot", "--build-arg", "BASE=localhost/base",
                        "-t", "localhost/gongji", "-f", os.path.join(SOURCE, "packaging", "Containerfile"),
                        os.path.dirname(self.deb))
        image = json.loads(self.buildah_of("inspect", "--type", "image", "localhost/gongji"))["Docker"]["config"]
        self.assertEqual((image["User"], image["StopSignal"]), ("gongji", "SIGTERM"))
        self.assertEqual(set(image["Volumes"]), {"/var/lib/gongji"})
        self.assert_image_serves(image["Entrypoint"], image["Healthcheck"]["Test"])

    def assert_image_serves(self, entrypoint, health):
        self.assertEqual(health[:3], ["CMD", "/bin/bash", "-c"])
        container = self.container("localhost/gongji")
        read = lambda name: self.buildah_of("run", container, "--", "cat", f"/tmp/{name}")  # noqa: E731
        self.buildah_of("run", container, "--", "bash", "-c", 'printf %s "$1" >/tmp/health', "keep", health[3])
        self.buildah_of("run", container, "--", "bash", "-c", START_AND_ASK, "ask", *entrypoint)
        self.assert_answered(read)
        self.assertEqual(read("healthy").strip(), "yes")
        dead = subprocess.run([*self.buildah(), "run", container, "--", "bash", "/tmp/health.here"], capture_output=True)
        self.assertNotEqual(dead.returncode, 0, "nobody listens any more")

    def buildah(self):
        store = os.path.join(self.folder.name, "images")
        return ["buildah", "--root", f"{store}/root", "--runroot", f"{store}/run", "--storage-driver", "vfs"]

    def buildah_of(self, *command):
        return run(*self.buildah(), *command, env=dict(os.environ, BUILDAH_ISOLATION="chroot"))

    def container(self, image, *trees):
        """A new one of that image, with what is in these folders."""
        name = self.buildah_of("from", image).strip()
        for tree in trees:
            self.buildah_of("add", "--quiet", name, tree, "/")
        return name


if __name__ == "__main__":
    unittest.main()
