"""The figures alerts and dashboards share: a threshold that is changed here is changed in both."""

# Promises to hospitals and pharmacies, over 30 days. The latency is an edge of the histogram.
AVAILABILITY_OBJECTIVE = 0.999
LATENCY_OBJECTIVE = 0.99
LATENCY_SECONDS = 0.25

# Windows of the burn-rate alerts: long, short, how many times too fast, severity, what it costs.
BURNS = (
    ("Fast", "1h", "5m", 14.4, "page", "2 % of the month's budget in an hour"),
    ("Slow", "6h", "30m", 6, "page", "5 % of the month's budget in six hours"),
    ("Long", "3d", "6h", 1, "ticket", "10 % of the month's budget in three days"),
)
WINDOWS = ("5m", "30m", "1h", "6h", "3d")
LOW_TRAFFIC_PER_SECOND = 0.05  # below it a ratio says nothing

INFLIGHT_RATIO = 0.8
MAILBOX_RATIO = 0.8
CONNECTIONS_RATIO = 0.9
DESCRIPTORS_RATIO = 0.8
OLDEST_MESSAGE_SECONDS = 10
JOURNAL_P99_SECONDS = 0.1
JOURNAL_P99_PAGE_SECONDS = 0.5
DISK_NEAR_LIMIT_FACTOR = 1.2  # times store.free_bytes_min

HOT_BALANCE_LAG_RECORDS = 10_000
REBUILDS_PER_HOUR = 3

CERTIFICATE_TICKET_DAYS = 21
CERTIFICATE_PAGE_DAYS = 2
POLICY_TICKET_DAYS = 30
POLICY_PAGE_DAYS = 2

HAMMERED_PER_SECOND = 50
HAMMERED_SHARE = 0.5
REFUSED_RATIO = 0.5
REFUSED_PER_SECOND = 1
TALKING_PER_SECOND = 0.02  # who sent this much is expected to go on
OTHERS_STILL_RATIO = 0.5  # unless everybody went quiet

BATCH_RECORDS_USUAL = 256
