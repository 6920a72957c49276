#!/usr/bin/python3
"""Writes monitoring/rules, monitoring/grafana and monitoring/thresholds.hpp from the tables beside it.

  generate.py                     writes the files
  generate.py --check             writes nothing, says what differs (exit code 1)
  generate.py --faster 60 DIR     rules alone, into DIR, with every window and pause divided by 60
"""

import argparse
import json
import sys
from pathlib import Path

import alerts
import dashboards
import thresholds
import write_rules

MONITORING = Path(__file__).resolve().parents[1]


def rule_files(faster=1):
    files = {"rules/recording.yml": write_rules.recording_yaml(faster)}
    for group in alerts.GROUPS:
        files[f"rules/{group}.yml"] = write_rules.alerts_yaml(group, faster)
    return files


def thresholds_header():
    """The same figures for the program: its own page must not judge otherwise than the alerts."""
    lines = ["// Thresholds that the alerts, the dashboards and the ops page share. Written by",
             "// monitoring/generator/generate.py; change monitoring/generator/thresholds.py.",
             "#pragma once", "", "namespace gongji::monitoring {", ""]
    for name, value in vars(thresholds).items():
        if name.isupper() and isinstance(value, (int, float)):
            constant = "k" + "".join(word.capitalize() for word in name.split("_"))
            lines.append(f"constexpr double {constant} = {value:g};")
    return "\n".join([*lines, "", "}  // namespace gongji::monitoring", ""])


def all_files():
    files = rule_files() | {"thresholds.hpp": thresholds_header()}
    for group in alerts.GROUPS:
        for name, text in write_rules.tests_yaml(group):
            files[f"rules/tests/{name}.yml"] = text
    for name, dashboard in dashboards.all_dashboards().items():
        files[f"grafana/{name}.json"] = json.dumps(dashboard, indent=1, ensure_ascii=False) + "\n"
    return files


def write(files, folder):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def differing(files, folder):
    """Files that are not what the tables say, and files the tables do not know."""
    for name, text in files.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield name
    for path in sorted((folder / "grafana").glob("*.json")) + sorted((folder / "rules").rglob("*.yml")):
        if str(path.relative_to(folder)) not in files:
            yield str(path.relative_to(folder))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--faster", type=float, default=0)
    parser.add_argument("folder", nargs="?", type=Path)
    options = parser.parse_args()
    if options.faster:
        write(rule_files(options.faster), options.folder)
        return 0
    if not options.check:
        write(all_files(), options.folder or MONITORING)
        return 0
    faults = list(differing(all_files(), options.folder or MONITORING))
    for name in faults:
        print(f"monitoring/{name}: not what monitoring/generator/generate.py writes")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
