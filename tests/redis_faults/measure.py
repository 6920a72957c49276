"""Figures about the hot balances: python3 measure.py lag|cost|reads, with the environment of README.md.

lag    how far the copy is behind at 50 % and 90 % of what the machine can do
cost   processor time a settlement, without Redis and with different gathering times
reads  1101 of sleeping households from Redis, and by waking them
"""

import os
import statistics
import sys
import tempfile
import time

from clients import Frames, import_lines
from gateway import Gateway
from messages import PHARMACY, a_person, envelope, sign_in
from redis_servers import Redis, caught_up, metric
from under_load import FAMILIES, SECONDS, Load, capacity, prepare

TICKS = os.sysconf("SC_CLK_TCK")
ROUNDS = int(os.environ.get("GONGJI_REDIS_ROUNDS", "5"))
PERSONS = int(os.environ.get("GONGJI_REDIS_PERSONS", "100000"))


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0


def cpu_seconds(process):
    with open(f"/proc/{process.pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def rss_mib(process):
    with open(f"/proc/{process.pid}/status") as file:
        return next(int(line.split()[1]) // 1024 for line in file if line.startswith("VmRSS"))


def wait_for_copy(gateway):
    while not caught_up(gateway):
        time.sleep(0.05)


class Bench:
    def __init__(self, *settings, redis=True):
        self.folder = tempfile.TemporaryDirectory()
        self.redis = Redis().start() if redis else None
        url = [f"redis.url={self.redis.url()}"] if redis else []
        self.gateway = Gateway(self.folder.name, url + list(settings)).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.gateway.kill()
        if self.redis:
            self.redis.stop()
        self.folder.cleanup()


def lag():
    with Bench() as bench:
        prepare(bench.gateway)
        wait_for_copy(bench.gateway)
        most = capacity(bench.gateway)
        print(f"capacity {most:.0f} settlements/s, {FAMILIES} families")
        for share in (0.5, 0.9):
            load = Load(bench.gateway, round(most * share), SECONDS)
            records, seconds = [], []
            while load.process.poll() is None:
                records.append(metric(bench.gateway, "hot_balance_lag_records"))
                seconds.append(metric(bench.gateway, "hot_balance_lag_seconds"))
                time.sleep(0.02)
            load.stop()
            print(f"at {share:.0%}: lag p50 {percentile(records, .5):.0f} p99 {percentile(records, .99):.0f} records,"
                  f" p50 {percentile(seconds, .5) * 1000:.1f} p99 {percentile(seconds, .99) * 1000:.1f} ms")
            wait_for_copy(bench.gateway)


COSTS = (("without Redis", [], False),
         ("gathering 0 ms", ["redis.flush_interval_ms=0"], True),
         ("gathering 10 ms", [], True),
         ("gathering 100 ms", ["redis.flush_interval_ms=100"], True))


def cost():
    """Rounds over all settings in turn: the machine drifts, so only medians over rounds compare."""
    rate, used = None, {name: [] for name, _, _ in COSTS}
    for _ in range(ROUNDS):
        for name, settings, redis in COSTS:
            with Bench(*settings, redis=redis) as bench:
                prepare(bench.gateway)
                rate = rate or round(capacity(bench.gateway) * 0.5)
                used[name].append(cpu_us_a_settlement(bench, rate))
    print(f"{rate}/s, {FAMILIES} families, medians of {ROUNDS} rounds, us of processor time a settlement")
    without = statistics.median(gongjid for gongjid, _ in used["without Redis"])
    for name, rounds in used.items():
        gongjid, server = (statistics.median(column) for column in zip(*rounds))
        print(f"{name}: gongjid {gongjid:.1f} ({gongjid / without - 1:+.0%}), redis-server {server:.1f};"
              f" rounds {' '.join(f'{each:.1f}' for each, _ in rounds)}")


def cpu_us_a_settlement(bench, rate):
    """Of gongjid and of redis-server, under load once the copy is complete."""
    if bench.redis:
        wait_for_copy(bench.gateway)
    processes = [bench.gateway.process] + ([bench.redis.process] if bench.redis else [])
    before = [cpu_seconds(each) for each in processes]
    done = metric(bench.gateway, "journal_sequence")
    Load(bench.gateway, rate, SECONDS).stop()
    done = metric(bench.gateway, "journal_sequence") - done
    used = [(cpu_seconds(each) - old) * 1e6 / done for each, old in zip(processes, before)]
    return used[0], used[1] if bench.redis else 0.0


def ask_all(gateway, persons):
    frames, times = Frames(gateway.tcp, PHARMACY, sign_in()), []
    for person in persons:
        began = time.perf_counter()
        answer = frames.ask(envelope("1101", {"data": {"mdtrt_cert_type": "01", "mdtrt_cert_no": person}}))
        times.append((time.perf_counter() - began) * 1e6)
        if answer["infcode"] != 0:
            raise AssertionError(answer)
    frames.close()
    return times


def reads():
    persons = [str(31010100000000000000100000 + i) for i in range(PERSONS)]
    for redis in (True, False):
        with Bench("actors.active_max=64", redis=redis) as bench:
            gateway = bench.gateway
            for start in range(0, PERSONS, 5000):
                lines = [a_person(person, "310", "100.00") for person in persons[start:start + 5000]]
                import_lines(gateway, lines, f"measure-{start}")
            if redis:
                wait_for_copy(gateway)
            woken, memory = metric(gateway, "actor_activations_total"), rss_mib(gateway.process)
            times = ask_all(gateway, persons[:-1000])
            print(f"{'from Redis' if redis else 'by waking'}: {len(times)} persons,"
                  f" p50 {percentile(times, .5):.0f} us, p99 {percentile(times, .99):.0f} us,"
                  f" {metric(gateway, 'actor_activations_total') - woken:.0f} woken,"
                  f" memory {memory} to {rss_mib(gateway.process)} MiB", flush=True)


if __name__ == "__main__":
    {"lag": lag, "cost": cost, "reads": reads}[sys.argv[1]]()
