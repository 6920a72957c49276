#!/usr/bin/env python3
"""Which rules, worked examples and reasons have a test that passes.

Looks into every test program for tests named Rules.SH_24_…, WorkedExamples.W08 and Reasons.E_QUOTA…,
runs them, and reads the reasons with their sentences and next steps from domain/reason.cpp. What is
missing, or fails, is listed and makes the exit code 1.

usage: coverage.py SOURCE_DIR BIN_DIR
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAMS = ["test_domain", "test_actors", "test_gateway", "test_config", "test_rules"]
SUITES = ["Rules", "WorkedExamples", "Reasons", "Provinces"]
RULES = {"SH": 44, "SX": 41, "GX": 15}
EXAMPLES = {"W": 30, "X": 26}
REASON_ROW = re.compile(
    r'\{k\w+,\s*"(E_[A-Z_]+)",\s*Step::k(\w+),\s*"([^"]+)"\}', re.MULTILINE)


def reasons_of(source):
    """[(code, next step, sentence)] in the order of the enumeration."""
    rows = REASON_ROW.findall((source / "domain/reason.cpp").read_text(encoding="utf-8"))
    return [(code, re.sub("(?<=[a-z])(?=[A-Z])", "_", step).upper(), sentence)
            for code, step, sentence in rows]


def run(program):
    """{suite: {test name: passed}} of one program."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        chosen = ":".join(f"{suite}.*" for suite in SUITES)
        done = subprocess.run([str(program), f"--gtest_filter={chosen}", "--gtest_brief=1",
                               f"--gtest_output=json:{report.name}"],
                              capture_output=True, text=True, check=False)
        try:
            told = json.loads(pathlib.Path(report.name).read_text(encoding="utf-8"))
        except ValueError:
            raise SystemExit(f"{program} ended without a report:\n{done.stdout}{done.stderr}")
    found = {}
    for suite in told.get("testsuites", []):
        tests = found.setdefault(suite["name"], {})
        for test in suite["testsuite"]:
            if test["status"] == "RUN":
                tests[test["name"]] = "failures" not in test
    return found


def run_all(programs):
    """{suite: {test name: passed}} of all of them, and the faults on the way."""
    found = {suite: {} for suite in SUITES}
    faults = []
    for program in programs:
        if not program.exists():
            faults.append(f"{program} is not built")
            continue
        for suite, tests in run(program).items():
            found[suite].update(tests)
    faults += [f"{suite}.{name} fails" for suite, tests in found.items()
               for name, passed in tests.items() if not passed]
    return found, faults


def numbered(prefixes, joint):
    return [f"{prefix}{joint}{number:02}" for prefix, last in prefixes.items()
            for number in range(1, last + 1)]


def passing(tests, name):
    """A test that passes and whose name begins with `name`."""
    return any(passed and (test == name or test.startswith(name + "_"))
               for test, passed in tests.items())


def report_ids(found, faults):
    for suite, wanted, what in (("Rules", numbered(RULES, "_"), "rule ids tested"),
                                ("WorkedExamples", numbered(EXAMPLES, ""), "worked examples")):
        tested = [name for name in wanted if passing(found[suite], name)]
        print(f"{len(tested)} of {len(wanted)} {what}")
        faults += [f"{name.replace('_', '-')} has no passing test"
                   for name in wanted if name not in tested]


def produced(tests, code, all_codes):
    """E_QUOTA is not shown by a test of E_QUOTA_STALE."""
    longer = [other for other in all_codes if other.startswith(code + "_")]
    return any(passed and (name == code or name.startswith(code + "_")) and
               not any(name == other or name.startswith(other + "_") for other in longer)
               for name, passed in tests.items())


def report_reasons(found, reasons, faults):
    codes = [code for code, _, _ in reasons]
    shown = [code for code in codes if produced(found["Reasons"], code, codes)]
    print(f"{len(shown)} of {len(codes)} reason codes produced:")
    for code, step, sentence in reasons:
        print(f"  {code:27} {step:10} {sentence}")
        if code not in shown:
            faults.append(f"{code} is produced by no passing test Reasons.{code}…")
        if not re.search("[\u4e00-\u9fff]", sentence):
            faults.append(f"{code} has no Chinese sentence")
    if len(shown) == len(codes):
        print("every reason code produced")


def main(source, binaries):
    found, faults = run_all([binaries / program for program in PROGRAMS])
    reasons = reasons_of(source)
    report_ids(found, faults)
    report_reasons(found, reasons, faults)
    print(f"{sum(found['Provinces'].values())} examples of other provinces")
    if len(reasons) < 40:
        faults.append("the reasons could not be read from domain/reason.cpp")
    for fault in faults:
        print("MISSING: " + fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
