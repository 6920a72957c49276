"""The example clients of docs/integrate, built once into the build folder and run as a till would be."""

import fcntl
import hashlib
import json
import os
import pathlib
import shutil
import subprocess

from gateway import BIN, SOURCE

EXAMPLES = pathlib.Path(SOURCE) / "docs" / "integrate" / "examples"
PLACE = pathlib.Path(BIN).parent / "clients"
ASSEMBLIES = ("System.Net.Http", "System.Runtime.Serialization", "System.Xml", "System.Xml.Linq")
RUN_SECONDS_MAX = 120


def program(name, packages):
    found = shutil.which(name)
    if found is None:
        raise AssertionError(f"{name} is missing: install {packages} (scripts/packages.txt, [clients])")
    return found


def run_all(folder, *commands):
    for command in commands:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{command} failed:\n{done.stdout}{done.stderr}")


def built_once(source, make):
    """The folder of what was made of this very source; tests that run beside each other share it."""
    folder = PLACE / hashlib.sha256(source.read_bytes()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "whole").exists():
            make(folder, str(source))
            (folder / "whole").touch()
    return folder


def python():
    return ["/usr/bin/python3", str(EXAMPLES / "python" / "till.py")]


def node():
    return [program("node", "nodejs"), str(EXAMPLES / "node" / "till.mjs")]


def java():
    """Compiled beforehand; that `java Till.java` works as well is documents_test's to show."""
    folder = built_once(EXAMPLES / "java" / "Till.java", make_java)
    return [program("java", "openjdk-17-jdk-headless"), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            f"-XX:SharedArchiveFile={folder}/till.jsa", "-cp", f"{folder}/till.jar", "Till"]


def make_java(folder, source):
    """With an archive of the classes a run needs: it starts in two thirds of the time."""
    packages = "openjdk-17-jdk-headless"
    run_all(folder, [program("javac", packages), "-d", "classes", source],
            [program("jar", packages), "cf", "till.jar", "-C", "classes", "."])
    nowhere = dict(os.environ, GONGJI_URL="http://127.0.0.1:1", GONGJI_INSTITUTION="P31010100001",
                   GONGJI_LOG=str(folder / "pending.log"))
    subprocess.run([program("java", packages), "-XX:ArchiveClassesAtExit=till.jsa", "-XX:+UseSerialGC", "-cp",
                    f"{folder}/till.jar", "Till", "quote", "1", "2", "3.50"], cwd=folder, env=nowhere,
                   capture_output=True, check=False)


def csharp():
    folder = built_once(EXAMPLES / "csharp" / "Till.cs", make_csharp)
    return [program("mono", "mono-runtime"), str(folder / "till.exe")]


def make_csharp(folder, source):
    references = [f"-r:{name}" for name in ASSEMBLIES]
    run_all(folder, [program("mcs", "mono-mcs"), "-out:till.exe", *references, source])


class Kit:
    """One example client over one transport."""

    def __init__(self, name, build, tcp=False):
        self.name, self.build, self.tcp, self.command = name, build, tcp, None

    def words(self):
        if self.command is None:
            self.command = self.build()
        return self.command

    def till(self, folder, address, institution, **settings):
        """A till whose log lies in `folder`."""
        scheme = "tcp" if self.tcp else "http"
        return KitTill(self, folder, "%s://%s:%d" % (scheme, *address), institution, settings)


KITS = {kit.name: kit for kit in (
    Kit("python", python), Kit("python over tcp", python, True), Kit("node", node),
    Kit("node over tcp", node, True), Kit("java", java), Kit("csharp", csharp))}


class KitTill:
    def __init__(self, kit, folder, url, institution, settings):
        self.kit, self.log = kit, os.path.join(folder, "pending.log")
        given = dict({"url": url, "institution": institution, "log": self.log, "pause_s": "0.05"}, **settings)
        self.environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1",
                                **{"GONGJI_" + name.upper(): str(value) for name, value in given.items()})

    def start(self, *words):
        return subprocess.Popen(self.kit.words() + list(words), env=self.environment, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *words):
        """Exit code and the lines it printed, parsed."""
        process = self.start(*words)
        try:
            said, complained = process.communicate(timeout=RUN_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise AssertionError(f"{self.kit.name} {words} did not end in {RUN_SECONDS_MAX} s") from None
        if process.returncode not in (0, 1, 3) or (not said and words[0] != "recover"):
            raise AssertionError(f"{self.kit.name} {words} ended with {process.returncode}:\n{complained}")
        return process.returncode, [json.loads(line) for line in said.splitlines()]

    def one(self, *words):
        """What it printed about its one message, with its exit code under `exit`."""
        code, lines = self.run(*words)
        if len(lines) != 1:
            raise AssertionError(f"{self.kit.name} {words} printed {lines}")
        return dict(lines[0], exit=code)

    def log_lines(self):
        """infno, state of every line of the log, in order."""
        with open(self.log, encoding="utf-8") as file:
            return [tuple(line.split("\t")[2:4]) for line in file]
