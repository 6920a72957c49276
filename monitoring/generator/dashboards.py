"""The six dashboards, from the outside in. Thresholds are those of the alerts."""

import thresholds as t
from panels import Panel, Row, dashboard, query_variable

HERE = 'instance=~"$instance"'
RATE = "[$__rate_interval]"


def rate(metric, by="", more=""):
    grouping = f" by ({by})" if by else ""
    return f"sum{grouping} (rate(gongji_{metric}{{{HERE}{more}}}{RATE}))"


def quantiles(metric, more="", levels=(0.5, 0.95, 0.99)):
    return {f"p{level * 100:g}": f"histogram_quantile({level}, {rate(metric + '_bucket', 'le', more)})" for level in levels}


def gauge(name, by="instance"):
    return f"sum by ({by}) (gongji_{name}{{{HERE}}})"


def stat(title, expr, unit="short", limit=None, **more):
    return Panel(title, {"": expr}, unit, width=4, height=5, kind="stat", limit=limit, **more)


ABOUT_QUANTILES = "Percentiles are read from buckets; between two edges they are an estimate. The promise itself is exact."


def overview():
    failing = f"max(gongji:failed:ratio_rate5m{{{HERE}}})"
    slow = f"max(gongji:slow:ratio_rate5m{{{HERE}}})"
    burns = lambda ratio, objective: {  # noqa: E731
        f"over {long}": f"max(gongji:{ratio}:ratio_rate{long}{{{HERE}}}) / {round(1 - objective, 6)}"
        for _, long, _, _, _, _ in t.BURNS}
    return dashboard("gongji-overview", "gongji 1 · overview", "Is money at risk? Is it serving? What is wrong?", [
        Row("Is money at risk?"),
        stat("Imbalance, fen", f"sum(gongji_ledger_imbalance_fen{{{HERE}}})", limit=1),
        stat("Books checked", f"max(time() - gongji_audit_last_success_timestamp_seconds{{{HERE}}})", "s", 3600),
        stat("Journal failures", f"sum(gongji_journal_failures_total{{{HERE}}})", limit=1),
        stat("Alerts that wake", 'count(ALERTS{alertstate="firing", severity="page", job="gongji"}) or vector(0)', limit=1),
        stat("Family money today", f'sum(increase(gongji_paid_fen_total{{{HERE}, source="family"}}[1d])) / 100', "currencyCNY"),
        stat("Gateways ready", f"sum(gongji_ready{{{HERE}}})", limit=1, limit_below=True),
        Row("Is it serving?"),
        stat("Messages/s", rate("transactions_total"), "reqps"),
        stat("Failing", failing, "percentunit", round(1 - t.AVAILABILITY_OBJECTIVE, 6)),
        stat(f"Slower than {t.LATENCY_SECONDS:g} s", slow, "percentunit", round(1 - t.LATENCY_OBJECTIVE, 6)),
        stat("p99", f"max(gongji:transaction_duration_seconds:p99_5m{{{HERE}}})", "s", t.LATENCY_SECONDS),
        stat("In flight", f"sum(gongji_inflight{{{HERE}}}) / sum(gongji_inflight_limit{{{HERE}}})", "percentunit", t.INFLIGHT_RATIO),
        stat("Version", f"count by (version) (gongji_build_info{{{HERE}}})"),
        Panel("Budget burn: failing", burns("failed", t.AVAILABILITY_OBJECTIVE), width=12, limit=t.BURNS[0][3],
              about="1 = the month's budget lasts exactly a month."),
        Panel("Budget burn: slow", burns("slow", t.LATENCY_OBJECTIVE), width=12, limit=t.BURNS[0][3],
              about="1 = the month's budget lasts exactly a month."),
        Row("Money"),
        Panel("Paid by", {"{{source}}": f"{rate('paid_fen_total', 'source')} / 100"}, "currencyCNY", 12, stacked=True),
        Panel("Why families gave nothing", {"{{reason}}": f"topk(8, {rate('zero_shares_total', 'reason')})"}, "reqps", 12),
    ])


def gateway():
    return dashboard("gongji-gateway", "gongji 2 · gateway", "Rate, errors, duration of what institutions send.", [
        Row("Rate"),
        Panel("Messages by transaction", {"{{infno}}": f"topk(12, {rate('transactions_total', 'infno')})"}, "reqps", 12, stacked=True),
        Panel("Messages by outcome", {"{{outcome}}": rate("transactions_total", "outcome")}, "reqps", 12, stacked=True),
        Row("Errors"),
        Panel("Refusals by reason", {"{{reason}}": f"topk(10, {rate('refusals_total', 'reason')})"}, "reqps"),
        Panel("Turned away", {"{{reason}}": rate("admission_shed_total", "reason")}, "reqps",
              about="Before anything was decided: safe to send again."),
        Panel("HTTP answers", {"{{code}}": rate("http_requests_total", "code") + " > 0"}, "reqps"),
        Row("Duration"),
        Panel("Whole message", quantiles("transaction_duration_seconds"), "s", 12, limit=t.LATENCY_SECONDS, about=ABOUT_QUANTILES),
        Panel("p99 by stage", {"{{stage}}": f"max by (stage) (gongji:stage_duration_seconds:p99_5m{{{HERE}}})"}, "s", 12),
        Panel("p99 by transaction", {"{{infno}}": "histogram_quantile(0.99, "
              + rate("transaction_duration_seconds_bucket", "infno, le") + ") >= 0"}, "s", 12, limit=t.LATENCY_SECONDS),
        Panel("Oldest message inside", {"{{instance}}": gauge("oldest_inflight_seconds")}, "s", 12, limit=t.OLDEST_MESSAGE_SECONDS),
        Row("Connections"),
        Panel("In flight against the limit", {"{{instance}}": f"gongji_inflight{{{HERE}}} / gongji_inflight_limit{{{HERE}}}"},
              "percentunit", limit=t.INFLIGHT_RATIO),
        Panel("Connections", {"{{transport}}": gauge("connections", "transport")}),
        Panel("Frames", {"{{transport}}": rate("frames_total", "transport")}, "reqps"),
    ])


def inside():
    return dashboard("gongji-inside", "gongji 3 · actors and journal", "Use, saturation, errors of what does the work.", [
        Row("Journal"),
        Panel("Sync", quantiles("journal_commit_seconds"), "s", limit=t.JOURNAL_P99_SECONDS, about=ABOUT_QUANTILES),
        Panel("Records per sync", quantiles("journal_commit_records", levels=(0.5, 0.99)), limit=None,
              about=f"Grows with load; {t.BATCH_RECORDS_USUAL} is usual when busy."),
        Panel("Records", {"{{instance}}": f"deriv(gongji_journal_sequence{{{HERE}}}[$__rate_interval])"}, "wps"),
        Panel("Free disk", {"free": gauge("store_free_bytes"), "refuses work below": gauge("store_free_bytes_min")}, "bytes"),
        Panel("Free disk in a day, at this speed", {"{{instance}}": f"predict_linear(gongji_store_free_bytes{{{HERE}}}[1h], 86400)"}, "bytes"),
        Panel("Store", {"{{part}}": gauge("store_bytes", "part")}, "bytes"),
        Row("Households"),
        Panel("In memory", {"households": gauge("actors"), "most": gauge("actors_limit")}),
        Panel("Coming and going", {"in": rate("actor_activations_total"), "out": rate("actor_passivations_total")}, "ops"),
        Panel("Longest queue of one household", {"{{instance}}": f"max_over_time(gongji_mailbox_depth_max{{{HERE}}}[5m])"
              f" / gongji_household_inflight_limit{{{HERE}}}"}, "percentunit", limit=t.MAILBOX_RATIO),
        Panel("Busiest household", {"messages/s": gauge("hottest_household_messages_per_second")}, "reqps", limit=t.HAMMERED_PER_SECOND),
        Panel("Its part of all messages", {"share": f"max(gongji_hottest_household_share_ratio{{{HERE}}})"}, "percentunit", limit=t.HAMMERED_SHARE),
        Row("Process"),
        Panel("Processors", {"{{instance}}": f'rate(process_cpu_seconds_total{{{HERE}, job="gongji"}}{RATE})'}),
        Panel("Memory", {"{{instance}}": f'process_resident_memory_bytes{{{HERE}, job="gongji"}}'}, "bytes"),
        Panel("Descriptors", {"{{instance}}": f'process_open_fds{{{HERE}, job="gongji"}} / process_max_fds{{{HERE}, job="gongji"}}'},
              "percentunit", limit=t.DESCRIPTORS_RATIO),
        Panel("Started", {"{{instance}}": f'time() - process_start_time_seconds{{{HERE}, job="gongji"}}'}, "s"),
        Panel("Running audit: records behind", {"{{instance}}": gauge("audit_lag_records")}),
        Panel("Running audit: records checked", {"{{instance}}": rate("audit_records_total", "instance")}, "wps"),
    ])


def redis():
    return dashboard("gongji-redis", "gongji 4 · hot balances", "The copy in Redis: losing it costs freshness, never money.", [
        stat("Wanted", f"max(gongji_hot_balance_wanted{{{HERE}}})"),
        stat("Up", f"min(gongji_hot_balance_up{{{HERE}}})", limit=1, limit_below=True),
        stat("Behind", f"max(gongji_hot_balance_lag_records{{{HERE}}})", limit=t.HOT_BALANCE_LAG_RECORDS),
        stat("Filled anew, last hour", f"max(increase(gongji_hot_balance_rebuilds_total{{{HERE}}}[1h]))", limit=t.REBUILDS_PER_HOUR),
        Row("Over time"),
        Panel("Records behind", {"{{instance}}": gauge("hot_balance_lag_records")}, width=12, limit=t.HOT_BALANCE_LAG_RECORDS),
        Panel("Filled anew", {"{{instance}}": f"increase(gongji_hot_balance_rebuilds_total{{{HERE}}}[1h])"}, width=12, limit=t.REBUILDS_PER_HOUR),
        Panel("Seconds behind", {"{{instance}}": gauge("hot_balance_lag_seconds")}, "s", 12),
        Panel("Filling: how far", {"{{instance}}": gauge("hot_balance_filled_ratio")}, "percentunit", 12),
        Panel("Balance queries", {"from Redis": rate("hot_balance_read_hits_total"),
                                  "not there": rate("hot_balance_read_misses_total"),
                                  "from the household instead": rate("hot_balance_read_fallbacks_total")}, "reqps", 12),
        Panel("Up", {"{{instance}}": gauge("hot_balance_up")}, width=12, limit=1, limit_below=True),
        Panel("Records written meanwhile", {"{{instance}}": f"deriv(gongji_journal_sequence{{{HERE}}}[$__rate_interval])"}, "wps", 12),
    ])


def institution():
    mine = ', institution=~"$institution"'
    name = query_variable("institution", "Institution",
                          "label_values(gongji_institution_transactions_total, institution)", True)
    last = f"time() - (gongji_institution_last_message_timestamp_seconds{{{HERE}{mine}}} > 0)"
    return dashboard("gongji-institution", "gongji 5 · one institution",
                     "The 50 busiest have figures of their own; all others are 'other'.", [
        Panel("Messages", {"{{institution}}": rate("institution_transactions_total", "institution", mine)}, "reqps", 12),
        Panel("By outcome", {"{{outcome}}": rate("institution_transactions_total", "outcome", mine)}, "reqps", 12, stacked=True),
        Panel("Refused, part of all", {"{{institution}}": rate("institution_transactions_total", "institution", mine + ', outcome="refused"')
              + f" / ({rate('institution_transactions_total', 'institution', mine)} > 0)"}, "percentunit", 12, limit=t.REFUSED_RATIO),
        Panel("Answered within the promise", {"{{institution}}":
              rate("institution_duration_seconds_bucket", "institution", mine + f', le="{t.LATENCY_SECONDS}"')
              + f" / ({rate('institution_duration_seconds_count', 'institution', mine)} > 0)"}, "percentunit", 12,
              limit=t.LATENCY_OBJECTIVE, limit_below=True),
        Panel("Mean time", {"{{institution}}": rate("institution_duration_seconds_sum", "institution", mine)
              + f" / ({rate('institution_duration_seconds_count', 'institution', mine)} > 0)"}, "s", 12),
        Panel("Last heard of", {"{{institution}}": f"min by (institution) ({last})"}, "s", 12, limit=900),
    ], [name])


def reconciliation():
    kinds = ', infno=~"3201|3202|9101|9102"'
    return dashboard("gongji-reconciliation", "gongji 6 · reconciliation",
                     "3201 totals, 3202 details, 9101 and 9102 files.", [
        Panel("Messages", {"{{infno}}": rate("transactions_total", "infno", kinds)}, "reqps", 12),
        Panel("By outcome", {"{{infno}} {{outcome}}": rate("transactions_total", "infno, outcome", kinds)}, "reqps", 12),
        Panel("Mean time", {"{{infno}}": rate("transaction_duration_seconds_sum", "infno", kinds)
              + f" / clamp_min({rate('transaction_duration_seconds_count', 'infno', kinds)}, 1e-9)"}, "s", 12),
        Panel("Compared and added up", {"compared {{instance}}": rate("reconciliation_comparisons_total", "instance"),
                                 "totals {{instance}}": rate("reconciliation_totals_total", "instance")}, "reqps", 12),
        Panel("Mean time of a comparison", {"{{instance}}": rate("reconciliation_comparison_seconds_total", "instance")
              + f" / clamp_min({rate('reconciliation_comparisons_total', 'instance')}, 1e-9)"}, "s", 12),
        Panel("Differences found today", {"{{kind}}":
              f"sum by (kind) (increase(gongji_reconciliation_differences_total{{{HERE}}}[1d]))"}, width=12,
              about="Institutions find most of them themselves the next morning; a jump is somebody's software."),
        Panel("Files kept", {"files": gauge("reconciliation_files", "job")}, width=6),
        Panel("Room they take", {"bytes": gauge("reconciliation_file_bytes", "job")}, "bytes", 6),
        Panel("Day's totals: paid by", {"{{source}} {{channel}}":
              f"sum by (source, channel) (increase(gongji_paid_fen_total{{{HERE}}}[1d])) / 100"}, "currencyCNY", 12),
        Panel("Settlements applied today", {"{{infno}}":
              f'sum by (infno) (increase(gongji_transactions_total{{{HERE}, outcome="applied", infno=~"2102|2207|2304"}}[1d]))'}, width=12),
        Panel("Cancelled and undone today", {"{{infno}}":
              f'sum by (infno) (increase(gongji_transactions_total{{{HERE}, outcome="applied", infno=~"2103|2208|2305|2601"}}[1d]))'}, width=12),
    ])


def all_dashboards():
    return {"overview": overview(), "gateway": gateway(), "inside": inside(), "redis": redis(),
            "institution": institution(), "reconciliation": reconciliation()}
