"""Every expression of the shipped dashboards and rules, and the metric names in them."""

import glob
import json
import os
import re

from gateway import SOURCE

VARIABLES = {"$__rate_interval": "5s", "$instance": ".*", "$institution": ".*"}
METRIC = re.compile(r"(?<![\w:\"$])((?:gongji|process|up)(?:[_:][a-zA-Z0-9_:]*)?)\b(?=\s*[{\[)\s]|$)")
STRING = re.compile(r'"[^"]*"')


def panels():
    """Triples: dashboard, panel, expression."""
    for path in sorted(glob.glob(os.path.join(SOURCE, "monitoring", "grafana", "*.json"))):
        with open(path, encoding="utf-8") as file:
            dashboard = json.load(file)
        for panel in dashboard["panels"]:
            for target in panel.get("targets", []):
                yield os.path.basename(path), panel["title"], filled_in(target["expr"])


def filled_in(expression):
    for name, value in VARIABLES.items():
        expression = expression.replace(name, value)
    if "$" in expression:
        raise AssertionError(f"a variable nobody fills in: {expression}")
    return expression


def metrics_in(expression):
    return set(METRIC.findall(STRING.sub('""', expression)))
