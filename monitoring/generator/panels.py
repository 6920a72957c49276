"""The parts dashboards are made of, and the grid they lie on (Grafana's: 24 wide)."""

from dataclasses import dataclass, field

SOURCE = {"type": "prometheus", "uid": "${datasource}"}
WHOLE = 24
GREEN, AMBER, RED = "green", "orange", "red"


@dataclass
class Row:
    title: str


@dataclass
class Panel:
    title: str
    queries: dict  # legend: expression
    unit: str = "short"
    width: int = 8
    height: int = 8
    kind: str = "timeseries"
    limit: float | None = None  # of the alert that watches the same figure
    limit_below: bool = False  # the alert fires below it
    stacked: bool = False
    about: str = ""
    links: list = field(default_factory=list)


def thresholds(panel):
    if panel.limit is None:
        return {"mode": "absolute", "steps": [{"color": GREEN, "value": None}]}
    first, then = (RED, GREEN) if panel.limit_below else (GREEN, RED)
    return {"mode": "absolute", "steps": [{"color": first, "value": None}, {"color": then, "value": panel.limit}]}


def options(panel):
    if panel.kind == "stat":
        return {"colorMode": "background" if panel.limit is not None else "value", "graphMode": "area",
                "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False}, "textMode": "auto"}
    if panel.kind == "table":
        return {"showHeader": True}
    return {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi", "sort": "desc"}}


def custom(panel):
    if panel.kind != "timeseries":
        return {}
    return {"lineWidth": 2, "fillOpacity": 30 if panel.stacked else 8, "showPoints": "never",
            "stacking": {"mode": "normal" if panel.stacked else "none", "group": "A"},
            "thresholdsStyle": {"mode": "line" if panel.limit is not None else "off"}}


def as_json(panel, number, place):
    return {
        "id": number, "title": panel.title, "description": panel.about, "type": panel.kind, "gridPos": place,
        "datasource": SOURCE,
        "targets": [{"refId": chr(ord("A") + at), "datasource": SOURCE, "expr": expr, "legendFormat": legend,
                     **({"format": "table", "instant": True} if panel.kind == "table" else {})}
                    for at, (legend, expr) in enumerate(panel.queries.items())],
        "fieldConfig": {"defaults": {"unit": panel.unit, "thresholds": thresholds(panel), "custom": custom(panel)},
                        "overrides": []},
        "options": options(panel), "links": panel.links,
    }


def laid_out(parts):
    """Panels from left to right, a new line when one does not fit or a row begins."""
    made, x, y, line = [], 0, 0, 0
    for number, part in enumerate(parts, start=1):
        if isinstance(part, Row):
            y, x, line = y + line, 0, 0
            made.append({"id": number, "title": part.title, "type": "row", "collapsed": False, "panels": [],
                         "datasource": SOURCE, "gridPos": {"x": 0, "y": y, "w": WHOLE, "h": 1}})
            y += 1
            continue
        if x + part.width > WHOLE:
            y, x, line = y + line, 0, 0
        made.append(as_json(part, number, {"x": x, "y": y, "w": part.width, "h": part.height}))
        x, line = x + part.width, max(line, part.height)
    return made


def query_variable(name, label, query, several):
    return {"name": name, "label": label, "type": "query", "datasource": SOURCE, "definition": query,
            "query": {"query": query, "refId": name}, "refresh": 2, "sort": 1, "hide": 0,
            "includeAll": several, "multi": several, "allValue": ".*" if several else None,
            "current": {"text": "All", "value": "$__all"} if several else {}, "options": [], "regex": ""}


def dashboard(uid, title, about, parts, variables=()):
    return {
        "uid": uid, "id": None, "title": title, "description": about, "tags": ["gongji"], "editable": True,
        "schemaVersion": 39, "version": 1, "refresh": "30s", "timezone": "browser", "graphTooltip": 1,
        "time": {"from": "now-3h", "to": "now"},
        "annotations": {"list": []},
        "links": [{"type": "dashboards", "title": "gongji", "tags": ["gongji"], "asDropdown": False,
                   "includeVars": True, "keepTime": True, "icon": "dashboard"}],
        "templating": {"list": [
            {"name": "datasource", "label": "Prometheus", "type": "datasource", "query": "prometheus", "hide": 0,
             "refresh": 1, "regex": "", "current": {}, "options": []},
            query_variable("instance", "Gateway", "label_values(gongji_build_info, instance)", True), *variables]},
        "panels": laid_out(parts),
    }
