"""Where things lie: READMEs, file names, headers nobody uses, tests that mirror the sources."""

import re
from pathlib import PurePosixPath

from includes import INCLUDE
from tree import SOURCE_FOLDERS, Finding, top_folder

# The four questions a folder README answers, and how an answer is recognised: what it is for opens
# the text, the others by their words.
README_ANSWERS = {
    "what it is for": r"\A# .+\n\n[^#\s][^\n]{39,}",
    "what it may include": r"may include|may depend|includes only",
    "where to start reading": r"start(ing)? (reading|with)|where to start|read first",
    "how to add one more": r"add(ing)? (one|a|another|an)\b|one more",
}
SNAKE_CASE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*$")
# Tests that are not the mirror of one source file: their folder says what they are about.
CROSS_CUTTING_TESTS = {"contract", "simulation", "crash", "fuzz", "e2e", "package", "browser", "openapi", "tidy",
                       "support", "exactly_once", "histories", "overload", "smuggling", "conformance", "clients", "watch",
                       "outsiders", "hot_balances", "redis_reader", "redis_faults", "cost", "compare"}
TABLE_TEST_FOLDERS = {"rules", "support"}
# Headers that may be there for tests alone; the in-memory store is a whole implementation of its port.
FOR_TESTS_TOO = ("tests/", "stores/memory/")
# Folders whose tests are another suite's.
TESTED_ELSEWHERE = {
    "app/gongjid": "e2e",
    "domain/transactions": "domain/rules",
    "stores/files": "contract",
    "stores/memory": "contract",
    "stores/redis": "hot_balances",
    "stores/rocksdb": "contract",
}


def source_paths(tree):
    return [path for path in tree.cpp() if top_folder(path) in SOURCE_FOLDERS]


def check_readmes(tree):
    """Every folder that holds sources has a README.md with the four answers."""
    folders = {str(PurePosixPath(path).parent) for path in source_paths(tree)}
    folders |= {top_folder(path) for path in source_paths(tree)}
    folders |= {"tests", "scripts"} & {top_folder(path) for path in tree.paths}
    for folder in sorted(folders):
        readme = f"{folder}/README.md"
        if not tree.has(readme):
            yield Finding(folder, 0, "has no README.md")
            continue
        for question, words in README_ANSWERS.items():
            if not re.search(words, tree.text(readme), re.IGNORECASE):
                yield Finding(readme, 0, f"does not answer: {question}")


def check_names(tree):
    """File names are snake_case, and a header speaks of what it is named after."""
    headers = {path for path in source_paths(tree) if path.endswith(".hpp")}
    for path in tree.cpp():
        stem = PurePosixPath(path).stem
        if not SNAKE_CASE.match(stem):
            yield Finding(path, 0, "file names are snake_case")
        elif path in headers and not mentions(tree.text(path), stem):
            yield Finding(path, 0, f"is named after a subject it never mentions: {stem}")


def mentions(text, stem):
    """A word of the name, or the beginning of one, occurs in the text (member, membership)."""
    letters = re.sub(r"[^a-z0-9]", "", re.sub(r"#include.*", "", text).lower())
    return any(word[:5] in letters for word in stem.split("_"))


def check_orphans(tree):
    """Every header is included by something other than its own source file and tests."""
    included = {}
    for path in tree.cpp():
        for _, line in tree.lines(path):
            found = INCLUDE.match(line)
            if found and found[1] == '"':
                included.setdefault(found[2], set()).add(path)
    for path in tree.ending(".hpp"):
        users = included.get(path, set()) - {path.replace(".hpp", ".cpp")}
        if not path.startswith(FOR_TESTS_TOO):
            users = {user for user in users if top_folder(user) != "tests"}
        if not users:
            yield Finding(path, 0, "is included by nothing but its own source file or tests")


def check_mirror(tree):
    """Tests mirror the sources: tests/<folder>/ speaks of <folder>/, and every folder has some."""
    sources = {str(PurePosixPath(path).parent) for path in source_paths(tree)}
    tests = {str(PurePosixPath(path).parent)[len("tests/"):]: path
             for path in tree.ending("_test.cpp", "_test.py") if path.startswith("tests/")}
    for folder, path in sorted(tests.items()):
        parts = set(folder.split("/"))
        if not parts & (CROSS_CUTTING_TESTS | TABLE_TEST_FOLDERS) and folder not in sources:
            yield Finding(path, 0, f"mirrors nothing: there are no sources in {folder}/")
    for folder in sorted({str(PurePosixPath(path).parent) for path in source_paths(tree)
                          if path.endswith(".cpp")}):
        suite = TESTED_ELSEWHERE.get(folder, folder)
        if not any(test == suite or test.startswith(suite + "/") for test in tests):
            yield Finding(folder, 0, f"has no tests: tests/{suite}/ holds no *_test file")
