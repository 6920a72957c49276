"""Reads docs/integrate: the tables and snippets that a test has to hold, each named by a comment
`<!-- kind: name -->` right before it."""

import pathlib
import re

from gateway import SOURCE

FOLDER = pathlib.Path(SOURCE) / "docs" / "integrate"
PAGES = ("README.md", "signing.md", "retrying.md", "tcp.md", "reconciling.md", "errors.md")


def text(page):
    return (FOLDER / page).read_text(encoding="utf-8")


def after(page, mark):
    """What stands behind a mark, with the indentation of the mark taken away."""
    found = re.search(rf"^( *)<!-- {re.escape(mark)} -->\n", text(page), re.MULTILINE)
    if not found:
        raise AssertionError(f"docs/integrate/{page} has no <!-- {mark} -->")
    rest = text(page)[found.end():]
    return re.sub(rf"^{found[1]}", "", rest, flags=re.MULTILINE)


def snippet(page, mark):
    found = re.match(r"```\w*\n(.*?)\n```\n", after(page, mark), re.DOTALL)
    if not found:
        raise AssertionError(f"docs/integrate/{page}: no snippet right after {mark}")
    return found[1]


def table(page, mark):
    """Rows of cells, without the heading."""
    rows = []
    for line in after(page, mark).splitlines():
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    if len(rows) < 3:
        raise AssertionError(f"docs/integrate/{page}: no table right after {mark}")
    return rows[2:]


def coded(cell):
    """The words of a cell that are set as code."""
    return re.findall(r"`([^`]+)`", cell)


def marks(page):
    return re.findall(r"<!-- ([\w\- :]+) -->", text(page))
