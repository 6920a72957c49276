"""The rounds as a table and as a page with plots: medians, and ratios of the same round."""

import html
import statistics

from measurements import MEASUREMENTS, PROMISES

STYLE = """
:root { color-scheme: light dark; --page: #fbfbfa; --ink: #1c2126; --soft: #667078; --rule: #dfe3e6;
  --c0: #1f6feb; --c3: #9aa3ab; --good: #1a7f4b; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --page: #14171a; --ink: #e6e9ec; --soft: #98a2aa;
  --rule: #2b3137; --c0: #6ea8ff; --c3: #6b7280; --good: #58c98b; --bad: #ff8078; } }
body { margin: 2rem auto; max-width: 900px; padding: 0 1rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.25rem; margin: 0 0 .25rem; } h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
p.soft { color: var(--soft); margin: 0 0 1.5rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .3rem .5rem; border-bottom: 1px solid var(--rule); }
th:first-child, td:first-child { text-align: left; } th { color: var(--soft); font-weight: 500; }
svg { width: 100%; height: auto; } .name { fill: var(--ink); font-size: 13px; } .value { fill: var(--soft); font-size: 12px; }
.ours { fill: var(--c0); } .theirs { fill: var(--c3); } .round { fill: var(--page); stroke: var(--ink); }
.good { color: var(--good); } .bad { color: var(--bad); }
"""
BAR, LEFT, WIDTH = 30, 290, 900


def values(rounds, key, field="per_second"):
    return [row["measured"][key][field] for row in rounds if key in row["measured"]]


def ratios(rounds, promise):
    """Of each round that has both."""
    return [row["measured"][promise.numerator]["per_second"] / row["measured"][promise.denominator]["per_second"]
            for row in rounds if promise.numerator in row["measured"] and promise.denominator in row["measured"]]


def table_rows(rounds):
    """(group, label, client, median, lowest, highest, p50, p99) of what was measured."""
    for m in MEASUREMENTS:
        found = values(rounds, m.key)
        if found:
            yield (m, statistics.median(found), min(found), max(found),
                   statistics.median(values(rounds, m.key, "p50_ms")), statistics.median(values(rounds, m.key, "p99_ms")))


def promise_rows(rounds):
    for promise in PROMISES:
        found = ratios(rounds, promise)
        if found:
            yield promise, statistics.median(found), found


def markdown_report(rounds):
    lines = [f"Medians of {len(rounds)} rounds; commits {', '.join(sorted({row['commit'] for row in rounds}))}.", "",
             "| | | settlements/s | lowest | highest | p50 ms | p99 ms | client |", "|---|---|---:|---:|---:|---:|---:|---|"]
    for m, median, low, high, p50, p99 in table_rows(rounds):
        lines.append(f"| {m.group} | {m.label} | {median:,.0f} | {low:,.0f} | {high:,.0f} | {_ms(p50)} | {_ms(p99)} | {m.client} |")
    lines += ["", "| ratio, median of each round's | measured | asked for | holds | each round |", "|---|---:|---:|---|---|"]
    for promise, median, found in promise_rows(rounds):
        lines.append(f"| {promise.text} | {median:.2f} | {promise.at_least} | {'yes' if median >= promise.at_least else 'no'} | "
                     + " ".join(f"{ratio:.2f}" for ratio in found) + " |")
    return "\n".join(lines) + "\n"


def html_report(rounds):
    first, last = rounds[0]["at"], rounds[-1]["at"]
    parts = ['<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
             'content="width=device-width, initial-scale=1"><title>gongji beside others</title><style>', STYLE,
             "</style></head><body>\n<h1>gongji beside what else could be run</h1>\n",
             f'<p class="soft">{len(rounds)} interleaved rounds, {first} to {last}; bars are medians, dots the rounds; '
             "every answer durable before it is given</p>\n"]
    rows = list(table_rows(rounds))
    for group in dict.fromkeys(m.group for m, *_ in rows):
        parts.append(f"<h2>Settlements a second, {html.escape(group)}</h2>\n"
                     + bar_plot(rounds, [row for row in rows if row[0].group == group]))
    parts.append("<h2>Ratios</h2>\n<table><tr><th>median of each round's ratio</th><th>measured</th><th>asked for</th></tr>\n")
    for promise, median, _ in promise_rows(rounds):
        mark = "good" if median >= promise.at_least else "bad"
        parts.append(f'<tr><td>{html.escape(promise.text)}</td><td class="{mark}">{median:.2f}</td>'
                     f"<td>{promise.at_least}</td></tr>\n")
    return "".join(parts) + "</table>\n</body></html>\n"


def bar_plot(rounds, rows):
    longest = max(high for _, _, _, high, *_ in rows)
    scale = (WIDTH - LEFT - 90) / longest
    parts = [f'<svg viewBox="0 0 {WIDTH} {BAR * len(rows) + 4}" role="img">']
    for index, (m, median, _, high, *_) in enumerate(rows):
        top = index * BAR + 4
        parts.append(f'<text class="name" x="{LEFT - 8}" y="{top + 16}" text-anchor="end">{html.escape(m.label)}</text>'
                     f'<rect class="{"ours" if m.contender == "gongji" else "theirs"}" x="{LEFT}" y="{top}" '
                     f'width="{median * scale:.1f}" height="22" rx="2"><title>{median:,.0f}/s</title></rect>')
        parts += [f'<circle class="round" cx="{LEFT + value * scale:.1f}" cy="{top + 11}" r="2.5"/>'
                  for value in values(rounds, m.key)]
        parts.append(f'<text class="value" x="{LEFT + high * scale + 8:.1f}" y="{top + 16}">{median:,.0f}</text>')
    return "".join(parts) + "</svg>\n"


def _ms(value):
    return f"{value:.2f}" if value else ""
