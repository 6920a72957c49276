"""Writes the man page of a program from its --help: make_man.py PROGRAM SECTION VERSION OUTPUT"""

import sys

from program_help import read_help

SEE_ALSO = {"gongjid": ("gongjictl(1)", "gongji-load(1)", "systemctl(1)"),
            "gongjictl": ("gongjid(8)",), "gongji-load": ("gongjid(8)",)}
FILES = {"gongjid": (("/etc/gongji/gateway.toml", "settings of the service; read once at start"),
                     ("/etc/gongji/institutions.toml", "who may settle; read again on SIGHUP"),
                     ("/etc/gongji/policies/", "the provinces' profiles; read again on SIGHUP"),
                     ("/var/lib/gongji/store/", "the journal: what was paid"))}


def escaped(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text.startswith((".", "'")) else text


def entries(title, listed):
    if not listed:
        return
    yield f".SS {title}" if title.islower() else f".SH {title}"
    for entry in listed:
        yield ".TP"
        yield f".B {escaped(entry.spelling)}"
        yield escaped(entry.meaning or " ")


def footer(help_text):
    if help_text.footer:
        yield ".PP"
        yield ".nf"
        yield from (escaped(line) for line in help_text.footer)
        yield ".fi"


def page(program, section, version):
    whole = read_help(program)
    name = whole.words[0]
    summary = whole.summary.partition(": ")[2].rstrip(".")
    yield f'.TH {name.upper()} {section} "" "gongji {version}"'
    yield ".SH NAME"
    yield f"{escaped(name)} \\- {escaped(summary)}"
    yield ".SH SYNOPSIS"
    yield f".B {escaped(whole.usage)}"
    yield from entries("OPTIONS", whole.options)
    if whole.subcommands:
        yield ".SH COMMANDS"
        for command in leaves(whole):
            yield f".SS {escaped(command.usage)}"
            yield escaped(command.summary) + "."
            yield from entry_list(command.positionals + [e for e in command.options if "--help" not in e.flags])
            yield from footer(command)
    if whole.footer:
        yield ".SH NOTES"
        yield from footer(whole)
    if name in FILES:
        yield ".SH FILES"
        for path, meaning in FILES[name]:
            yield from (".TP", f".I {escaped(path)}", escaped(meaning))
    yield ".SH SEE ALSO"
    yield ", ".join(f".BR {each.replace('(', ' (')}"[4:] for each in SEE_ALSO[name])


def leaves(whole):
    for command in whole.subcommands:
        if command.subcommands:
            yield from leaves(command)
        else:
            yield command


def entry_list(listed):
    for entry in listed:
        yield from (".TP", f".B {escaped(entry.spelling)}", escaped(entry.meaning or " "))


def main():
    program, section, version, output = sys.argv[1:]
    with open(output, "w", encoding="utf-8") as file:
        file.write("\n".join(page(program, section, version)) + "\n")


if __name__ == "__main__":
    main()
