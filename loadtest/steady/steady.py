"""An open loop at a rate the gateway can carry, beside what the disk did in the same window.

`--rate R` sends that many messages a second; `--share S` first measures in a short closed loop how much the
gateway carries, and sends that share of it. Latency counts from when each message was due."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile

import disk
from gateway import BIN, Gateway
from redis_servers import Redis
from scrapes import Window, scrape

PROBE_SECONDS = 6
WARMUP_SECONDS = 3


def arguments():
    parser = argparse.ArgumentParser(prog="loadtest/steady/run", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", default="uniform")
    parser.add_argument("--transport", choices=["tcp", "http"], default="tcp")
    parser.add_argument("--families", type=int, default=10_000)
    much = parser.add_mutually_exclusive_group(required=True)
    much.add_argument("--rate", type=int, help="messages a second")
    much.add_argument("--share", type=float, help="of what a closed loop carries")
    parser.add_argument("--duration_s", type=int, default=30)
    parser.add_argument("--redis", action="store_true", help="keep hot balances in a Redis of its own")
    parser.add_argument("--out", help="write report.json, report.html and steady.md to this folder")
    parser.add_argument("--folder", default="/var/tmp", help="where the store lies: on the disk that matters")
    return parser.parse_args()


def address(listener):
    return "{}:{}".format(*listener)


class Run:
    def __init__(self, options, gateway, folder):
        self.options, self.gateway, self.folder = options, gateway, folder

    def load(self, *more):
        """One gongji-load against the gateway; its JSON report."""
        options = self.options
        where = ["--http", address(self.gateway.http), "--ops", address(self.gateway.ops)]
        shape = ["--connections", "64"]
        if options.transport == "tcp":
            where += ["--tcp", address(self.gateway.tcp)]
            shape = ["--connections", "8", "--depth", "64"]
        with tempfile.NamedTemporaryFile(suffix=".json") as report:
            subprocess.run([os.path.join(BIN, "gongji-load"), *where, *shape, "--profile", options.profile, "--families",
                            str(options.families), "--server_pid", str(self.gateway.process.pid), "--token-file",
                            self.gateway.token_file, "--json", report.name, *more], check=True, stdout=sys.stderr)
            return json.load(report)

    def rate(self):
        """Messages a second to send, and what the closed loop carried, if it was asked."""
        probe = self.load("--prepare", "--duration_s", str(PROBE_SECONDS), "--warmup_s", "1")
        if self.options.rate:
            return self.options.rate, probe["messages_per_s"]
        return int(probe["messages_per_s"] * self.options.share), probe["messages_per_s"]

    def measure(self):
        rate, capacity = self.rate()
        sync_s = disk.sync_times_s(self.folder)
        before = scrape(self.gateway.ops)
        html = ["--html", os.path.join(self.options.out, "report.html")] if self.options.out else []
        report = self.load("--rate", str(rate), "--duration_s", str(self.options.duration_s + WARMUP_SECONDS),
                           "--warmup_s", str(WARMUP_SECONDS), "--disk", self.folder, *html)
        window = Window(before, scrape(self.gateway.ops))
        return report, steady_text(self.options, rate, capacity, sync_s, report, window)


def steady_text(options, rate, capacity, sync_s, report, window):
    latency, late, counts = report["latency_ms"], report["sent_late_by_ms"], report["counts"]
    calm, meanwhile = report["latency_outside_stalls_ms"], report["disk"]
    sync_ms = disk.share_of(sync_s, 0.5) * 1000
    seconds = options.duration_s + WARMUP_SECONDS
    rows = [
        ("closed loop, messages/s", f"{capacity:,.0f}"), ("sent, messages/s", f"{rate:,}"),
        ("answered, messages/s", f"{report['messages_per_s']:,.0f}"),
        ("refused, busy, unknown, unsent", " ".join(str(n) for n in (counts["refused"], counts["busy"], counts["unknown"],
                                                                       report["unsent"]))),
        ("latency p50 / p99 / p99.9 / max, ms", " / ".join(f"{latency[k]:.2f}" for k in ("p50", "p99", "p99_9", "max"))),
        ("the same outside the disk's stalls", " / ".join(f"{calm[k]:.2f}" for k in ("p50", "p99", "p99_9", "max"))),
        ("answers that met a stall", f"{1 - calm['count'] / max(latency['count'], 1):.1%}"),
        ("sent late by, p50 / p99 / p99.9, ms", " / ".join(f"{late[k]:.2f}" for k in ("p50", "p99", "p99_9"))),
        ("fdatasync of 4 KiB alone, p50 / p99, ms", f"{sync_ms:.3f} / {disk.share_of(sync_s, 0.99) * 1000:.3f}"),
        ("fdatasync of 4 KiB meanwhile, p50 / p99 / p99.9 / max, ms",
         " / ".join(f"{meanwhile['sync_ms'][k]:.3f}" for k in ("p50", "p99", "p99_9", "max"))),
        ("of them stalls, and how long in all", f"{meanwhile['stalls']:,} of {meanwhile['stall_ms']} ms or more, "
         f"{meanwhile['stalled_s']:.2f} s"),
        ("latency p50 to fdatasync p50", f"{latency['p50'] / sync_ms:.1f}"),
        ("group commits, mean ms, mean records", f"{window.rise('gongji_journal_commit_seconds_count'):,.0f}, "
         f"{window.mean('gongji_journal_commit_seconds') * 1000:.3f}, {window.mean('gongji_journal_commit_records'):.1f}"),
        ("processor of the gateway, share of one core", f"{window.rise('process_cpu_seconds_total') / seconds:.2f}"),
        ("gateway, µs a message", f"{report['processor_us_per_message'].get('gateway', 0):.1f}"),
    ]
    lines = [f"{options.profile}, {options.transport}, {options.duration_s} s"
             + (", hot balances in Redis" if options.redis else ""), "", "| | |", "|---|---:|"]
    lines += [f"| {name} | {value} |" for name, value in rows]
    lines += ["", "Group commits of the same window (write and sync), by time:", "", "| at most, ms | commits |", "|---:|---:|"]
    lines += [f"| {edge * 1000:g} | {count:,} |" for edge, count in window.histogram("gongji_journal_commit_seconds") if count]
    return "\n".join(lines) + "\n"


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # no gongjid is left behind
    if options.out:
        os.makedirs(options.out, exist_ok=True)
    redis = Redis().start() if options.redis else None
    try:
        with tempfile.TemporaryDirectory(prefix="gongji-steady-", dir=options.folder) as folder:
            settings = [f"redis.url=redis://127.0.0.1:{redis.port}"] if redis else []
            with Gateway(folder, settings) as gateway:
                report, text = Run(options, gateway, folder).measure()
    finally:
        if redis:
            redis.stop()
    print(text)
    if options.out:
        with open(os.path.join(options.out, "report.json"), "w") as file:
            json.dump(report, file)
        with open(os.path.join(options.out, "steady.md"), "w") as file:
            file.write(text)


if __name__ == "__main__":
    sys.exit(main())
