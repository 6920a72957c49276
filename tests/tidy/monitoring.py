"""Alerts and dashboards: every alert has its runbook and both stories, every dashboard its shape, and
all of them are what the generator writes."""

import json
import re
import subprocess
import sys
from itertools import combinations

from docs import anchors
from tree import Finding

RULES = "monitoring/rules/"
STORIES = "monitoring/rules/tests/"
GRAFANA = "monitoring/grafana/"
GENERATOR = "monitoring/generator/generate.py"
SEVERITIES = ("page", "ticket")
DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
GRID_WIDTH = 24
ALERT = re.compile(r"- alert: (\w+)")
FIELDS = ("summary", "description", "runbook_url")


def check_alerts(tree):
    """Every alert has a severity, texts, a runbook that exists, and a story in which it fires and one in which not."""
    stories = "\n".join(tree.text(path) for path in tree.ending(".yml") if path.startswith(STORIES))
    for path in tree.ending(".yml"):
        if not path.startswith(RULES) or path.startswith(STORIES):
            continue
        for number, name, block in alerts_in(tree.text(path)):
            for fault in faults_of(tree, name, block):
                yield Finding(path, number, f"{name} {fault}")
            for story in (f"- name: {name} fires\n", f"- name: {name} is silent\n"):
                if story not in stories:
                    yield Finding(path, number, f"{name} has no test '{story.strip()[8:]}'")


def alerts_in(text):
    """Line, name and text of each alert."""
    starts = list(ALERT.finditer(text))
    for found, after in zip(starts, starts[1:] + [None]):
        end = after.start() if after else len(text)
        yield text.count("\n", 0, found.start()) + 1, found[1], text[found.start():end]


def faults_of(tree, name, block):
    severity = re.search(r"severity: (\w+)", block)
    if not severity or severity[1] not in SEVERITIES:
        yield "has a severity other than page or ticket"
    for field in FIELDS:
        if not re.search(rf"^\s+{field}: \S", block, re.MULTILINE):
            yield f"has no {field}"
    if runbook := re.search(r"runbook_url: (\S+?)#(\S+)", block):
        if not tree.has(runbook[1]) or runbook[2] not in anchors(tree.text(runbook[1])):
            yield f"has a runbook that is not there: {runbook[1]}#{runbook[2]}"


def check_dashboards(tree):
    """Panels have ids of their own, do not overlap, and everything asks the chosen data source."""
    uids = {}
    for path in tree.ending(".json"):
        if not path.startswith(GRAFANA):
            continue
        dashboard = json.loads(tree.text(path))
        if dashboard["uid"] in uids:
            yield Finding(path, 0, f"has the uid of {uids[dashboard['uid']]}")
        uids[dashboard["uid"]] = path
        for fault in faults_of_panels(dashboard["panels"]):
            yield Finding(path, 0, fault)
        if not any(each["type"] == "datasource" for each in dashboard["templating"]["list"]):
            yield Finding(path, 0, "lets nobody choose the data source")


def faults_of_panels(panels):
    ids = [panel["id"] for panel in panels]
    if len(set(ids)) != len(ids):
        yield "has two panels with one id"
    for panel in panels:
        place = panel["gridPos"]
        if place["x"] + place["w"] > GRID_WIDTH:
            yield f"{panel['title']}: lies beyond the edge"
        for asked in [panel, *panel.get("targets", [])]:
            if asked.get("datasource") != DATASOURCE:
                yield f"{panel['title']}: does not ask the chosen data source"
    for left, right in combinations(panels, 2):
        if overlap(left["gridPos"], right["gridPos"]):
            yield f"{left['title']} and {right['title']} overlap"


def overlap(a, b):
    return (a["x"] < b["x"] + b["w"] and b["x"] < a["x"] + a["w"]
            and a["y"] < b["y"] + b["h"] and b["y"] < a["y"] + a["h"])


def check_generated(tree):
    """Rules and dashboards are what monitoring/generator writes from its tables."""
    if not tree.has(GENERATOR):
        return
    done = subprocess.run([sys.executable, "-B", str(tree.root / GENERATOR), "--check"], capture_output=True,
                          text=True, check=False)
    for line in done.stdout.splitlines():
        yield Finding(GENERATOR, 0, line)
    if done.returncode != 0 and not done.stdout:
        yield Finding(GENERATOR, 0, done.stderr.strip()[-300:])
