"""What one settlement costs a real gongjid: processor time, heap allocations and bytes, over HTTP and TCP.

Steadier than throughput, which the generator and the neighbours share. Prints a table and warns of what is
over the budget; a figure over the budget is no failure. Processor time is measured without the counter of
allocations, which costs some itself."""

import argparse
import json
import os
import struct
import subprocess
import sys
import tempfile
import tomllib

from gateway import BIN, Gateway

HERE = os.path.dirname(os.path.abspath(__file__))
FIGURES = {"processor_us": "µs of processor", "allocations": "allocations", "bytes": "bytes allocated"}
TRANSPORTS = {"tcp": ["--connections", "8", "--depth", "64"], "http": ["--connections", "64"]}


class Counter:
    """The preloaded counter of one gongjid."""

    def __init__(self, folder):
        self.library = os.path.join(folder, "count_allocations.so")
        self.file = os.path.join(folder, "allocations")
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", self.library,
                        os.path.join(HERE, "count_allocations.c")], check=True)
        with open(self.file, "wb") as file:
            file.write(bytes(16))

    def environment(self):
        return {"LD_PRELOAD": self.library, "GONGJI_ALLOCATIONS_FILE": self.file}

    def read(self):
        """Calls and bytes so far."""
        with open(self.file, "rb") as file:
            return struct.unpack("QQ", file.read())


def load(gateway, transport, count, families, *more):
    """One run of gongji-load, every settlement applied; its JSON report."""
    listeners = {"http": ["--http", address(gateway.http)],
                 "tcp": ["--tcp", address(gateway.tcp), "--http", address(gateway.http)]}
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        subprocess.run([os.path.join(BIN, "gongji-load"), *listeners[transport], *TRANSPORTS[transport], "--families",
                        str(families), "--count", str(count), "--server_pid", str(gateway.process.pid), "--token-file",
                        gateway.token_file, "--json", report.name, *more], check=True, stdout=subprocess.DEVNULL)
        found = json.load(report)
    if found["counts"]["applied"] != count:
        raise AssertionError(f"{transport}: of {count} settlements {found['counts']} were answered")
    return found


def address(listener):
    return "{}:{}".format(*listener)


def measure(folder, settlements, families):
    """Figures by transport."""
    found = {transport: {} for transport in TRANSPORTS}
    gateway = Gateway(folder)
    with gateway:
        load(gateway, "tcp", settlements // 4, families, "--prepare")  # wakes the households
        for transport, figures in found.items():
            report = load(gateway, transport, settlements, families)
            figures["processor_us"] = report["processor_us_per_message"]["gateway"]
    counter = Counter(folder)
    gateway.environment.update(counter.environment())
    with gateway:
        load(gateway, "tcp", settlements // 4, families)
        for transport, figures in found.items():
            before = counter.read()
            load(gateway, transport, settlements, families)
            for name, earlier, later in zip(("allocations", "bytes"), before, counter.read()):
                figures[name] = (later - earlier) / settlements
    return found


def over_budget(found, budget):
    """Sentences about what costs more than it may."""
    return [f"{transport}: {figures[name]:,.1f} {what} a settlement, the budget is {budget[transport][name]:,}"
            for transport, figures in found.items() for name, what in FIGURES.items()
            if figures[name] > budget[transport][name]]


def report(found, budget):
    lines = ["What one settlement costs the gateway (budget):"]
    for transport, figures in found.items():
        lines.append(f"  {transport:5}" + "".join(
            f"  {figures[name]:10,.1f} {what} ({budget[transport][name]:,})" for name, what in FIGURES.items()))
    return "\n".join(lines + ["WARNING: over budget: " + words for words in over_budget(found, budget)]) + "\n"


def read_budget():
    with open(os.path.join(HERE, "budget.toml"), "rb") as file:
        return tomllib.load(file)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--settlements", type=int, default=40_000, help="of each measurement [40000]")
    parser.add_argument("--families", type=int, default=500)
    parser.add_argument("--out", help="also write the table to this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = report(measure(folder, options.settlements, options.families), read_budget())
    print(text, end="")
    if options.out:
        with open(options.out, "w") as file:
            file.write(text)


if __name__ == "__main__":
    sys.exit(main())
