"""The documents: links that lead somewhere, and the eight hops of a settlement."""

import re
from pathlib import PurePosixPath

from tree import Finding

LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
MENTION = re.compile(r"(?<![\w/.\-*>}])((?:\.\./)*[\w\-./]*\w\.md)\b")
FENCE = re.compile(r"^\s*(```|~~~)")
HOPS = 8
HOP_LINE = re.compile(r"//\s*Hop (\d+) of 8\b")
NEXT_HOP = re.compile(r"Next hop:\s*([\w/]+\.[hc]pp)")
STORY = "docs/life_of_a_settlement.md"


def check_links(tree):
    """Every relative link of a document resolves, and every .md named in a comment exists."""
    for path in tree.ending(".md"):
        for number, target in links(tree, path):
            fault = link_fault(tree, path, target)
            if fault:
                yield Finding(path, number, fault)
    for path in tree.ending(".hpp", ".cpp", ".cmake", "CMakeLists.txt", ".toml", ".sh", ".yml"):
        for number, line in tree.lines(path):
            for name in map(lambda mention: mention.lstrip("/"), MENTION.findall(line)):
                if not tree.has(name) and not tree.has(resolved(path, name)):
                    yield Finding(path, number, f"speaks of {name}, which does not exist")


def links(tree, path):
    fenced = False
    for number, line in tree.lines(path):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            for target in LINK.findall(re.sub(r"`[^`]*`", "", line)):
                yield number, target


def link_fault(tree, path, target):
    if re.match(r"[a-z]+:", target):
        return None  # an outside address; check_words judges those
    file, _, anchor = target.partition("#")
    goal = resolved(path, file) if file else path
    if not tree.has(goal):
        return f"links to {target}, which does not exist"
    if anchor and goal.endswith(".md") and anchor not in anchors(tree.text(goal)):
        return f"links to {target}: {goal} has no such heading"
    return None


def resolved(path, target):
    parts = []
    for part in (PurePosixPath(path).parent / target).parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def anchors(text):
    """Headings as the usual viewers turn them into anchors."""
    found = set()
    for line in text.splitlines():
        heading = re.match(r"#+\s+(.*?)\s*#*$", line)
        if heading:
            words = re.sub(r"[^\w\- ]", "", heading[1].lower())
            found.add(words.replace(" ", "-"))
    return found


def check_hops(tree):
    """A settlement's path is eight files that open with their hop and name the next; the story links them."""
    files = {}
    for path in tree.cpp():
        if found := HOP_LINE.match(tree.text(path)):
            files.setdefault(int(found[1]), []).append(path)
    for hop in range(1, HOPS + 1):
        if len(files.get(hop, [])) != 1:
            named = ", ".join(files.get(hop, [])) or "none"
            yield Finding(STORY, 0, f"exactly one file opens with 'Hop {hop} of 8', found: {named}")
    for hop in sorted(set(files) - set(range(1, HOPS + 1))):
        yield Finding(files[hop][0], 1, f"there is no hop {hop}")
    hops = {hop: paths[0] for hop, paths in files.items() if len(paths) == 1 and 1 <= hop <= HOPS}
    yield from faults_in_chain(tree, hops)
    yield from faults_in_story(tree, [hops[hop] for hop in sorted(hops)])


def faults_in_chain(tree, hops):
    for hop, path in sorted(hops.items()):
        found = NEXT_HOP.search(opening_comment(tree.text(path)))
        if hop < HOPS and not found:
            yield Finding(path, 1, "does not say 'Next hop: <file>'")
        elif found and found[1] != hops.get(hop + 1, found[1]):
            yield Finding(path, 1, f"names {found[1]} as the next hop; it is {hops[hop + 1]}")


def opening_comment(text):
    """The comment a file opens with, as one line."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        lines.append(line.lstrip("/ ").rstrip())
    return " ".join(lines)


def faults_in_story(tree, wanted):
    if not tree.has(STORY):
        yield Finding(STORY, 0, "is missing")
        return
    order = [resolved(STORY, target) for _, target in links(tree, STORY)]
    for path in wanted:
        if path not in order:
            yield Finding(STORY, 0, f"does not link {path}")
    firsts = [order.index(path) for path in wanted if path in order]
    if firsts != sorted(firsts):
        yield Finding(STORY, 0, "links the hops in another order than they happen")
