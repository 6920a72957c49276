"""What a program of ours says about itself: its --help, read into pieces. Subcommands are followed."""

import re
import subprocess
from dataclasses import dataclass, field

ENTRY = re.compile(r"  (\S.*?)(?:\s{2,}(\S.*))?$")


@dataclass
class Entry:
    spelling: str  # "--year INT:INT in [2000 - 9999] REQUIRED", "roll"
    meaning: str = ""

    @property
    def flags(self):
        """-h, --help"""
        return re.findall(r"(?<![\w-])--?[a-z][\w-]*", self.spelling.split(" ")[0])

    @property
    def takes_value(self):
        return " " in self.spelling

    @property
    def choices(self):
        found = re.search(r"\{([^}]*)\}", self.spelling)
        return found[1].split(",") if found else []


@dataclass
class Help:
    words: list  # ["gongjictl", "roll"]
    summary: str
    usage: str
    positionals: list = field(default_factory=list)
    options: list = field(default_factory=list)
    footer: list = field(default_factory=list)
    subcommands: list = field(default_factory=list)  # of Help


def read_help(program, *words):
    name = program.rsplit("/", 1)[-1]
    said = subprocess.run([program, *words, "--help"], capture_output=True, text=True, check=True).stdout
    lines = said.splitlines()
    usage = next(line for line in lines if line.startswith("Usage: "))
    found = Help([name, *words], lines[0], re.sub(r"Usage: \S+", name, usage, count=1))
    section, names = "footer", []
    lists = {"Options:": found.options, "Positionals:": found.positionals, "Subcommands:": names}
    for line in lines[lines.index(usage) + 1:]:
        if line in lists:
            section = line
        elif section == "footer" or not (line.startswith("  ") or not line):
            section = "footer"
            found.footer.append(line)
        elif line.strip():
            take_entry(lists[section], line)
        else:
            section = "footer"
    found.footer = "\n".join(found.footer).strip("\n").splitlines()
    found.subcommands = [read_help(program, *words, entry.spelling) for entry in names]
    return found


def take_entry(entries, line):
    if line.startswith(" " * 20):
        entries[-1].meaning = (entries[-1].meaning + " " + line.strip()).strip()
    else:
        spelling, meaning = ENTRY.match(line).groups()
        entries.append(Entry(spelling, meaning or ""))
