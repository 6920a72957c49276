"""What stands inside the files: sizes, unfinished work, words that do not belong, header form."""

import re

from tree import Finding, top_folder

LINES_WARN = 400
LINES_MAX = 500
FUNCTION_LINES_MAX = 60

# What often marks something unfinished. Split, so that this file does not accuse itself.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|[Pp]lace" r"holder|not (yet )?implement" r"ed)\b"
                        r"|\b[Ss]tub(s|bed)?\b")
UNFINISHED_IN = (".hpp", ".cpp", ".py", ".sh", ".md", ".cmake", ".toml", ".txt", ".yml")
ELSEWHERE = re.compile(r"\.\./shared\b|(?<![\w.}])/(?:work|root|home)(?=/|\b)(?!\s*:)")
# Addresses that may be named: loopback, bare words, and names reserved for examples and schemas.
ADDRESS = re.compile(r"\b(?:https?|redis)://([^\s/:\"'`<>)\]\\]*)")
ADDRESSES_ALLOWED = re.compile(
    r"127\.[\d.]*|0\.0\.0\.0|\[.*|www\.apache\.org|www\.w3\.org|www\.debian\.org|.*\.example|.*[$%{].*|[\w-]*")
THIS_FILE = "tests/tidy/text.py"


def check_sizes(tree):
    """No source file above 500 lines (a word of warning above 400), no function above 60 (tests aside)."""
    for path in tree.ending(".hpp", ".cpp", ".py", ".sh"):
        count = tree.text(path).count("\n")
        if count > LINES_MAX:
            yield Finding(path, count, f"longer than {LINES_MAX} lines: would two files read better?")
        elif count > LINES_WARN:
            print(f"warning: {path}: {count} lines, the limit is {LINES_MAX}")
    for path in tree.cpp():
        if top_folder(path) == "tests":
            continue  # tables of cases are long
        for line, name, length in functions(tree.text(path)):
            if length > FUNCTION_LINES_MAX:
                yield Finding(path, line, f"{name} has {length} lines, more than {FUNCTION_LINES_MAX}")


def functions(text):
    """Start line, name and length of every function body in a C++ text (bodies are not entered)."""
    text = blanked(text)
    open_scopes, start, i = [], 0, 0
    while i < len(text):
        c = text[i]
        if c in ";":
            start = i + 1
        elif c == "}":
            if open_scopes:
                open_scopes.pop()
            start = i + 1
        elif c == "{":
            head = text[start:i]
            if is_function_head(head):
                end = end_of_block(text, i)
                first = i - len(head.lstrip())
                name = re.search(r"([\w~:]+|operator[^(]*)\s*\(", head)
                yield (text.count("\n", 0, first) + 1, name[1] if name else "?",
                       text.count("\n", first, end) + 1)
                i = end
            else:
                open_scopes.append(c)
            start = i + 1
        i += 1


def is_function_head(head):
    if re.search(r"\b(namespace|class|struct|enum|union|extern)\b[^()]*$", head):
        return False
    return ")" in head and not re.search(r"=\s*$", head)


def end_of_block(text, opening):
    depth = 0
    for i in range(opening, len(text)):
        depth += {"{": 1, "}": -1}.get(text[i], 0)
        if depth == 0:
            return i
    return len(text) - 1


def blanked(text):
    """The text with comments, literals and preprocessor lines replaced by blanks, lines kept."""
    pattern = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\''
        r"|^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.DOTALL | re.MULTILINE)
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def check_words(tree):
    """Nothing unfinished, nothing that speaks of one machine, no address outside this one."""
    for path in tree.readable():
        if path in (THIS_FILE, "LICENSE"):
            continue
        for number, line in tree.lines(path):
            if path.endswith(UNFINISHED_IN) and (found := UNFINISHED.search(line)):
                yield Finding(path, number, f"unfinished: {found[0]}")
            if found := ELSEWHERE.search(line):
                yield Finding(path, number, f"speaks of one machine's paths: {found[0]}")
            for host in ADDRESS.findall(line):
                if not ADDRESSES_ALLOWED.fullmatch(host):
                    yield Finding(path, number, f"names an outside address: {host}")


def check_headers(tree):
    """Every header says #pragma once; every header of a source folder opens with a comment."""
    for path in tree.ending(".hpp"):
        text = tree.text(path)
        if "\n#pragma once\n" not in "\n" + text:
            yield Finding(path, 1, "has no #pragma once")
        if top_folder(path) != "tests" and not text.startswith(("//", "/*")):
            yield Finding(path, 1, "opens without a comment that says what it is for")
