"""gongji beside what a user would otherwise run, on this machine, in interleaved rounds.

All servers stand beside each other and are idle but for the one whose turn it is. Each round measures each
once; rounds start at another place of the list, so that none always follows the same one. Before the
rounds everybody answers the same table of splits; afterwards everybody's books are audited."""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import households
import processes
import split_cases
from contender_gongji import Gongji
from contender_nginx import Nginx
from contender_node import Node
from contender_postgres import Postgres
from contender_redis import Redis
from measurements import MEASUREMENTS
from report import html_report, markdown_report

WARMUP_SECONDS = 1


def arguments():
    parser = argparse.ArgumentParser(prog="loadtest/compare/run", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5, help="of each measurement [5]")
    parser.add_argument("--families", type=int, default=10000)
    parser.add_argument("--only", action="append", default=[], metavar="KEY",
                        choices=[m.key for m in MEASUREMENTS], help="measure this; may be repeated [all]: "
                        + ", ".join(m.key for m in MEASUREMENTS))
    parser.add_argument("--out", default="build/compare/result",
                        help="folder for rounds.jsonl, table.md and report.html; rounds found there are kept and added to")
    parser.add_argument("--folder", default="/var/tmp", help="where the databases lie while it runs: on the disk that matters")
    return parser.parse_args()


def say(text):
    print(text, file=sys.stderr, flush=True)


class Stage:
    """All servers, in the order they start in."""

    def __init__(self, folder):
        postgres, redis = Postgres(folder), Redis(folder)
        self.contenders = {"gongji": Gongji(folder), "postgres": postgres, "redis": redis,
                           "node_postgres": Node(folder, postgres, "postgres"),
                           "node_redis": Node(folder, redis, "redis"), "nginx": Nginx(folder)}

    def start(self, families_file, families):
        for contender in self.contenders.values():
            say(f"starting {contender.name}")
            contender.start(families_file, families)

    def same_splits(self):
        """Sentences about who splits a bill otherwise than the table."""
        return [f"{self.contenders[key].name}: {difference}" for key in ("gongji", "node_postgres", "node_redis")
                for difference in split_cases.differences(self.contenders[key].port)]

    def audits(self):
        found = [(contender.name, contender.audit()) for contender in self.contenders.values()]
        return [f"{name}: {problem}" for name, problem in found if problem]

    def stop(self):
        for contender in reversed(self.contenders.values()):
            contender.stop()


def measure(measurement, contender, families_file, families, seconds):
    """The answers of one turn; what was answered must be in the journal, once."""
    measurement.send(contender, families_file, families, WARMUP_SECONDS)
    processes.rest()
    before = contender.journaled()
    processes.rest()
    answers = measurement.send(contender, families_file, families, seconds)
    processes.rest()
    after = contender.journaled()
    if before is not None and not (answers.answers - answers.repeated_max <= after - before
                                   <= answers.answers + answers.abandoned_max):
        answers.faults += 1
        say(f"  {measurement.key}: {answers.answers} answers, {after - before} journal rows")
    return answers


def play_round(stage, options, families_file, first):
    chosen = [m for m in MEASUREMENTS if not options.only or m.key in options.only]
    first %= len(chosen)
    row = {"commit": commit(), "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "seconds": options.seconds,
           "measured": {}}
    for measurement in chosen[first:] + chosen[:first]:
        answers = measure(measurement, stage.contenders[measurement.contender], families_file, options.families,
                          options.seconds)
        row["measured"][measurement.key] = {"per_second": round(answers.per_second, 1), "p50_ms": answers.p50_ms,
                                            "p99_ms": answers.p99_ms, "faults": answers.faults}
        say(f"  {measurement.label}: {answers.per_second:,.0f}/s, {answers.faults} faults")
    return row


def commit():
    done = subprocess.run(["git", "-C", os.environ["GONGJI_SOURCE_DIR"], "rev-parse", "--short", "HEAD"],
                          capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def rounds_of(path):
    if not os.path.exists(path):
        return []
    with open(path) as file:
        return [json.loads(line) for line in file]


def write_reports(out, rounds):
    for name, text in (("table.md", markdown_report(rounds)), ("report.html", html_report(rounds))):
        with open(os.path.join(out, name), "w") as file:
            file.write(text)


def run(options, folder):
    os.makedirs(options.out, exist_ok=True)
    record = os.path.join(options.out, "rounds.jsonl")
    families_file = os.path.join(folder, "families.tsv")
    households.list_families(families_file, options.families)
    stage = Stage(folder)
    try:
        stage.start(families_file, options.families)
        problems = stage.same_splits()
        for number in range(options.rounds if not problems else 0):
            say(f"round {number + 1} of {options.rounds}")
            row = play_round(stage, options, families_file, 3 * len(rounds_of(record)))
            with open(record, "a") as file:
                file.write(json.dumps(row) + "\n")
        problems += stage.audits()
    finally:
        stage.stop()
    rounds = rounds_of(record)
    if rounds:
        write_reports(options.out, rounds)
        print(markdown_report(rounds))
    for problem in problems:
        say("WRONG: " + problem)
    faults = sum(found["faults"] for row in rounds for found in row["measured"].values())
    return 1 if problems or faults else 0


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # nobody's server is left behind
    folder = tempfile.mkdtemp(prefix="gongji-compare-", dir=options.folder)
    os.chmod(folder, 0o755)  # PostgreSQL runs as another user
    try:
        return run(options, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
