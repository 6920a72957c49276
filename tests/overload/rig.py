"""A gateway whose disk is slow, and senders that ask more of it than it can do."""

import json
import os
import subprocess
import threading
import time

from clients import get
from gateway import BIN, Gateway

HERE = os.path.dirname(os.path.abspath(__file__))
STRICT = os.environ.get("GONGJI_OVERLOAD_STRICT", "") == "1"
SECONDS = int(os.environ.get("GONGJI_OVERLOAD_SECONDS", "4"))
SYNC_DELAY_MS = int(os.environ.get("GONGJI_OVERLOAD_SYNC_DELAY_MS", "20"))
FAMILIES = 500
PHARMACIES = [f"P3101010001{number}" for number in range(10)]


def delayed_sync(folder, delay_ms):
    """Environment of a gongjid whose syncs take so much longer."""
    library = os.path.join(folder, "delayed_sync.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, os.path.join(HERE, "delayed_sync.c")], check=True)
    return {"LD_PRELOAD": library, "GONGJI_SYNC_DELAY_MS": str(delay_ms)}


def start(test, settings=(), delay_ms=SYNC_DELAY_MS, families=True):
    """A gateway in test.folder that knows PHARMACIES, with the families of gongji-load in it."""
    folder = test.folder.name
    register = os.path.join(folder, "institutions.toml")
    with open(register, "w") as file:
        for code in PHARMACIES:
            file.write(f'[[institution]]\ncode = "{code}"\nname = "示例大药房"\nkind = "pharmacy"\n'
                       'area = "310101"\nauth = "none"\n\n')
    gateway = Gateway(folder, [f"institutions.file={register}", *settings],
                      delayed_sync(folder, delay_ms) if delay_ms else None)
    gateway.start()
    test.addCleanup(lambda: gateway.process.poll() is None and gateway.kill())
    if families:
        Load(gateway, "--prepare").ended()
    return gateway


class Load:
    """gongji-load in the background."""

    serial = 0

    def __init__(self, gateway, *arguments, over="tcp", pharmacy=PHARMACIES[0]):
        Load.serial += 1
        self.results = os.path.join(gateway.folder, f"load-{Load.serial}.json")
        addresses = ["--http", "%s:%d" % gateway.http] + (["--tcp", "%s:%d" % gateway.tcp] if over == "tcp" else [])
        command = [os.path.join(BIN, "gongji-load"), *addresses, "--families", str(FAMILIES), "--institution", pharmacy,
                   "--token-file", gateway.token_file, "--json", self.results, "--seed", str(time.time_ns() % 10**9)]
        self.process = subprocess.Popen(command + [str(each) for each in arguments], stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)

    def ended(self):
        """What it reports at its end; nothing of a --prepare."""
        said = self.process.communicate(timeout=600)[0]
        if self.process.returncode != 0:
            raise AssertionError(f"gongji-load: {said}")
        if not os.path.exists(self.results):
            return None
        with open(self.results) as file:
            return json.load(file)


def capacity(gateway, seconds, *arguments):
    """Settlements a second when each answer brings the next message, everybody inside at once."""
    told = Load(gateway, "--connections", 8, "--depth", 64, "--duration_s", seconds, *arguments).ended()
    return told["settlements_per_s"]


def figure(gateway, name):
    lines = get(gateway.ops, "/metrics")[1].decode().splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith(f"gongji_{name}"))


def resident_mb(gateway):
    with open(f"/proc/{gateway.process.pid}/status") as file:
        return next(int(line.split()[1]) >> 10 for line in file if line.startswith("VmRSS:"))


class PeakMemory:
    """The most the gateway ever holds while this is open, looked at twenty times a second."""

    def __init__(self, gateway):
        self.gateway, self.mb, self.over = gateway, 0, threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def watch(self):
        while not self.over.wait(0.05):
            self.mb = max(self.mb, resident_mb(self.gateway))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
