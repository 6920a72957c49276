#!/usr/bin/env python3
"""The year-end roll of many accounts beside a settlement load, with a kill -9 in the middle.

Imports accounts with current-year money on a day before the year closed, rolls them all under an
open-loop load, kills the gateway halfway, starts it again and lets the roll go on; then checks from
the journal, account by account, that each was rolled once and what it holds. Exit code 1 when
anything does not hold. Needs Linux, a C compiler and a release build.
"""

import argparse
import collections
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
os.environ.setdefault("GONGJI_SOURCE_DIR", str(ROOT))
os.environ.setdefault("GONGJI_BIN_DIR", str(ROOT / "build" / "release" / "bin"))
sys.path[:0] = [str(ROOT / "tests" / "e2e"), str(pathlib.Path(__file__).resolve().parent)]

import shifted_clock  # noqa: E402
from fixed_ports import FixedPorts  # noqa: E402
from roll_checks import journal_faults, person_faults  # noqa: E402
from roll_progress import Progress, Watch, load_figures  # noqa: E402
from roll_report import write_evidence  # noqa: E402

CARRYOVER_FEN = 10_000


def account(number):
    return f"318{number:012d}"


def current_year_fen(number):
    """1.00 to 1000.00 yuan, different from its neighbours'."""
    return 100 + number * 7919 % 99_901


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def write_accounts(path, count):
    with open(path, "w") as file:
        for number in range(count):
            file.write(f'{{"type":"person","psn_no":"{account(number)}","psn_name":"结转","insutype":"310",'
                       f'"insuplc_admdvs":"310101","current_year":"{yuan(current_year_fen(number))}",'
                       f'"carryover":"{yuan(CARRYOVER_FEN)}"}}\n')


def closed_year(today):
    """The year of the last 30 June before today."""
    return today.year if (today.month, today.day) >= (7, 1) else today.year - 1


class Experiment:
    def __init__(self, arguments, folder):
        self.arguments, self.folder = arguments, folder
        self.year = closed_year(datetime.date.today())
        self.gateway = FixedPorts(folder)
        self.commands = []  # as they were run, for the report
        self.figures = {"accounts": arguments.accounts, "families": arguments.families,
                        "rate": arguments.rate, "year": self.year, "load_average_before": os.getloadavg()[0]}

    def run(self):
        try:
            self.import_before_the_year_closed()
            self.start_at_the_real_date()
            self.roll_beside_load()
            self.check()
        finally:
            if self.gateway.process and self.gateway.process.poll() is None:
                self.gateway.kill()
        return self.figures

    def noted(self, program, *arguments):
        """The command line as somebody would type it, without the folder of this run."""
        words = [str(word).replace(self.folder + "/", "") for word in (program, *arguments)]
        self.commands.append(" ".join(words))
        return [os.path.join(os.environ["GONGJI_BIN_DIR"], program), *map(str, arguments)]

    def ctl(self, *arguments):
        return self.noted("gongjictl", "--url", "http://%s:%d" % self.gateway.http,
                          "--token-file", self.gateway.token_file, *arguments)

    def load(self, *arguments):
        return self.noted("gongji-load", "--http", "%s:%d" % self.gateway.http, "--families",
                          self.arguments.families, "--token-file", self.gateway.token_file, *arguments)

    def import_before_the_year_closed(self):
        """The clock of the process stands at 20 June and goes on from there, so the money imported
        is of the year that closed since."""
        at = f"{self.year}-06-20 04:00:00"
        self.gateway.environment.update(shifted_clock.at(self.folder, at))
        self.commands.append(f"gongjid --data-dir data ...  # its clock set to {at} by tests/e2e/shifted_clock.c")
        self.gateway.start()
        file = os.path.join(self.folder, "accounts.ndjson")
        write_accounts(file, self.arguments.accounts)
        start = time.monotonic()
        subprocess.run(self.ctl("import", file), check=True, stdout=subprocess.DEVNULL)
        self.figures["import_s"] = round(time.monotonic() - start, 1)
        subprocess.run(self.load("--prepare"), check=True, stdout=subprocess.DEVNULL)
        if self.gateway.stop(60) != 0:
            raise AssertionError(self.gateway.log_tail())

    def start_at_the_real_date(self):
        for name in ("LD_PRELOAD", "GONGJI_CLOCK_SHIFT_S"):
            del self.gateway.environment[name]
        self.commands.append("gongjid --data-dir data ...")
        start = time.monotonic()
        self.gateway.start()
        self.figures["start_s"] = round(time.monotonic() - start, 2)

    def roll_beside_load(self):
        """One load from before the roll to after it; the roll begins after lead_s seconds."""
        arguments = self.arguments
        report = os.path.join(self.folder, "load.json")
        pace = ["--depth", 64, "--rate", arguments.rate] if arguments.rate else ["--depth", 16]
        command = self.load("--tcp", "%s:%d" % self.gateway.tcp, "--connections", 8, *pace, "--duration_s",
                            arguments.load_s, "--timeout_ms", 30000, "--grace_ms", 30000, "--audit",
                            "--json", report)
        with open(os.path.join(self.folder, "load.txt"), "w") as said:
            load = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
            try:
                time.sleep(arguments.lead_s)
                progress = self.roll_with_a_kill()
                code = load.wait(arguments.load_s + 600)
            finally:
                if load.poll() is None:
                    load.kill()
        with open(report) as file:
            measured = json.load(file)
        self.figures.update(progress.figures(), load=load_figures(measured, progress), load_exit_code=code)
        self.figures["load_audit"] = measured["audit"]
        self.figures["machine"] = measured["machine"]

    def roll_with_a_kill(self):
        progress = Progress(self.arguments.accounts + self.arguments.families)
        roll = self.ctl("roll", "--year", self.year)
        with Watch(self.gateway, self.year, progress) as watch:
            first = subprocess.Popen(roll, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            watch.wait_until_done(self.arguments.kill_at * progress.rolls_due)
            self.commands.append("kill -9 <gongjid>; gongjid --data-dir data ...")
            progress.killed()
            self.gateway.kill()
            self.gateway.start()
            progress.started_again()
            first.kill()  # it would watch on; who comes back calls the command again
            first.wait()
            again = subprocess.run(roll, capture_output=True, text=True)
        progress.ended()
        self.commands.append(roll_line(roll, self.folder))
        self.figures["roll_exit_code"], self.figures["roll_said"] = again.returncode, again.stdout.strip()
        return progress

    def check(self):
        """Everything that would show a roll lost or done twice; faults are counted, some are named."""
        arguments = self.arguments
        start = time.monotonic()
        due = {account(number): current_year_fen(number) for number in range(arguments.accounts)}
        faults = person_faults(self.gateway, due, CARRYOVER_FEN, step=max(1, arguments.accounts // 2000))
        faults += journal_faults(self.gateway, due, self.figures)
        self.figures["check_s"] = round(time.monotonic() - start, 1)
        if self.gateway.stop(60) != 0:
            faults.append("the drain failed: " + self.gateway.log_tail())
        start = time.monotonic()
        self.commands.append("gongjictl --data-dir data audit")
        code, said = self.gateway.audit()
        self.figures.update(audit_exit_code=code, audit_s=round(time.monotonic() - start, 1), audit_said=said)
        lines = collections.Counter(f"{what} exit code {self.figures[what]}" for what in
                                    ("audit_exit_code", "load_exit_code", "roll_exit_code") if self.figures[what])
        faults += list(lines)
        self.figures["faults"], self.figures["first_faults"] = len(faults), faults[:20]


def roll_line(command, folder):
    return " ".join(word.replace(folder + "/", "") for word in ["gongjictl", *command[1:]])


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accounts", type=int, default=1_000_000)
    parser.add_argument("--families", type=int, default=10_000, help="of the load")
    parser.add_argument("--rate", type=int, default=2_000,
                        help="settlements a second, open loop; 0: closed loop, 128 in flight")
    parser.add_argument("--lead_s", type=int, default=30, help="load alone, before the roll")
    parser.add_argument("--load_s", type=int, default=300, help="seconds of load; should outlast the roll")
    parser.add_argument("--kill_at", type=float, default=0.5, help="share of the accounts when the kill comes")
    parser.add_argument("--folder", help="for the data, which is then kept; absent: a temporary one")
    parser.add_argument("--evidence", help="NAME: write docs/evidence/<date>-NAME.json and .md")
    parser.add_argument("--json", help="write the figures to this file")
    parser.add_argument("--beside", default="", help="what else the machine was doing, for the report")
    return parser.parse_args()


def main():
    arguments = parse()
    folder = arguments.folder or tempfile.mkdtemp(prefix="gongji-roll-")
    os.makedirs(folder, exist_ok=True)
    experiment = Experiment(arguments, folder)
    try:
        figures = experiment.run()
    finally:
        if not arguments.folder:
            shutil.rmtree(folder, ignore_errors=True)
    said = [word for word in sys.argv[1:] if word not in (arguments.beside, arguments.folder, arguments.json)]
    figures.update(commands=experiment.commands, beside=arguments.beside,
                   arguments=" ".join(word for word in said if word not in ("--beside", "--folder", "--json")))
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    if arguments.evidence:
        write_evidence(ROOT, arguments.evidence, figures)
    brief = {key: value for key, value in figures.items() if not isinstance(value, (list, dict))}
    print(json.dumps(brief, ensure_ascii=False, indent=1))
    sys.exit(1 if figures["faults"] else 0)


if __name__ == "__main__":
    main()
