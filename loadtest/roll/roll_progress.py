"""How far the roll was, when, and what the load measured in those seconds."""

import datetime
import http.client
import json
import statistics
import threading
import time

from gateway import TOKEN

SETTLE_AGAIN_S = 10  # after a restart: the burst of what waited is not counted as "during"
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


class Progress:
    """Times are seconds since the epoch; counts are the gateway's own, by process."""

    def __init__(self, rolls_due):
        self.rolls_due = rolls_due
        self.began = time.time()
        self.runs = [{}]  # the last progress each process reported
        self.kill_time = self.back_time = self.end_time = None
        self.line = []  # (seconds since the beginning, accounts looked at by this process)

    def note(self, state):
        self.runs[-1] = state
        self.line.append((round(time.time() - self.began, 2), len(self.runs), state["accounts_done"]))

    def killed(self):
        self.kill_time = time.time()
        self.runs.append({})

    def started_again(self):
        self.back_time = time.time()

    def ended(self):
        self.end_time = time.time()

    def rolling(self, second):
        """The whole second lies in the roll, and away from the kill and what it left waiting."""
        inside = self.began + 1 <= second and second + 1 <= self.end_time
        return inside and not self.kill_time - 1 <= second < self.back_time + SETTLE_AGAIN_S

    def figures(self):
        first, second = self.runs[0], self.runs[-1]
        before_kill = self.kill_time - self.began
        after_start = self.end_time - self.back_time
        rolled_again = second.get("accounts_rolled", 0)
        return {"roll_began": stamp(self.began), "roll_s": round(self.end_time - self.began, 1),
                "kill_after_s": round(before_kill, 1), "down_s": round(self.back_time - self.kill_time, 2),
                "resumed_roll_s": round(after_start, 1), "rolls_due": self.rolls_due,
                "done_at_last_look_before_kill": first.get("accounts_done", 0),
                "rolled_after_restart": rolled_again,
                "skipped_after_restart": second.get("accounts_skipped", 0),
                "refused": second.get("accounts_refused", 0), "complete": second.get("complete", False),
                "accounts_per_s_before_kill": round((self.rolls_due - rolled_again) / before_kill),
                "accounts_looked_at_per_s_after": round(second.get("accounts_done", 0) / after_start),
                "progress": self.line[::4]}


class Watch:
    """A thread that looks at the roll four times a second, whichever process answers."""

    def __init__(self, gateway, year, progress):
        self.gateway, self.year, self.progress = gateway, year, progress
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.look()
        self.over.set()
        self.thread.join()

    def run(self):
        while not self.over.wait(0.25):
            self.look()

    def look(self):
        connection = http.client.HTTPConnection(*self.gateway.http, timeout=5)
        try:
            connection.request("GET", f"/v1/accounts/roll?year={self.year}",
                               headers={"Authorization": f"Bearer {TOKEN}"})
            answer = connection.getresponse()
            if answer.status == 200:
                self.progress.note(json.loads(answer.read()))
        except (OSError, http.client.HTTPException):
            pass  # down between kill and start
        finally:
            connection.close()

    def wait_until_done(self, accounts, timeout_s=3600):
        deadline = time.monotonic() + timeout_s
        while self.progress.runs[-1].get("accounts_done", 0) < accounts:
            if time.monotonic() > deadline or self.progress.runs[-1].get("complete"):
                raise AssertionError(f"the roll was not caught in the middle: {self.progress.runs[-1]}")
            time.sleep(0.01)
            if accounts < 100_000:
                self.look()  # a short roll needs a closer look


def stamp(seconds):
    return datetime.datetime.fromtimestamp(seconds, SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def load_figures(measured, progress):
    """Settlements and latencies of the load's seconds, before the roll and during it."""
    start = datetime.datetime.strptime(measured["started_at"], "%Y-%m-%d %H:%M:%S")
    start = start.replace(tzinfo=SHANGHAI).timestamp()
    seconds = [dict(row, at=start + row["second"]) for row in measured["per_second"]]
    before = [row for row in seconds if 2 <= row["second"] and row["at"] + 2 <= progress.began]
    during = [row for row in seconds if progress.rolling(row["at"])]
    after = [row for row in seconds[:-1] if progress.end_time + 2 <= row["at"]]
    around = [row for row in seconds
              if progress.kill_time - 1 <= row["at"] < progress.back_time + SETTLE_AGAIN_S]
    return {"before": summary(before), "during": summary(during), "after": summary(after),
            "around_the_kill": summary(around), "counts": measured["counts"], "codes": measured["codes"],
            "unsent": measured["unsent"], "connection_breaks": measured["connection_breaks"],
            "latency_ms_whole_run": measured["latency_ms"],
            "per_second": [[round(row["at"] - progress.began), row["settled"], round(row["p50"], 1),
                            round(row["p99"], 1), round(row["max"], 1)] for row in seconds]}


def summary(rows):
    if not rows:
        return {"seconds": 0}
    return {"seconds": len(rows), "settled_per_s": round(statistics.mean(row["settled"] for row in rows)),
            "worst_second_settled": min(row["settled"] for row in rows),
            "p50_ms_median_second": round(statistics.median(row["p50"] for row in rows), 2),
            "p99_ms_median_second": round(statistics.median(row["p99"] for row in rows), 2),
            "p99_ms_worst_second": round(max(row["p99"] for row in rows), 2),
            "max_ms": round(max(row["max"] for row in rows), 2),
            "not_applied": sum(row["refused"] + row["busy"] + row["unknown"] for row in rows)}
