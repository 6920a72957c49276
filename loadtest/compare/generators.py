"""The clients: each sends for some seconds and says how many answers there were."""

import json
import os
import re
import tempfile
import time
from dataclasses import dataclass

import processes

WRK_SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "wrk", "purchase.lua")
PGBENCH_SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "postgres", "settle.pgbench")
GONGJI_LOAD = os.path.join(os.environ["GONGJI_BIN_DIR"], "gongji-load")
REDIS_NUMBERS = 2**31 - 1  # it draws no larger ones
PROBE = 20_000


@dataclass
class Answers:
    answers: int
    seconds: float
    p50_ms: float = 0
    p99_ms: float = 0
    faults: int = 0  # answers that were not what they should be, broken connections
    abandoned_max: int = 0  # may have been applied after the client left
    repeated_max: int = 0  # may have asked under a number drawn before: answered, not journaled again

    @property
    def per_second(self):
        return self.answers / self.seconds


def run_tag():
    """Eight characters that no other run has."""
    number, text = int(time.time() * 1000), ""
    while len(text) < 8:
        number, digit = divmod(number, 36)
        text = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + text
    return text


def wrk(port, families_file, seconds, hot=False, connections=64):
    said = processes.output_of(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", WRK_SCRIPT, f"http://127.0.0.1:{port}", "--",
         run_tag(), families_file, "hot" if hot else "uniform"])
    found = json.loads(re.search(r"^RESULT (.*)$", said, re.MULTILINE)[1])
    return Answers(found["answers"], found["seconds"], found["p50_ms"], found["p99_ms"],
                   found["not_200"] + found["broken"], connections)


def gongji_load(address, families, seconds, profile="uniform", connections=8, depth=64):
    """`address`: the arguments that say where to, "--tcp 127.0.0.1:8090"."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        processes.output_of([GONGJI_LOAD, *address, "--connections", str(connections), "--depth", str(depth),
                             "--families", str(families), "--duration_s", str(seconds), "--profile", profile,
                             "--json", report.name])
        found = json.load(report)
    return _from_gongji_load(found)


def _from_gongji_load(found):
    counts, latency = found["counts"], found["latency_ms"]
    return Answers(counts["applied"], found["seconds"], latency["p50"], latency["p99"],
                   counts["refused"] + counts["busy"] + counts["unknown"])


def pgbench(postgres, families, seconds, clients=32):
    said = processes.output_of(
        ["pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds), "-D",
         f"families={families}", "-D", f"run={int(time.time() * 1000)}", "-D", "n=0", "-f", PGBENCH_SCRIPT],
        env=postgres.client())
    answers = int(re.search(r"transactions actually processed: (\d+)", said)[1])
    per_second = re.search(r"tps = ([\d.]+)", said)  # missing when there was not one
    failed = int(re.search(r"number of failed transactions: (\d+)", said)[1])
    return Answers(answers, answers / float(per_second[1]) if per_second else seconds, faults=failed)


def redis_benchmark(redis, seconds, connections, depth):
    """A short run says how many make up `seconds`."""
    probe = _redis_count(redis, PROBE, connections, depth)
    found = _redis_count(redis, max(PROBE, int(probe.per_second * seconds)), connections, depth)
    found.abandoned_max = PROBE + 2 * connections * depth  # either run may answer a pipeline more than it counts
    found.repeated_max = found.answers // 100
    return found


def _redis_count(redis, count, connections, depth):
    said = processes.output_of(
        ["redis-benchmark", "-p", str(redis.port), "-c", str(connections), "-P", str(depth), "-n", str(count), "-r",
         str(REDIS_NUMBERS), "--csv", "EVALSHA", redis.bench_script, "0", "__rand_int__", "bench", "4200"])
    cells = [cell.strip('"') for cell in said.strip().splitlines()[-1].split(",")]
    per_second, p50, p99 = float(cells[1]), float(cells[4]), float(cells[6])
    return Answers(count, count / per_second, p50, p99)
