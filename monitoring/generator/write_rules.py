"""Alerts and recorded series as the files Prometheus and promtool read."""

import json

import alerts
import recording
from durations import expression, pause, seconds

HEAD = "# Written by monitoring/generator/generate.py; change the tables there.\n"


def quoted(text):
    return json.dumps(text, ensure_ascii=False)  # JSON strings are YAML strings


def pace(faster):
    return "15s" if faster == 1 else "1s"


def runbook(alert):
    return f"docs/operating.md#{alert.name.lower()}"


def recording_yaml(faster=1):
    lines = [HEAD + "groups:", "  - name: gongji_recorded", f"    interval: {pace(faster)}", "    rules:"]
    for name, expr in recording.rules():
        lines += [f"      - record: {name}", f"        expr: {quoted(expression(expr, faster))}"]
    return "\n".join(lines) + "\n"


def alerts_yaml(group, faster=1):
    lines = [HEAD + "groups:", f"  - name: gongji_{group}", f"    interval: {pace(faster)}", "    rules:"]
    for alert in alerts.GROUPS[group]:
        lines += alert_lines(alert, faster)
    return "\n".join(lines) + "\n"


def alert_lines(alert, faster):
    yield f"      - alert: {alert.name}"
    yield f"        expr: {quoted(expression(alert.expr, faster))}"
    if seconds(alert.wait):
        yield f"        for: {pause(alert.wait, faster)}"
    yield f"        labels: {{severity: {alert.severity}}}"
    yield "        annotations:"
    yield f"          summary: {quoted(alert.summary)}"
    yield f"          description: {quoted(alert.description)}"
    yield f"          runbook_url: {runbook(alert)}"


def tests_yaml(group):
    """For promtool: every alert fires in its one story and is silent in the other. Values and texts
    are not compared, only that the alert with these labels is there. Pairs of file name and text,
    one for each pace of stories."""
    rows = alerts.GROUPS[group]
    for interval in sorted({alert.fires.interval for alert in rows}):
        yield f"{group}_{interval}", tests_of(group, [row for row in rows if row.fires.interval == interval])


def tests_of(group, rows):
    files = [f"../{group}.yml"]
    if any("gongji:" in alert.expr for alert in rows):
        files.insert(0, "../recording.yml")
    lines = [HEAD + f"rule_files: [{', '.join(files)}]", f"evaluation_interval: {rows[0].fires.interval}"]
    if len(files) > 1:  # without it promtool rolls dice, and an alert may look before its figure is recorded
        lines.append(f"group_eval_order: [gongji_recorded, gongji_{group}]")
    lines.append("tests:")
    for alert in rows:
        lines += story_lines(alert, alert.fires, True)
        lines += story_lines(alert, alert.silent, False)
    return "\n".join(lines) + "\n"


def story_lines(alert, story, fires):
    yield f"  - name: {alert.name} {'fires' if fires else 'is silent'}"
    yield f"    interval: {story.interval}"
    yield "    input_series:"
    for series, values in story.series.items():
        yield f"      - series: {quoted(series)}"
        yield f"        values: {quoted(values)}"
    labels = {"alertname": alert.name, "alertstate": "firing", "instance": "a", "job": "gongji",
              "severity": alert.severity, **story.labels}
    if not fires:  # not even for another institution or reason
        labels = {name: labels[name] for name in ("alertname", "alertstate")}
    matchers = ", ".join(f'{name}="{value}"' for name, value in labels.items())
    yield "    promql_expr_test:"
    yield f"      - expr: {quoted(f'count(ALERTS{{{matchers}}})')}"
    yield f"        eval_time: {story.at}"
    yield "        exp_samples:" + (" [{labels: '{}', value: 1}]" if fires else " []")
