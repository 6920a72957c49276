"""Imports many persons, then asks what they cost: on the disk, in memory, at their first touch, at a restart.

`--keep DIR` leaves the store there, and later runs with other steps go on with it."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

from gateway import BIN, Gateway
from scrapes import scrape

ALL_STEPS = ["import", "restart", "cold", "active"]
COLD_RATE, COLD_SECONDS = 1000, 15
ACTIVE_SECONDS = 20


def arguments():
    parser = argparse.ArgumentParser(prog="loadtest/scale/run", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", type=int, default=100_000, help="of two persons each")
    parser.add_argument("--singles", type=int, default=50_000)
    parser.add_argument("--steps", default=",".join(ALL_STEPS))
    parser.add_argument("--keep", help="folder for the store; it stays [a temporary one]")
    parser.add_argument("--folder", default="/var/tmp", help="where the temporary one lies")
    return parser.parse_args()


def address(listener):
    return "{}:{}".format(*listener)


def status_kb(pid, name):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name + ":"))


def files_of(folder):
    for where, _, names in os.walk(folder):
        yield from (os.path.join(where, name) for name in names)


def forget_pages(folder):
    """What the kernel keeps of the store's files: a sleeping household is then really on the disk."""
    os.sync()
    for path in files_of(folder):
        with open(path, "rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


class Scale:
    def __init__(self, options, gateway):
        self.options, self.gateway, self.rows = options, gateway, []

    def steps(self):
        table = {"import": self.bring_in, "restart": self.restart, "cold": self.touch_cold, "active": self.wake_many}
        self.gateway.start(timeout_s=600)
        for name in self.options.steps.split(","):
            table[name]()
        self.gateway.stop(timeout_s=120)

    def add(self, what, value):
        self.rows.append((what, value))
        print(f"{what}: {value}", file=sys.stderr, flush=True)

    def load(self, *more):
        options = self.options
        with tempfile.NamedTemporaryFile(suffix=".json") as report:
            done = subprocess.run(
                [os.path.join(BIN, "gongji-load"), "--http", address(self.gateway.http), "--families",
                 str(options.families), "--singles", str(options.singles), "--token-file", self.gateway.token_file,
                 "--json", report.name, *more], check=True, stdout=subprocess.PIPE, text=True)
            text = report.read()
            return json.loads(text) if text else done.stdout

    def resident_mb(self):
        return status_kb(self.gateway.process.pid, "VmRSS") / 1024

    def bring_in(self):
        persons = 2 * self.options.families + self.options.singles
        began = time.monotonic()
        said = self.load("--prepare")
        took_s = time.monotonic() - began
        self.add("imported", said.strip())
        self.add("persons", f"{persons:,} ({self.options.families:,} families of two)")
        self.add("import, persons/s", f"{persons / took_s:,.0f}")
        self.add("import, lines/s", f"{(persons + self.options.families) / took_s:,.0f}")
        self.add("resident after the import, MB", f"{self.resident_mb():,.0f}")

    def restart(self):
        code = self.gateway.stop(timeout_s=120)
        size = sum(os.path.getsize(path) for path in files_of(self.gateway.data))
        forget_pages(self.gateway.data)
        began = time.monotonic()
        self.gateway.start(timeout_s=600)
        self.add("stopped with", code)
        self.add("store, MB", f"{size / 2**20:,.0f}")
        self.add("restart to ready, s", f"{time.monotonic() - began:.2f}")
        self.add("resident after the restart, MB", f"{self.resident_mb():,.0f}")

    def touch_cold(self):
        """Nearly every message is somebody's first: there are many more families than messages."""
        forget_pages(self.gateway.data)
        before = scrape(self.gateway.ops)
        report = self.load("--connections", "64", "--rate", str(COLD_RATE), "--duration_s", str(COLD_SECONDS))
        woken = scrape(self.gateway.ops).value("gongji_actor_activations_total") - before.value(
            "gongji_actor_activations_total")
        latency = report["latency_ms"]
        self.add("first touches", f"{woken:,.0f} of {report['counts']['applied']:,} settlements")
        self.add("first touch p50 / p99 / p99.9, ms",
                 f"{latency['p50']:.2f} / {latency['p99']:.2f} / {latency['p99_9']:.2f}")

    def wake_many(self):
        """As many as fit: what memory grows by, for each household that came."""
        start_mb, start = self.resident_mb(), scrape(self.gateway.ops).value("gongji_actors")
        self.load("--tcp", address(self.gateway.tcp), "--connections", "8", "--depth", "64", "--duration_s",
                  str(ACTIVE_SECONDS))
        active = scrape(self.gateway.ops).value("gongji_actors")
        self.add("households in memory", f"{active:,.0f}")
        self.add("resident with them, MB", f"{self.resident_mb():,.0f}")
        self.add("resident peak, MB", f"{status_kb(self.gateway.process.pid, 'VmHWM') / 1024:,.0f}")
        if active > start:
            self.add("growth for each that came, KB",
                     f"{(self.resident_mb() - start_mb) * 1024 / (active - start):.2f}")


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # no gongjid is left behind
    temporary = None if options.keep else tempfile.TemporaryDirectory(prefix="gongji-scale-", dir=options.folder)
    folder = options.keep or temporary.name
    os.makedirs(folder, exist_ok=True)
    gateway = Gateway(folder)
    scale = Scale(options, gateway)
    try:
        scale.steps()
    finally:
        if gateway.process and gateway.process.poll() is None:
            gateway.kill()
        if temporary:
            temporary.cleanup()
    print("| | |\n|---|---:|\n" + "\n".join(f"| {what} | {value} |" for what, value in scale.rows))


if __name__ == "__main__":
    sys.exit(main())
