"""Who buys: the families of gongji-load, the same for everybody; and the families of the table of splits.

`bench` families have the same money under numbers that pgbench and redis-benchmark can count out."""

import os
import subprocess
from dataclasses import dataclass

FUND_FEN = 100_000_000_000  # of every organiser: no run empties it


@dataclass(frozen=True)
class Account:
    psn_no: str
    organiser: str  # "" = nobody's fund pays for him
    balance_fen: int


def list_families(path, families):
    """The file that wrk reads: organiser, child, certificate, area, separated by tabs."""
    with open(path, "w") as file:
        subprocess.run([os.path.join(os.environ["GONGJI_BIN_DIR"], "gongji-load"), "--list_families",
                        "--families", str(families)], stdout=file, check=True)


def accounts(path):
    """Of the listed families, and as many of the bench."""
    with open(path) as file:
        rows = [line.split("\t") for line in file]
    for number, (organiser, child, *_) in enumerate(rows, start=1):
        yield Account(organiser, "", FUND_FEN)
        yield Account(child, organiser, 0)
        yield Account(f"bench-organiser-{number}", "", FUND_FEN)
        yield Account(f"bench-{number}", f"bench-organiser-{number}", 0)
