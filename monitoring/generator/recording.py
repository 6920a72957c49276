"""Recorded series: what alerts and dashboards would otherwise work out again and again."""

from thresholds import LATENCY_SECONDS, WINDOWS

BY = "sum by (job, instance)"
# An answer "unknown" and a message turned away for load are what a till calls "it does not work". An
# institution that goes beyond its own limits is not our failure.
FAILED = (f'{BY} (rate(gongji_transactions_total{{outcome="unknown"}}[<W>]))'
          f' + {BY} (rate(gongji_admission_shed_total{{reason!~"draining|institution|rate"}}[<W>]))')
ASKED = (f"{BY} (rate(gongji_transactions_total[<W>]))"
         f' + {BY} (rate(gongji_admission_shed_total{{reason=~"global|connection"}}[<W>]))')
SLOW = (f"1 - {BY} (rate(gongji_transaction_duration_seconds_bucket{{le=\"{LATENCY_SECONDS}\"}}[<W>]))"
        f" / {BY} (rate(gongji_transaction_duration_seconds_count[<W>]))")


def p99(metric, more=""):
    return f"histogram_quantile(0.99, sum by (job, instance, le{more}) (rate({metric}_bucket[<5m>])))"


def rules():
    """Pairs of name and expression, in the order of their groups."""
    for width in WINDOWS:
        yield f"gongji:failed:ratio_rate{width}", f"({FAILED}) / ({ASKED})".replace("<W>", f"<{width}>")
        yield f"gongji:slow:ratio_rate{width}", SLOW.replace("<W>", f"<{width}>")
    yield "gongji:transactions:rate5m", "sum by (job, instance, infno, outcome) (rate(gongji_transactions_total[<5m>]))"
    yield "gongji:transactions_all:rate1h", f"{BY} (rate(gongji_transactions_total[<1h>]))"
    yield "gongji:transaction_duration_seconds:p99_5m", p99("gongji_transaction_duration_seconds")
    yield "gongji:stage_duration_seconds:p99_5m", p99("gongji_stage_duration_seconds", ", stage")
    yield "gongji:journal_commit_seconds:p99_5m", p99("gongji_journal_commit_seconds")
    yield "gongji:paid_fen:rate5m", "sum by (job, instance, source) (rate(gongji_paid_fen_total[<5m>]))"
    yield "gongji:refusals:rate5m", "sum by (job, instance, reason) (rate(gongji_refusals_total[<5m>]))"
    yield ("gongji:institution_transactions:rate5m",
           "sum by (job, instance, institution) (rate(gongji_institution_transactions_total[<5m>]))")
