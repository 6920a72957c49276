"""Plays conversations against a gateway and says what is wrong with its answers."""

import json
import os
import shutil

import answers
import identities
from clients import import_lines
from gateway import SOURCE, Gateway

HERE = os.path.dirname(os.path.abspath(__file__))
REMEMBERED = {"2102", "2103", "2201", "2202", "2203", "2204", "2205", "2207", "2208", "2304", "2305", "2601"}
# Refused before anything was decided, so not remembered (docs/wire.md).
FORGOTTEN = {"E_FIELD", "E_IDENTITY", "E_NO_PERSON", "E_FORBIDDEN", "E_BUSY", "E_DEADLINE", "E_NO_SETTLEMENT",
             "E_POSSIBLE_DUPLICATE", "E_UNKNOWN_INFNO", "E_IDEMPOTENCY", "E_ALREADY_REVERSED",
             "E_REVERSED_BEFORE_ARRIVAL"}


def gateway_in(folder):
    """With the institutions of the cases, and one province beside those that are shipped."""
    policies = os.path.join(folder, "policies")
    shutil.copytree(os.path.join(SOURCE, "config", "policies"), policies)
    shutil.copytree(os.path.join(HERE, "policies"), policies, dirs_exist_ok=True)
    return Gateway(folder, [f"institutions.file={os.path.join(HERE, 'institutions.toml')}",
                            f"policies.dir={policies}"])


# The area whose profile shows family money beside acct_pay (policies/BESIDE.toml).
BESIDE = "650100"


class Played:
    """What one conversation came to: faults by step, and the answers as they are compared."""

    def __init__(self):
        self.faults, self.normal = [], {}
        self.steps = self.repeats = self.identities = 0


def play(conversation, gateway, style):
    played, normal, so_far = Played(), answers.Normal(), {}
    imported = import_lines(gateway, conversation.people, f"{conversation.family}.{conversation.name}")
    if imported["refused"]:
        played.faults.append(f"{conversation}/people.ndjson: {imported['refused']}")
        return played
    for step in conversation.steps:
        body = step.body(so_far)
        message = json.loads(body.decode("utf-8-sig"))
        infno, institution = str(message["infno"]), message["fixmedins_code"]
        raw = style(gateway, infno, institution, body)
        answer = so_far[step.number] = answers.read(raw.decode())
        played.normal[step] = normal.of(answer)
        played.steps += 1
        played.identities += sum(1 for _ in answers.nodes_with("setlinfo", answer))
        included = message.get("mdtrtarea_admvs") != BESIDE
        for fault in identities.faults_in(infno, answer, included):
            played.faults.append(f"{step}: {fault}")
        if is_remembered(infno, answer):
            played.repeats += 1
            if style(gateway, infno, institution, body) != raw:
                played.faults.append(f"{step}: sent again it is not answered with the same bytes")
    return played


def is_remembered(infno, answer):
    code = answer["err_msg"].split(" ")[0]
    return infno[:4] in REMEMBERED and code not in FORGOTTEN


def differences(played, step):
    """How the answer to a step differs from its golden one; a missing golden answer is a difference."""
    try:
        expected = step.golden()
    except FileNotFoundError:
        return [f"{step}: there is no golden answer; regenerate.py writes it"]
    return [f"{step}: {each}" for each in answers.differences(expected, played.normal[step])]
