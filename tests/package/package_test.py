"""The package made from what was built: what lintian and systemd say, and what is in it."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest

SOURCE = os.environ["GONGJI_SOURCE_DIR"]
BIN = os.environ["GONGJI_BIN_DIR"]
EXPOSURE_MAX = 2.0


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    return done.returncode, done.stdout + done.stderr


class Package(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def made(self):
        done = subprocess.run([os.path.join(SOURCE, "scripts", "package"), "--no-build", self.folder.name],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout.strip(), done.stderr

    def test_it_is_made_lintian_clean_with_a_unit_that_is_verified_and_locked_up(self):
        deb, said = self.made()
        exposure = re.search(r"exposure level for gongjid.service: (\d+\.\d+)", said)
        self.assertIsNotNone(exposure, said)
        self.assertLessEqual(float(exposure[1]), EXPOSURE_MAX)
        self.assertNotRegex(said, r"(?m)^[EW]: ")
        self.assert_content(deb)
        print(f"{os.path.basename(deb)}: {os.path.getsize(deb):,} bytes, lintian clean, exposure {exposure[1]}")

    def assert_content(self, deb):
        _, listed = run("dpkg-deb", "--contents", deb)
        for path in ("./usr/sbin/gongjid", "./usr/bin/gongjictl", "./usr/bin/gongji-load",
                     "./lib/systemd/system/gongjid.service", "./usr/lib/sysusers.d/gongji.conf",
                     "./etc/gongji/gateway.toml", "./etc/gongji/institutions.toml", "./etc/gongji/policies/SH-2025.toml",
                     "./usr/share/man/man8/gongjid.8.gz", "./usr/share/man/man1/gongjictl.1.gz",
                     "./usr/share/man/man1/gongji-load.1.gz", "./usr/share/doc/gongji/copyright",
                     "./usr/share/bash-completion/completions/gongjictl",
                     "./usr/share/zsh/vendor-completions/_gongjictl"):
            self.assertIn(f" {path}\n", listed)
        unpacked = os.path.join(self.folder.name, "unpacked")
        self.assertEqual(run("dpkg-deb", "-x", deb, unpacked)[0], 0)
        self.assert_settings_are_good(unpacked)
        self.assert_pages_read_well(unpacked)
        code, conffiles = run("dpkg-deb", "--info", deb, "conffiles")
        for name in os.listdir(os.path.join(SOURCE, "config", "policies")):
            self.assertIn(f"/etc/gongji/policies/{name}\n", conffiles)

    def assert_settings_are_good(self, unpacked):
        config = os.path.join(unpacked, "etc", "gongji", "gateway.toml")
        code, said = run(os.path.join(unpacked, "usr/sbin/gongjid"), "--config", config, "--check-config")
        self.assertEqual(code, 0, said)
        self.assertIn("0 institutions", said)

    def assert_pages_read_well(self, unpacked):
        for page in ("man8/gongjid.8.gz", "man1/gongjictl.1.gz", "man1/gongji-load.1.gz"):
            path = os.path.join(unpacked, "usr/share/man", page)
            done = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", path], capture_output=True,
                                  text=True, env=dict(os.environ, LC_ALL="C.UTF-8", MANWIDTH="120"))
            self.assertEqual((done.returncode, done.stderr), (0, ""), page)
            self.assertIn("--", done.stdout)

    def test_man_pages_and_completions_know_every_flag_and_command(self):
        made = os.path.join(os.path.dirname(BIN), "packaging", "made")
        _, said = run(os.path.join(BIN, "gongjictl"), "--help")
        commands = re.findall(r"(?m)^  (\w+) {10,}\S", said.split("Subcommands:")[1])
        self.assertGreater(len(commands), 8)
        with open(os.path.join(made, "gongjictl")) as file:
            completion = file.read()
        page = run("zcat", os.path.join(made, "gongjictl.1.gz"))[1]
        for command in commands:
            self.assertIn(f" {command} ", completion)
            self.assertIn(f"gongjictl {command} ", page)

    def test_bash_completes(self):
        made = os.path.join(os.path.dirname(BIN), "packaging", "made", "gongjictl")
        ask = ('. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gongjictl; printf "%s\\n" "${COMPREPLY[@]}"')
        for words, wanted in ((("gongjictl", "au"), ["audit"]), (("gongjictl", "roll", "--ye"), ["--year"]),
                              (("gongjictl", "profile", "ch"), ["check"])):
            self.assertEqual(run("bash", "-c", ask, made, *words)[1].split(), wanted)

    def test_control_a_unit_with_an_unknown_word_or_without_walls_is_found_out(self):
        unit = os.path.join(self.folder.name, "lib/systemd/system/gongjid.service")
        os.makedirs(os.path.dirname(unit))
        for program in ("usr/sbin/gongjid", "bin/sh"):
            os.makedirs(os.path.dirname(os.path.join(self.folder.name, program)), exist_ok=True)
            shutil.copy("/bin/true", os.path.join(self.folder.name, program))
        with open(os.path.join(SOURCE, "packaging/gongjid.service")) as file:
            text = file.read()
        verify = ("systemd-analyze", f"--root={self.folder.name}", "--recursive-errors=no", "--man=no", "verify",
                  "/lib/systemd/system/gongjid.service")
        self.write(unit, text)
        self.assertEqual(run(*verify)[0], 0)
        self.write(unit, text.replace("ProtectHome=yes", "ProtectHome=perhaps"))
        self.assertNotEqual(run(*verify)[0], 0)
        naked = "\n".join(line for line in text.splitlines() if not re.match(r"(Protect|Private|System|Restrict)", line))
        self.write(unit, naked.replace("Restart=always\n", ""))
        self.assertNotEqual(run("systemd-analyze", "security", "--offline=true", "--threshold=20", unit)[0], 0)

    @staticmethod
    def write(path, text):
        with open(path, "w") as file:
            file.write(text)


if __name__ == "__main__":
    unittest.main()
