"""Writes a shell's completions of a program from its --help: make_completion.py bash|zsh PROGRAM OUTPUT"""

import sys

from program_help import read_help

WORD = '"$word"'
PATH_WORDS = ("file", "folder", "directory", "FILE", "DIR")

BASH = """# bash completion for {name}, made from its --help
_{function}() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} path='' each
  for each in "${{COMP_WORDS[@]:1:COMP_CWORD - 1}}"; do
    case " $path $each " in
{ways}
    esac
  done
  case $previous in
{values}
  esac
  case $path in
{lists}
  esac
}}
complete -F _{function} {name}
"""

ZSH = """#compdef {name}
# zsh completion for {name}, made from its --help
autoload -U +X bashcompinit && bashcompinit
{bash}"""


def all_of(help_text):
    yield help_text
    for command in help_text.subcommands:
        yield from all_of(command)


def path_of(help_text):
    return " ".join(help_text.words[1:])


def wants_path(entry):
    return entry.takes_value and any(word in entry.meaning or word in entry.spelling for word in PATH_WORDS)


def bash(program):
    whole = read_help(program)
    commands = list(all_of(whole))
    ways = [f"      *' {path_of(each)} '*) path='{path_of(each)}' ;;"
            for each in sorted(commands, key=lambda each: -len(each.words)) if path_of(each)]
    values, taken = [], set()
    for entry in (entry for each in commands for entry in each.options if entry.takes_value):
        flags = [flag for flag in entry.flags if flag not in taken]
        taken.update(flags)
        if flags:
            words = f"-W '{' '.join(entry.choices)}'" if entry.choices else "-f" if wants_path(entry) else "-W ''"
            values.append(f"    {'|'.join(flags)}) COMPREPLY=($(compgen {words} -- {WORD})); return ;;")
    top = [flag for entry in whole.options for flag in entry.flags]
    lists = []
    for each in commands:
        words = [command.words[-1] for command in each.subcommands]
        words += [flag for entry in each.options for flag in entry.flags]
        words += [flag for flag in top if flag not in words]
        files = " -f" if each.positionals and any(wants_path(entry) for entry in each.positionals) else ""
        lists.append(f"    '{path_of(each)}') COMPREPLY=($(compgen{files} -W '{' '.join(words)}' -- {WORD})) ;;")
    name = whole.words[0]
    return BASH.format(name=name, function=name.replace("-", "_"), ways="\n".join(ways) or "      *) ;;",
                       values="\n".join(values), lists="\n".join(lists))


def main():
    shell, program, output = sys.argv[1:]
    text = bash(program)
    if shell == "zsh":
        text = ZSH.format(name=program.rsplit("/", 1)[-1], bash=text)
    with open(output, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
