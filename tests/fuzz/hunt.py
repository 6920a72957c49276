#!/usr/bin/python3
"""Plays every fuzz target for a number of executions and prints how many there were and what fell.

  cmake --preset fuzz && ninja -C build/fuzz
  tests/fuzz/hunt.py --executions 1200000

What is new in coverage is kept beside the corpus of its target only with --keep (libFuzzer's -merge); what makes
a target fall is written to the folder it prints, and belongs into the corpus and into a test.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
BINARIES = ROOT / "build/fuzz/bin"
DONE = re.compile(r"Done (\d+) runs in (\d+) second")
COVERED = re.compile(r"cov: (\d+)")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--executions", type=int, default=100_000, help="of each target (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="libFuzzer's (default: %(default)s)")
    parser.add_argument("--targets", nargs="*", help="default: all that are built")
    parser.add_argument("--keep", action="store_true", help="add what covers more to the kept corpora")
    return parser.parse_args()


def built_targets(wanted):
    names = sorted(file.name.removeprefix("fuzz_") for file in BINARIES.glob("fuzz_*"))
    sources = sorted(file.name.removesuffix("_fuzz.cpp") for file in HERE.glob("*_fuzz.cpp"))
    missing = set(wanted or sources) - set(names)
    if missing:
        sys.exit(f"not built: {', '.join(sorted(missing))}. Run: cmake --preset fuzz && ninja -C build/fuzz")
    return wanted or names


def hunt(name, options, fallen):
    corpus = HERE / "corpus" / name
    with tempfile.TemporaryDirectory() as found:
        play = [BINARIES / f"fuzz_{name}", f"-runs={options.executions}", f"-seed={options.seed}", "-max_len=4096",
                "-timeout=20", "-rss_limit_mb=2048", f"-artifact_prefix={fallen}/{name}-"]
        done = subprocess.run([*play, found, corpus], capture_output=True, text=True, errors="replace")
        if options.keep and done.returncode == 0:
            subprocess.run([BINARIES / f"fuzz_{name}", "-merge=1", corpus, found], check=True, capture_output=True)
    ended = DONE.search(done.stderr)
    covered = COVERED.findall(done.stderr)
    executions, seconds = (int(ended[1]), int(ended[2])) if ended else (0, 0)
    good = done.returncode == 0 and executions > 0
    if not good:
        (fallen / f"{name}.log").write_text(done.stderr)
    print(f"{name:<10} {executions:>12,} {seconds:>8} {covered[-1] if covered else '-':>9}  "
          f"{'ok' if good else f'FELL, see {fallen}'}", flush=True)
    return executions, good


def main():
    options = arguments()
    fallen = pathlib.Path(tempfile.mkdtemp(prefix="gongji-fuzz-"))
    print(f"{'target':<10} {'executions':>12} {'seconds':>8} {'coverage':>9}")
    results = [hunt(name, options, fallen) for name in built_targets(options.targets)]
    fell = sum(not good for _, good in results)
    if fell == 0:
        shutil.rmtree(fallen)
    print(f"{sum(count for count, _ in results):,} executions, {len(results) - fell} passed, {fell} failed")
    sys.exit(fell != 0)


if __name__ == "__main__":
    main()
