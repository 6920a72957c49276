"""Checks that ask a program: clang-format for the sources, bash for the scripts."""

import os
import re
import subprocess

from tree import Finding

SCRIPTS = ("run", "test", ".ci/run")
FORMAT_FAULT = re.compile(r"(.+?):(\d+):\d+: (?:error|warning): ")


def check_format(tree):
    """clang-format (Debian 12's version 14) would change nothing."""
    paths = tree.cpp()
    if not paths:
        return
    done = subprocess.run(["clang-format-14", "--dry-run", "-Werror", *paths], cwd=tree.root,
                          capture_output=True, text=True, check=False)
    found = [FORMAT_FAULT.match(line) for line in done.stderr.splitlines()]
    for path, number in sorted({(hit[1], int(hit[2])) for hit in found if hit}):
        yield Finding(path, number, "not as clang-format would lay it out")
    if done.returncode != 0 and not any(found):
        yield Finding(".clang-format", 0, done.stderr.strip())


def check_scripts(tree):
    """The commands a newcomer types are executable, and bash can read every script."""
    for path in SCRIPTS:
        if not tree.has(path):
            yield Finding(path, 0, "is missing")
        elif not os.access(tree.root / path, os.X_OK):
            yield Finding(path, 0, "is not executable")
    if tree.has(".ci/run") and "./test" not in tree.text(".ci/run"):
        yield Finding(".ci/run", 0, "does not call ./test")
    for path in tree.readable():
        if path.endswith(".sh") or path in SCRIPTS or tree.text(path).startswith("#!/usr/bin/env bash"):
            done = subprocess.run(["bash", "-n", path], cwd=tree.root, capture_output=True,
                                  text=True, check=False)
            if done.returncode != 0:
                yield Finding(path, 0, done.stderr.strip())
