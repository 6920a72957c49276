"""The log's events: what the sources say and what docs/operating.md explains are the same."""

import re

from tree import SOURCE_FOLDERS, Finding, top_folder

BOOK = "docs/operating.md"
SAID = re.compile(r'(?:log_event|end_now)\(\s*(?:LogLevel::\w+|\d)\s*,\s*"([^"]*)"')
ROW = re.compile(r"^\| ((?:`[a-z_]+`(?:, )?)+) \| (?:trace|debug|info|warn|error|critical)")
NAME = re.compile(r"[a-z]+(_[a-z]+)*$")


def check_events(tree):
    """Every event of the log has a row in docs/operating.md, and every row an event."""
    said = {}
    for path in tree.cpp():
        if top_folder(path) in SOURCE_FOLDERS:
            text = tree.text(path)
            for found in SAID.finditer(text):
                said.setdefault(found[1], (path, text.count("\n", 0, found.start()) + 1))
    rows = {}
    for number, line in tree.lines(BOOK) if tree.has(BOOK) else ():
        if row := ROW.match(line):
            rows.update((name, number) for name in re.findall(r"`([a-z_]+)`", row[1]))
    for name, (path, line) in sorted(said.items()):
        if not NAME.match(name):
            yield Finding(path, line, f'an event is named in lower case with "_" between words: {name}')
        elif name not in rows:
            yield Finding(path, line, f"the event {name} is not explained in {BOOK}")
    for name in sorted(set(rows) - set(said)):
        yield Finding(BOOK, rows[name], f"nothing says the event {name}")
