#!/usr/bin/python3
"""Checks the repository itself. `tidy.py` runs every check, `tidy.py NAME…` some of them.

Prints one line per finding and exits 1 when there is any. --root looks at another tree, --list
names the checks.
"""

import argparse
import sys
from pathlib import Path

from docs import check_hops, check_links
from events import check_events
from includes import check_includes
from labels import check_labels
from layout import check_mirror, check_names, check_orphans, check_readmes
from monitoring import check_alerts, check_dashboards, check_generated
from text import check_headers, check_sizes, check_words
from tools import check_format, check_scripts
from tree import Tree

CHECKS = {
    "includes": check_includes,
    "readmes": check_readmes,
    "names": check_names,
    "orphans": check_orphans,
    "mirror": check_mirror,
    "sizes": check_sizes,
    "words": check_words,
    "headers": check_headers,
    "links": check_links,
    "hops": check_hops,
    "labels": check_labels,
    "events": check_events,
    "format": check_format,
    "scripts": check_scripts,
    "alerts": check_alerts,
    "dashboards": check_dashboards,
    "generated": check_generated,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checks", nargs="*", metavar="NAME")
    parser.add_argument("--root", default=Path(__file__).resolve().parents[2])
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if options.list:
        for name, check in CHECKS.items():
            print(f"{name:9} {check.__doc__}")
        return 0
    if unknown := [name for name in options.checks if name not in CHECKS]:
        parser.error(f"no such check: {', '.join(unknown)}")
    tree = Tree(options.root)
    findings = [finding for name in options.checks or CHECKS for finding in CHECKS[name](tree)]
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
