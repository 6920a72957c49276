"""The files of cases/: conversations of clients with the gateway, one folder each. README.md says what
is in them."""

import json
import os
import re

import answers

HERE = os.path.dirname(os.path.abspath(__file__))
STEP = re.compile(r"(\d\d)-(\w+)\.request\.json")
EARLIER = re.compile(r"\{\{(\d\d)\.(\w+)\}\}")  # {{02.setl_id}}: that field of the answer to step 02


class Step:
    def __init__(self, folder, file):
        self.number, self.what = STEP.fullmatch(file).groups()
        self.request = os.path.join(folder, file)
        self.answer = self.request.replace(".request.", ".answer.")
        with open(self.request, encoding="utf-8") as request:
            self.text = request.read()

    def body(self, so_far):
        """The bytes to send; `so_far`: step number → answer."""
        text = EARLIER.sub(lambda found: answers.field(so_far[found[1]], found[2]), self.text)
        return text.encode()

    def golden(self):
        with open(self.answer, encoding="utf-8") as file:
            return answers.read(file.read())

    def write_golden(self, normal):
        with open(self.answer, "w", encoding="utf-8") as file:
            file.write(answers.write(normal) + "\n")

    def __repr__(self):
        return os.path.relpath(self.request, HERE)


class Conversation:
    def __init__(self, family, name):
        self.family, self.name = family, name
        self.folder = os.path.join(HERE, "cases", family, name)
        with open(os.path.join(self.folder, "people.ndjson"), encoding="utf-8") as file:
            self.people = [json.loads(line) for line in file if line.strip()]
        with open(os.path.join(self.folder, "about.txt"), encoding="utf-8") as file:
            self.about = file.read().strip()
        self.steps = [Step(self.folder, file) for file in sorted(os.listdir(self.folder))
                      if file.endswith(".request.json")]

    def __repr__(self):
        return f"{self.family}/{self.name}"


def all_conversations():
    cases = os.path.join(HERE, "cases")
    return [Conversation(family, name) for family in sorted(os.listdir(cases))
            for name in sorted(os.listdir(os.path.join(cases, family)))]
