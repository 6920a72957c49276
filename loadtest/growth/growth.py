"""Settles until the journal is long, then settles in it and in a fresh store in turn: what does length cost?

Both stores hold the same families and both gateways stay up; only one is loaded at a time."""

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from gateway import BIN, Gateway

CONNECTIONS, DEPTH = 8, 64
STEP = 1_000_000
REST_S = 5  # between loads: what the last one left to write is written


def arguments():
    parser = argparse.ArgumentParser(prog="loadtest/growth/run", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--settlements", type=int, default=10_000_000, help="in the long journal")
    parser.add_argument("--families", type=int, default=20_000)
    parser.add_argument("--pairs", type=int, default=5, help="of runs, long and fresh in turn")
    parser.add_argument("--count", type=int, default=STEP, help="settlements of each run of a pair")
    parser.add_argument("--folder", default="/var/tmp", help="where the stores lie meanwhile")
    return parser.parse_args()


def bytes_below(folder):
    return sum(os.path.getsize(os.path.join(where, name)) for where, _, names in os.walk(folder) for name in names)


def resident_mb(gateway):
    with open(f"/proc/{gateway.process.pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:")) / 1024


class Store:
    """One gateway, and how much was settled in it."""

    def __init__(self, folder, families):
        os.makedirs(folder)
        self.families, self.settled, self.runs = families, 0, 0
        self.gateway = Gateway(folder).start()
        self.load("--prepare")

    def load(self, *more):
        with tempfile.NamedTemporaryFile(suffix=".json") as report:
            subprocess.run(
                [os.path.join(BIN, "gongji-load"), "--http", "{}:{}".format(*self.gateway.http), "--families",
                 str(self.families), "--token-file", self.gateway.token_file, "--json", report.name, *more],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            text = report.read()
            return json.loads(text) if text else None

    def settle(self, count):
        """Settlements a second and the gateway's processor time for one, in microseconds."""
        self.runs += 1
        report = self.load("--tcp", "{}:{}".format(*self.gateway.tcp), "--connections", str(CONNECTIONS), "--depth",
                           str(DEPTH), "--count", str(count), "--seed", str(1000 + self.runs), "--server_pid",
                           str(self.gateway.process.pid))
        if report["counts"]["applied"] != count:
            raise AssertionError(f"not all were settled: {report['counts']}")
        self.settled += count
        return report["settlements_per_s"], report["processor_us_per_message"]["gateway"]


def fill(store, settlements):
    began = time.monotonic()
    while store.settled < settlements:
        rate, cost_us = store.settle(min(STEP, settlements - store.settled))
        print(f"{store.settled:>12,} settled in {time.monotonic() - began:,.0f} s; the last {rate:,.0f}/s, "
              f"{cost_us:.1f} us each", file=sys.stderr, flush=True)


def compare(options, folder, long):
    pairs = []
    for number in range(options.pairs):
        fresh = Store(os.path.join(folder, f"fresh-{number}"), options.families)
        try:
            pair = []
            for store in (long, fresh):
                time.sleep(REST_S)
                pair.append(store.settle(options.count))
            pairs.append(pair)
            print(f"long {pair[0][0]:,.0f}/s {pair[0][1]:.1f} us, fresh {pair[1][0]:,.0f}/s {pair[1][1]:.1f} us",
                  file=sys.stderr, flush=True)
        finally:
            fresh.gateway.kill()
            shutil.rmtree(fresh.gateway.folder)
    return pairs


def report(options, long, pairs):
    print(f"| run of {options.count:,} | long journal, /s | fresh, /s | ratio | long, us | fresh, us |")
    print("|---|---:|---:|---:|---:|---:|")
    for number, ((long_rate, long_us), (fresh_rate, fresh_us)) in enumerate(pairs, 1):
        print(f"| {number} | {long_rate:,.0f} | {fresh_rate:,.0f} | {long_rate / fresh_rate:.2f} | {long_us:.1f} "
              f"| {fresh_us:.1f} |")
    ratio = statistics.median(pair[0][0] / pair[1][0] for pair in pairs)
    size = bytes_below(long.gateway.data)
    print(f"\n{long.settled:,} settlements in the long journal; median ratio {ratio:.2f}; "
          f"{size / long.settled:.0f} bytes of disk for each; {resident_mb(long.gateway):,.0f} MB resident.")


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # no gongjid is left behind
    with tempfile.TemporaryDirectory(prefix="gongji-growth-", dir=options.folder) as folder:
        long = Store(os.path.join(folder, "long"), options.families)
        try:
            fill(long, options.settlements)
            report(options, long, compare(options, folder, long))
        finally:
            long.gateway.kill()


if __name__ == "__main__":
    sys.exit(main())
