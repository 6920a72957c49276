"""The dated result of a run, for docs/evidence/."""

import datetime
import json
import subprocess


def commit_of(root):
    def git(*words):
        return subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True).stdout.strip()
    changed = len(git("status", "--porcelain", "--untracked-files=no").splitlines())
    return git("rev-parse", "--short=12", "HEAD") + (f" and {changed} files changed since" if changed else "")


def row(name, load):
    if not load["seconds"]:
        return f"| {name} | 0 | – | – | – | – | – |"
    return (f"| {name} | {load['seconds']} | {load['settled_per_s']:,} | {load['worst_second_settled']:,} | "
            f"{load['p50_ms_median_second']} | {load['p99_ms_median_second']} | {load['p99_ms_worst_second']} |")


def pace(rate):
    if rate:
        return f"Settlements asked for: {rate:,} a second, open loop, latency from when each was due."
    return "Settlements: as fast as they are answered, 8 connections with 16 in flight each (closed loop)."


def looked_for(audit):
    return (f"{audit['settlements_asked']:,} answered settlements asked, {audit['settlements_wrong']} wrong;\n"
            f"{audit['open_asked']:,} without an answer asked, {audit['open_applied']:,} of them had been applied, "
            f"{audit['open_unsolved']} unsolved;\n"
            f"{audit['accounts_compared']:,} balances compared, {audit['accounts_wrong']} wrong.")


def markdown(figures, name, date):
    load, audit = figures["load"], figures["load_audit"]
    commands = "\n".join(figures["commands"])
    beside = figures["beside"] or "nothing of note"
    return f"""# The year-end roll beside a settlement load, {date}

{figures['accounts']:,} employee accounts with current-year money of the year that ended on 30 June
{figures['year']}, and {figures['families']:,} families of the load; {figures['machine']}; release
preset; commit {figures['commit']}; load generator and gateway on this one machine. Beside it ran:
{beside} (load average when it began: {figures['load_average_before']:.1f}). All figures: [{date}-{name}.json]({date}-{name}.json).

| | |
|---|---:|
| import of the accounts, s | {figures['import_s']:,} |
| kill -9, s after the roll began | {figures['kill_after_s']} |
| accounts looked at by then (last look) | {figures['done_at_last_look_before_kill']:,} |
| from the kill to listening again, s | {figures['down_s']} |
| whole roll, the kill and the restart included, s | {figures['roll_s']} |
| accounts rolled a second until the kill | {figures['accounts_per_s_before_kill']:,} |
| accounts looked at a second after the restart | {figures['accounts_looked_at_per_s_after']:,} |
| rolled after the restart | {figures['rolled_after_restart']:,} |
| skipped after the restart (rolled before; no account) | {figures['skipped_after_restart']:,} |
| accounts rolled, by the journal | {figures['accounts_rolled']:,} |
| accounts rolled twice, lost, or with wrong money | {figures['faults']} |
| `gongjictl audit` | exit code {figures['audit_exit_code']}, {figures['audit_s']} s |

{pace(figures['rate'])}

| seconds of the load | s | settled/s | worst second | p50 ms | p99 ms | worst second's p99 ms |
|---|---:|---:|---:|---:|---:|---:|
{row('before the roll', load['before'])}
{row('during the roll, away from the kill', load['during'])}
{row('around the kill: 1 s before to 10 s after listening', load['around_the_kill'])}
{row('after the roll', load['after'])}

p50 and p99 are the median of the seconds'. Every message of the load was looked for afterwards:
{looked_for(audit)}
Not applied at once: {load['codes'] or 'none'}.

```
{commands}
```

One command does all of it: `loadtest/roll/roll_beside_load.py {figures['arguments']}`. Until the import is
done the gateway's clock stands in June and runs from there; the roll runs at the real date.
"""


def write_evidence(root, name, figures):
    date = datetime.date.today().isoformat()
    figures = dict(figures, commit=commit_of(root), date=date)
    folder = root / "docs" / "evidence"
    text = json.dumps(figures, ensure_ascii=False, separators=(",", ":"))
    (folder / f"{date}-{name}.json").write_text(text + "\n")
    (folder / f"{date}-{name}.md").write_text(markdown(figures, name, date))
