"""The alerts: one row each, with a story in which it fires and one in which it stays silent.

A story is a table of series as promtool writes them (one value a minute unless told otherwise) and
the time at which is looked. Severity: `page` wakes somebody, `ticket` can wait for the morning."""

from dataclasses import dataclass, field

import thresholds as t

ONE = '{job="gongji", instance="a"}'


def one(labels=""):
    return '{job="gongji", instance="a"' + (f", {labels}" if labels else "") + "}"


@dataclass
class Story:
    series: dict
    at: str = "30m"
    interval: str = "1m"
    labels: dict = field(default_factory=dict)  # of the alert beside job, instance and severity


@dataclass
class Alert:
    name: str
    severity: str
    expr: str
    summary: str
    description: str
    fires: Story
    silent: Story
    wait: str = "0m"


# ---- promises ----

STEPS = {"Fast": "1m", "Slow": "15m", "Long": "15m"}  # of their stories, which last up to three days

def burn(kind, ratio, objective, series_bad, series_good):
    budget = round(1 - objective, 6)
    for name, long, short, factor, severity, cost in t.BURNS:
        limit = round(factor * budget, 6)
        busy = f"gongji:transactions_all:rate1h > {t.LOW_TRAFFIC_PER_SECOND}"
        minutes = {"1h": 90, "6h": 390, "3d": 4380}[long]
        yield Alert(
            f"Gongji{kind}Burn{name}", severity,
            f"gongji:{ratio}:ratio_rate{long} > {limit} and gongji:{ratio}:ratio_rate{short} > {limit} and {busy}",
            {"Availability": "Messages fail or are turned away", "Latency": "Answers are slow"}[kind]
            + f": the error budget burns {factor:g} times too fast",
            f"{{{{ $value | humanizePercentage }}}} over {long}; {cost}.",
            Story(series_bad, f"{minutes}m", STEPS[name]), Story(series_good, f"{minutes}m", STEPS[name]))


def counting(metric, labels, per_step):
    return {f"gongji_{metric}{one(labels)}": f"0+{per_step}x300"}


FAILING = {**counting("transactions_total", 'infno="2102", outcome="applied"', 90000),
           **counting("transactions_total", 'infno="2102", outcome="unknown"', 3000),
           **counting("admission_shed_total", 'reason="global"', 0)}
SERVING = {**counting("transactions_total", 'infno="2102", outcome="applied"', 90000),
           **counting("transactions_total", 'infno="2102", outcome="unknown"', 0),
           **counting("admission_shed_total", 'reason="global"', 0)}


def latency(slow):
    return {**counting("transactions_total", 'infno="2102", outcome="applied"', 90000),
            **counting("transaction_duration_seconds_bucket", f'infno="2102", le="{t.LATENCY_SECONDS}"',
                       90000 - slow),
            **counting("transaction_duration_seconds_count", 'infno="2102"', 90000)}


PROMISES = [
    *burn("Availability", "failed", t.AVAILABILITY_OBJECTIVE, FAILING, SERVING),
    *burn("Latency", "slow", t.LATENCY_OBJECTIVE, latency(18000), latency(300)),
]

# ---- money ----

MONEY = [
    Alert("GongjiLedgerImbalance", "page", "gongji_ledger_imbalance_fen != 0",
          "Money appeared or vanished", "{{ $value }} fen do not add up. Stop the gateway before anything else.",
          Story({f"gongji_ledger_imbalance_fen{ONE}": "0x10 1x30"}),
          Story({f"gongji_ledger_imbalance_fen{ONE}": "0x60"})),
    Alert("GongjiAuditFailed", "page", "increase(gongji_audit_failures_total[<15m>]) > 0",
          "The running audit cannot read the journal through",
          "A break in the chain of hashes, or a disk that does not read.",
          Story({f"gongji_audit_failures_total{ONE}": "0x20 1x30"}),
          Story({f"gongji_audit_failures_total{ONE}": "0x60"})),
    Alert("GongjiAuditStale", "page",
          "time() - (gongji_audit_last_success_timestamp_seconds > process_start_time_seconds"
          " or process_start_time_seconds) > <1h>s",
          "Nobody has checked the books for an hour", "Last success {{ $value | humanizeDuration }} ago.",
          Story({f"gongji_audit_last_success_timestamp_seconds{ONE}": "0x100",
                 f"process_start_time_seconds{ONE}": "0x100"}, "80m"),
          Story({f"gongji_audit_last_success_timestamp_seconds{ONE}": "0+60x100",
                 f"process_start_time_seconds{ONE}": "0x100"}, "80m")),
    Alert("GongjiJournalFailed", "page",
          'gongji_journal_failures_total > 0 or gongji_obstacle{obstacle="journal failed"} > 0',
          "The journal could not be written", "Nothing is acknowledged any more; the process ends and starts again.",
          Story({f"gongji_journal_failures_total{ONE}": "0x20 1x20"}),
          Story({f"gongji_journal_failures_total{ONE}": "0x60",
                 "gongji_obstacle" + one('obstacle="journal failed"'): "0x60"})),
]

# ---- the process ----

PROCESS = [
    Alert("GongjiDown", "page", 'up{job="gongji"} == 0', "The gateway does not answer",
          "Its ops listener has not been reached for a minute.",
          Story({f"up{ONE}": "1x10 0x30"}), Story({f"up{ONE}": "1x60"}), wait="1m"),
    Alert("GongjiNotReady", "page",
          'gongji_ready == 0 unless on (job, instance) gongji_obstacle{obstacle="draining"} == 1',
          "The gateway takes no traffic", "/readyz has been red for five minutes, and nobody drains it.",
          Story({f"gongji_ready{ONE}": "0x60", "gongji_obstacle" + one('obstacle="draining"'): "0x60"}),
          Story({f"gongji_ready{ONE}": "0x60", "gongji_obstacle" + one('obstacle="draining"'): "1x60"}),
          wait="5m"),
    Alert("GongjiRestarting", "page", "changes(process_start_time_seconds[<15m>]) >= 3",
          "The gateway restarts again and again", "{{ $value }} starts in fifteen minutes.",
          Story({f"process_start_time_seconds{ONE}": "1x15 2x3 3x3 4x3 5x10"}),
          Story({f"process_start_time_seconds{ONE}": "1x20 2x40"})),
    Alert("GongjiDescriptorsLow", "ticket", f"process_open_fds / process_max_fds > {t.DESCRIPTORS_RATIO}",
          "File descriptors run out", "{{ $value | humanizePercentage }} are in use.",
          Story({f"process_open_fds{ONE}": "900x60", f"process_max_fds{ONE}": "1000x60"}),
          Story({f"process_open_fds{ONE}": "100x60", f"process_max_fds{ONE}": "1000x60"}), wait="5m"),
]

# ---- room ----

ROOM = [
    Alert("GongjiShedding", "ticket",
          'sum by (job, instance, reason) (rate(gongji_admission_shed_total{reason!="draining"}[<5m>])) > 0',
          "Messages are turned away ({{ $labels.reason }})", "{{ $value }} a second.",
          Story(counting("admission_shed_total", 'reason="global"', 60), labels={"reason": "global"}),
          Story(counting("admission_shed_total", 'reason="global"', 0)), wait="2m"),
    Alert("GongjiInflightHigh", "ticket", f"gongji_inflight / gongji_inflight_limit > {t.INFLIGHT_RATIO}",
          "Nearly as many messages inside as are let in", "{{ $value | humanizePercentage }} of the limit.",
          Story({f"gongji_inflight{ONE}": "4000x60", f"gongji_inflight_limit{ONE}": "4096x60"}),
          Story({f"gongji_inflight{ONE}": "100x60", f"gongji_inflight_limit{ONE}": "4096x60"}), wait="2m"),
    Alert("GongjiConnectionsHigh", "ticket",
          f"sum by (job, instance) (gongji_connections) / on (job, instance) gongji_connections_limit"
          f" > {t.CONNECTIONS_RATIO}",
          "Nearly as many connections as are let in", "{{ $value | humanizePercentage }} of the limit.",
          Story({"gongji_connections" + one('transport="tcp"'): "9900x60",
                 f"gongji_connections_limit{ONE}": "10000x60"}),
          Story({"gongji_connections" + one('transport="tcp"'): "900x60",
                 f"gongji_connections_limit{ONE}": "10000x60"}), wait="5m"),
    Alert("GongjiMailboxDeep", "ticket",
          f"max_over_time(gongji_mailbox_depth_max[<5m>]) / gongji_household_inflight_limit > {t.MAILBOX_RATIO}",
          "One family's queue is nearly full", "{{ $value | humanizePercentage }} of what one family may have in flight.",
          Story({f"gongji_mailbox_depth_max{ONE}": "1000x60", f"gongji_household_inflight_limit{ONE}": "1024x60"}),
          Story({f"gongji_mailbox_depth_max{ONE}": "30x60", f"gongji_household_inflight_limit{ONE}": "1024x60"}),
          wait="2m"),
    Alert("GongjiMessageStuck", "page", f"gongji_oldest_inflight_seconds > {t.OLDEST_MESSAGE_SECONDS}",
          "A message waits long past its deadline", "For {{ $value | humanizeDuration }}.",
          Story({f"gongji_oldest_inflight_seconds{ONE}": "60x60"}),
          Story({f"gongji_oldest_inflight_seconds{ONE}": "1x60"}), wait="1m"),
    Alert("GongjiJournalSlow", "ticket", f"gongji:journal_commit_seconds:p99_5m > {t.JOURNAL_P99_SECONDS}",
          "Writing the journal is slow", "99 of 100 syncs take up to {{ $value | humanizeDuration }}.",
          Story({**counting("journal_commit_seconds_bucket", 'le="0.1"', 0),
                 **counting("journal_commit_seconds_bucket", 'le="0.25"', 100),
                 **counting("journal_commit_seconds_bucket", 'le="+Inf"', 100)}),
          Story({**counting("journal_commit_seconds_bucket", 'le="0.1"', 100),
                 **counting("journal_commit_seconds_bucket", 'le="0.25"', 100),
                 **counting("journal_commit_seconds_bucket", 'le="+Inf"', 100)}), wait="5m"),
    Alert("GongjiJournalVerySlow", "page", f"gongji:journal_commit_seconds:p99_5m > {t.JOURNAL_P99_PAGE_SECONDS}",
          "Writing the journal is so slow that every till waits",
          "99 of 100 syncs take up to {{ $value | humanizeDuration }}.",
          Story({**counting("journal_commit_seconds_bucket", 'le="0.5"', 0),
                 **counting("journal_commit_seconds_bucket", 'le="1"', 100),
                 **counting("journal_commit_seconds_bucket", 'le="+Inf"', 100)}),
          Story({**counting("journal_commit_seconds_bucket", 'le="0.5"', 100),
                 **counting("journal_commit_seconds_bucket", 'le="1"', 100),
                 **counting("journal_commit_seconds_bucket", 'le="+Inf"', 100)}), wait="5m"),
    Alert("GongjiDiskFillsSoon", "ticket",
          "predict_linear(gongji_store_free_bytes[<6h>], <24h>s) < gongji_store_free_bytes_min",
          "The journal's disk is full within a day", "At this speed, new work is refused then.",
          Story({f"gongji_store_free_bytes{ONE}": "100000-100x400", f"gongji_store_free_bytes_min{ONE}": "1000x400"},
                "90m"),
          Story({f"gongji_store_free_bytes{ONE}": "100000-1x400", f"gongji_store_free_bytes_min{ONE}": "1000x400"},
                "90m"), wait="10m"),
    Alert("GongjiDiskLow", "page",
          f"gongji_store_free_bytes < {t.DISK_NEAR_LIMIT_FACTOR} * gongji_store_free_bytes_min"
          " or predict_linear(gongji_store_free_bytes[<1h>], <4h>s) < gongji_store_free_bytes_min",
          "The journal's disk is nearly full", "{{ $value | humanize1024 }}B left now or within hours.",
          Story({f"gongji_store_free_bytes{ONE}": "1100x90", f"gongji_store_free_bytes_min{ONE}": "1000x90"}, "80m"),
          Story({f"gongji_store_free_bytes{ONE}": "100000-10x90", f"gongji_store_free_bytes_min{ONE}": "1000x90"},
                "80m"), wait="2m"),
]

# ---- hot balances ----

READERS = [
    Alert("GongjiHotBalancesDown", "ticket", "gongji_hot_balance_up == 0 and gongji_hot_balance_wanted == 1",
          "Redis takes no balances", "Settlements go on; readers see old balances.",
          Story({f"gongji_hot_balance_up{ONE}": "0x60", f"gongji_hot_balance_wanted{ONE}": "1x60"}),
          Story({f"gongji_hot_balance_up{ONE}": "0x60", f"gongji_hot_balance_wanted{ONE}": "0x60"}), wait="2m"),
    Alert("GongjiHotBalancesLag", "ticket", f"gongji_hot_balance_lag_records > {t.HOT_BALANCE_LAG_RECORDS}",
          "Balances in Redis are behind", "By {{ $value }} records.",
          Story({f"gongji_hot_balance_lag_records{ONE}": "20000x60"}),
          Story({f"gongji_hot_balance_lag_records{ONE}": "20x60"}), wait="5m"),
    Alert("GongjiHotBalancesRebuilt", "ticket",
          f"increase(gongji_hot_balance_rebuilds_total[<1h>]) > {t.REBUILDS_PER_HOUR}",
          "Redis is filled anew again and again", "Somebody empties it, or it loses its data.",
          Story({f"gongji_hot_balance_rebuilds_total{ONE}": "0+1x90"}, "80m"),
          Story({f"gongji_hot_balance_rebuilds_total{ONE}": "1x90"}, "80m")),
]

# ---- dates ----


def expiry(name, severity, metric, label, days, summary, description):
    value = {"certificate": "server", "family": "SH"}[label]
    series = f"gongji_{metric}" + one(f'{label}="{value}"')
    near, far = (days - 1) * 86400, (days + 9) * 86400
    return Alert(name, severity, f"gongji_{metric} - time() < {days} * 86400", summary, description,
                 Story({series: f"{near}x60"}, labels={label: value}),
                 Story({series: f"{far}x60"}))


DATES = [
    expiry("GongjiCertificateExpires", "ticket", "tls_certificate_expiry_timestamp_seconds", "certificate",
           t.CERTIFICATE_TICKET_DAYS, "A TLS certificate ends soon ({{ $labels.certificate }})",
           "In {{ $value | humanizeDuration }}."),
    expiry("GongjiCertificateEnds", "page", "tls_certificate_expiry_timestamp_seconds", "certificate",
           t.CERTIFICATE_PAGE_DAYS, "A TLS certificate ends within two days ({{ $labels.certificate }})",
           "In {{ $value | humanizeDuration }}; institutions cannot connect after it."),
    expiry("GongjiPolicyExpires", "ticket", "policy_expiry_timestamp_seconds", "family", t.POLICY_TICKET_DAYS,
           "The rules of {{ $labels.family }} end soon", "No profile covers the time after {{ $value | humanizeDuration }}."),
    expiry("GongjiPolicyEnds", "page", "policy_expiry_timestamp_seconds", "family", t.POLICY_PAGE_DAYS,
           "The rules of {{ $labels.family }} end within two days",
           "After {{ $value | humanizeDuration }} its families get no family money."),
]

# ---- who asks ----

SENT = "gongji:institution_transactions:rate5m"
SILENT = ('time() - (gongji_institution_last_message_timestamp_seconds{institution!="other"} > 0) > <15m>s'
          " and on (job, instance, institution) sum by (job, instance, institution)"
          f" (rate(gongji_institution_transactions_total[<2h>] offset <15m>)) > {t.TALKING_PER_SECOND}"
          " and on (job, instance) sum by (job, instance) (rate(gongji_transactions_total[<15m>]))"
          f" > {t.OTHERS_STILL_RATIO} * sum by (job, instance) (rate(gongji_transactions_total[<2h>] offset <15m>))")


def institution(code, per_minute, outcome="applied"):
    labels = one(f'institution="{code}", outcome="{outcome}"')
    return {f"gongji_institution_transactions_total{labels}": per_minute}


def silence(others):
    labels = one('institution="P1"')
    return {f"gongji_institution_last_message_timestamp_seconds{labels}": "0+60x100 6000x60",
            **institution("P1", "0+60x100 6000x60"),
            "gongji_transactions_total" + one('infno="2102", outcome="applied"'): others}


WHO = [
    Alert("GongjiHouseholdHammered", "ticket",
          f"gongji_hottest_household_messages_per_second > {t.HAMMERED_PER_SECOND}"
          f" and gongji_hottest_household_share_ratio > {t.HAMMERED_SHARE}",
          "One family gets most of the messages", "{{ $value }} a second.",
          Story({f"gongji_hottest_household_messages_per_second{ONE}": "80x60",
                 f"gongji_hottest_household_share_ratio{ONE}": "0.9x60"}),
          Story({f"gongji_hottest_household_messages_per_second{ONE}": "80x60",
                 f"gongji_hottest_household_share_ratio{ONE}": "0.01x60"}), wait="5m"),
    Alert("GongjiInstitutionHammering", "ticket",
          f'{SENT}{{institution!="other"}} > {t.HAMMERED_PER_SECOND}'
          f" and {SENT} > on (job, instance) group_left () {t.HAMMERED_SHARE} * sum by (job, instance) ({SENT})",
          "One institution sends most of the messages ({{ $labels.institution }})", "{{ $value }} a second.",
          Story({**institution("P1", "0+6000x60"), **institution("P2", "0+60x60")}, labels={"institution": "P1"}),
          Story({**institution("P1", "0+6000x60"), **institution("P2", "0+6600x60"),
                 **institution("P3", "0+6000x60")}), wait="5m"),
    Alert("GongjiInstitutionRefused", "ticket",
          'sum by (job, instance, institution) (rate(gongji_institution_transactions_total{outcome="refused"}[<5m>]))'
          f" > {t.REFUSED_PER_SECOND} and"
          ' sum by (job, instance, institution) (rate(gongji_institution_transactions_total{outcome="refused"}[<5m>]))'
          f" > {t.REFUSED_RATIO} * {SENT}",
          "Most messages of one institution are refused ({{ $labels.institution }})", "{{ $value }} a second.",
          Story({**institution("P1", "0+120x60", "refused"), **institution("P1", "0+10x60")},
                labels={"institution": "P1"}),
          Story({**institution("P1", "0+10x60", "refused"), **institution("P1", "0+120x60")}), wait="10m"),
    Alert("GongjiInstitutionSilent", "ticket", SILENT,
          "An institution that talked went silent ({{ $labels.institution }})",
          "Not a message for {{ $value | humanizeDuration }}, while the others go on.",
          Story(silence("0+600x160"), "125m", labels={"institution": "P1"}),
          Story(silence("0+600x100 60000x60"), "125m"), wait="1m"),
]

GROUPS = {"promises": PROMISES, "money": MONEY, "process": PROCESS, "room": ROOM, "hot_balances": READERS,
          "dates": DATES, "who_asks": WHO}
