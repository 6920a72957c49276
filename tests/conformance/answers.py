"""Answers as they are compared: numbers keep their text (0.00 is not 0), and what no two runs have in
common is replaced by a word in angle brackets. The rules are the table below; README.md explains them."""

import json
import re


class Number(str):
    """A JSON number as it was written."""


def read(text):
    """A JSON text; refuses a name that comes twice."""
    return json.loads(text, parse_float=Number, parse_int=Number, object_pairs_hook=_object)


def _object(pairs):
    node = dict(pairs)
    if len(node) != len(pairs):
        raise ValueError(f"a name comes twice: {[name for name, _ in pairs]}")
    return node


def write(node, indent=""):
    """The text of a golden answer: one field a line, numbers as they were written."""
    deeper = indent + " "
    if isinstance(node, dict) and node:
        fields = [f"{deeper}{json.dumps(name)}: {write(child, deeper)}" for name, child in node.items()]
        return "{\n" + ",\n".join(fields) + f"\n{indent}}}"
    if isinstance(node, list) and node:
        return "[\n" + ",\n".join(deeper + write(child, deeper) for child in node) + f"\n{indent}]"
    return str(node) if isinstance(node, Number) else json.dumps(node, ensure_ascii=False)


def nodes_with(name, node):
    """Every object below (and with) `node` that has that field."""
    if isinstance(node, dict):
        if name in node:
            yield node
        for child in node.values():
            yield from nodes_with(name, child)
    elif isinstance(node, list):
        for child in node:
            yield from nodes_with(name, child)


def field(node, name):
    """The first field of that name anywhere in an answer."""
    for found in nodes_with(name, node):
        return found[name]
    raise KeyError(name)


# field: (the form it must have, what stands in the golden answer). A field that has not its form stays
# as it is, and so differs.
VOLATILE = {
    "inf_refmsgid": (r"(\d{6})\d{24}", r"\1<time and serial>"),
    "refmsg_time": (r"\d{17}", "<time>"),
    "respond_time": (r"\d{17}", "<time>"),
    "setl_time": (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "<time>"),
    "sign_time": (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "<time>"),
    "opt_time": (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "<time>"),
    "begndate": (r"\d{4}-\d\d-\d\d", "<day>"),
    "enddate": (r"\d{4}-\d\d-\d\d", "<day>"),
    "year": (r"\d{4}", "<year>"),
    "sign_no": (r"S\d{29}", "<sign number>"),
    "age": (r"\d+\.\d", "<age>"),
    "durable_seq": (r"\d+", "<sequence>"),
    "quote_id": (r"(Q1\.\d+\.\d+\.\d+)\.[0-9a-f]{32}", r"\1.<mac>"),
}
ISSUED = re.compile(r"([SM])\d{8}(\d{12})")  # setl_id and mdtrt_id, when they are ours


class Normal:
    """Of one conversation: numbers we issue are counted in the order they first appear, so that an id
    that comes back in a later answer must be the same one."""

    def __init__(self):
        self.issued = {}

    def of(self, node, name=""):
        if isinstance(node, dict):
            return {key: self.of(child, key) for key, child in node.items()}
        if isinstance(node, list):
            return [self.of(child) for child in node]
        if name in ("setl_id", "mdtrt_id"):
            return self.id(node)
        form, word = VOLATILE.get(name, (None, None))
        found = form and isinstance(node, str) and re.fullmatch(form, node)
        return found.expand(word) if found else node

    def id(self, value):
        found = isinstance(value, str) and ISSUED.fullmatch(value)
        if not found:
            return value
        kind, sequence = found.groups()
        return f"<{kind}{self.issued.setdefault(sequence, len(self.issued) + 1)}>"


def differences(expected, got, path="answer"):
    """Field by field; a text and a number are never equal."""
    if isinstance(expected, dict) and isinstance(got, dict):
        for name in list(expected) + [name for name in got if name not in expected]:
            if name not in got:
                yield f"{path}.{name} is missing, expected {expected[name]!r}"
            elif name not in expected:
                yield f"{path}.{name} is new: {got[name]!r}"
            else:
                yield from differences(expected[name], got[name], f"{path}.{name}")
    elif isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        for i, (left, right) in enumerate(zip(expected, got)):
            yield from differences(left, right, f"{path}[{i}]")
    elif isinstance(expected, Number) != isinstance(got, Number) or expected != got:
        yield f"{path} is {got!r}, expected {expected!r}"
