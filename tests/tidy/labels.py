"""The labels of the tests: those CMake gives and those tests/labels.txt explains are the same."""

import re

from tree import Finding

TABLE = "tests/labels.txt"
GIVEN = re.compile(r"\bLABELS?\s+\"?([a-z0-9_;]+)\"?")


def check_labels(tree):
    """Every label given to a test is explained in tests/labels.txt, and says when it runs."""
    if not tree.has(TABLE):
        yield Finding(TABLE, 0, "is missing")
        return
    known = {}
    for number, line in tree.lines(TABLE):
        words = line.split()
        if words and not line.startswith("#"):
            known[words[0]] = number
            if len(words) < 3 or words[1] not in ("ci", "asked"):
                yield Finding(TABLE, number, "reads: label, ci or asked, what it is")
    for path in tree.ending("CMakeLists.txt"):
        for number, line in tree.lines(path):
            for label in ";".join(GIVEN.findall(line)).split(";"):
                if label and label not in known:
                    yield Finding(path, number, f"label {label} is not explained in {TABLE}")
