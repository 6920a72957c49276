// Every metric family of the program: name, kind, meaning, labels. Names and labels are an
// interface that dashboards and alerts rely on.
#include "monitoring/scrape.hpp"

#include <string>
#include <utility>

namespace gongji::monitoring {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;
using Blocks = std::vector<ThreadCounts*>;

MetricFamily family(MetricType type, const std::string& name, std::string help) {
  MetricFamily made;
  made.name = "gongji_" + name;
  made.help = std::move(help);
  made.type = type;
  return made;
}

// `read` gives one thread's share.
template <class Read>
std::uint64_t sum(const Blocks& blocks, Read read) {
  std::uint64_t total = 0;
  for (const ThreadCounts* block : blocks) total += read(*block);
  return total;
}

void add(MetricFamily& to, Labels labels, double value) {
  ClientMetric metric;
  metric.label = std::move(labels);
  metric.counter.value = value;
  metric.gauge.value = value;
  to.metric.push_back(std::move(metric));
}

double as_gauge(std::uint64_t steps) {
  return static_cast<double>(static_cast<std::int64_t>(steps));
}

// `cells` gives one thread's histogram. The count is the sum of the buckets that were read, so the
// three always agree even while threads go on counting.
template <std::size_t N, class Cells>
void add_histogram(MetricFamily& to, Labels labels, const Blocks& blocks,
                   const std::array<double, N>& edges, Cells cells) {
  ClientMetric metric;
  metric.label = std::move(labels);
  std::uint64_t cumulative = 0;
  for (std::size_t i = 0; i <= N; ++i) {
    cumulative += sum(blocks, [&](const ThreadCounts& each) { return cells(each).count(i); });
    if (i < N) metric.histogram.bucket.push_back({cumulative, edges[i]});
  }
  metric.histogram.sample_count = cumulative;
  for (const ThreadCounts* block : blocks) metric.histogram.sample_sum += cells(*block).sum();
  to.metric.push_back(std::move(metric));
}

// One metric per value of one label. `read` gives one thread's share of value i.
template <class Values, class Read>
MetricFamily by_label(MetricFamily to, const Blocks& blocks, const std::string& label,
                      const Values& values, Read read) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint64_t total =
        sum(blocks, [&](const ThreadCounts& each) { return read(each, i); });
    const bool is_gauge = to.type == MetricType::Gauge;
    add(to, {{label, std::string{values[i]}}},
        is_gauge ? as_gauge(total) : static_cast<double>(total));
  }
  return to;
}

template <class Read>
MetricFamily plain(MetricFamily to, const Blocks& blocks, Read read) {
  const std::uint64_t total = sum(blocks, read);
  add(to, {}, to.type == MetricType::Gauge ? as_gauge(total) : static_cast<double>(total));
  return to;
}

MetricFamily single(MetricFamily to, Labels labels, double value) {
  add(to, std::move(labels), value);
  return to;
}

MetricFamily transactions(const Blocks& blocks) {
  MetricFamily made = family(MetricType::Counter, "transactions_total",
                             "Messages answered, by transaction number and outcome.");
  for (std::size_t i = 0; i < kInfnos.size(); ++i)
    for (std::size_t k = 0; k < kOutcomes.size(); ++k)
      add(made, {{"infno", std::string{kInfnos[i]}}, {"outcome", std::string{kOutcomes[k]}}},
          static_cast<double>(sum(
              blocks, [&](const ThreadCounts& each) { return each.transactions[i][k].read(); })));
  return made;
}

MetricFamily transaction_seconds(const Blocks& blocks) {
  MetricFamily made =
      family(MetricType::Histogram, "transaction_duration_seconds",
             "From the first byte of a message to the last byte of its answer handed over.");
  for (std::size_t i = 0; i < kInfnos.size(); ++i)
    add_histogram(made, {{"infno", std::string{kInfnos[i]}}}, blocks, kSecondsEdges,
                  [&](const ThreadCounts& each) -> const SecondsCells& {
                    return each.transaction_seconds[i];
                  });
  return made;
}

MetricFamily stage_seconds(const Blocks& blocks) {
  MetricFamily made = family(MetricType::Histogram, "stage_duration_seconds",
                             "Time a message spent in one stage of its way.");
  for (std::size_t i = 0; i < kStages.size(); ++i)
    add_histogram(
        made, {{"stage", std::string{kStages[i]}}}, blocks, kSecondsEdges,
        [&](const ThreadCounts& each) -> const SecondsCells& { return each.stage_seconds[i]; });
  return made;
}

// Reasons are numbered from 1; 0 is "none".
template <class Read>
MetricFamily by_reason(MetricFamily to, const Blocks& blocks, Read read) {
  for (std::size_t i = 1; i < kReasonCount; ++i)
    add(to, {{"reason", std::string{code(static_cast<Reason>(i))}}},
        static_cast<double>(sum(blocks, [&](const ThreadCounts& each) { return read(each, i); })));
  return to;
}

MetricFamily paid(const Blocks& blocks) {
  MetricFamily made = family(MetricType::Counter, "paid_fen_total",
                             "Money settled in fen, by who paid and where care was given.");
  for (std::size_t i = 0; i < kSources.size(); ++i)
    for (std::size_t k = 0; k < kChannels.size(); ++k)
      add(made, {{"source", std::string{kSources[i]}}, {"channel", std::string{kChannels[k]}}},
          static_cast<double>(
              sum(blocks, [&](const ThreadCounts& each) { return each.paid_fen[i][k].read(); })));
  return made;
}

MetricFamily mailbox_depth(const Blocks& blocks) {
  std::uint64_t deepest = 0;
  for (ThreadCounts* block : blocks)
    deepest = std::max(deepest, block->mailbox_depth.take(Reader::kScrape));
  return single(family(MetricType::Gauge, "mailbox_depth_max",
                       "Longest queue before one household since the last scrape."),
                {}, static_cast<double>(deepest));
}

MetricFamily commit_records(const Blocks& blocks) {
  MetricFamily made = family(MetricType::Histogram, "journal_commit_records",
                             "Records written by one synced group commit.");
  add_histogram(
      made, {}, blocks, kRecordsEdges,
      [](const ThreadCounts& each) -> const RecordsCells& { return each.commit_records; });
  return made;
}

MetricFamily commit_seconds(const Blocks& blocks) {
  MetricFamily made =
      family(MetricType::Histogram, "journal_commit_seconds", "Time of one synced group commit.");
  add_histogram(
      made, {}, blocks, kSecondsEdges,
      [](const ThreadCounts& each) -> const SecondsCells& { return each.commit_seconds; });
  return made;
}

std::vector<std::string> status_labels() {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < kStatusCount; ++i) labels.emplace_back(status_label(i));
  return labels;
}

MetricFamily watched(const WatchedNumbers& numbers) {
  MetricFamily made;
  made.name = numbers.name;
  made.help = numbers.help;
  made.type = numbers.only_grows ? MetricType::Counter : MetricType::Gauge;
  for (const auto& [label, value] : numbers.read())
    add(made, numbers.label.empty() ? Labels{} : Labels{{numbers.label, label}}, value);
  return made;
}

void append_messages(const Blocks& blocks, std::vector<MetricFamily>& out) {
  out.push_back(transactions(blocks));
  out.push_back(transaction_seconds(blocks));
  out.push_back(stage_seconds(blocks));
  out.push_back(by_reason(
      family(MetricType::Counter, "refusals_total", "Messages refused, by reason."), blocks,
      [](const ThreadCounts& each, std::size_t i) { return each.refusals[i].read(); }));
  out.push_back(by_reason(
      family(MetricType::Counter, "zero_shares_total",
             "Settlements to which the family gave nothing, by reason."),
      blocks, [](const ThreadCounts& each, std::size_t i) { return each.zero_shares[i].read(); }));
  out.push_back(paid(blocks));
}

ClientMetric institution_seconds(const InstitutionRow& row) {
  ClientMetric metric;
  metric.label = {{"institution", row.code}};
  std::uint64_t cumulative = 0;
  for (std::size_t i = 0; i < row.counts.buckets.size(); ++i) {
    cumulative += row.counts.buckets[i];
    if (i < kInstitutionEdges.size())
      metric.histogram.bucket.push_back({cumulative, kInstitutionEdges[i]});
  }
  metric.histogram.sample_count = cumulative;
  metric.histogram.sample_sum = row.counts.seconds;
  return metric;
}

void append_institutions(const std::vector<InstitutionRow>& rows, std::vector<MetricFamily>& out) {
  MetricFamily messages = family(MetricType::Counter, "institution_transactions_total",
                                 "Messages answered, for the busiest institutions.");
  MetricFamily seconds = family(MetricType::Histogram, "institution_duration_seconds",
                                "The same messages, from first byte to answer.");
  MetricFamily last =
      family(MetricType::Gauge, "institution_last_message_timestamp_seconds",
             "When the institution last spoke, Unix time; 0 = not since the start.");
  for (const InstitutionRow& row : rows) {
    for (std::size_t k = 0; k < kOutcomes.size(); ++k)
      add(messages, {{"institution", row.code}, {"outcome", std::string{kOutcomes[k]}}},
          static_cast<double>(row.counts.outcomes[k]));
    seconds.metric.push_back(institution_seconds(row));
    add(last, {{"institution", row.code}}, static_cast<double>(row.counts.last_message_s));
  }
  for (MetricFamily* each : {&messages, &seconds, &last}) out.push_back(std::move(*each));
}

void append_admission(const Counted& counted, std::vector<MetricFamily>& out) {
  const Blocks& blocks = counted.blocks;
  out.push_back(single(family(MetricType::Gauge, "oldest_inflight_seconds",
                              "How long the message that waits longest has waited."),
                       {}, counted.oldest_waiting_s));
  out.push_back(plain(family(MetricType::Gauge, "inflight", "Messages being worked on."), blocks,
                      [](const ThreadCounts& each) { return each.inflight.read(); }));
  out.push_back(
      by_label(family(MetricType::Counter, "admission_shed_total",
                      "Messages refused before they were decided, by limit."),
               blocks, "reason", kShedCauses,
               [](const ThreadCounts& each, std::size_t i) { return each.shed[i].read(); }));
}

void append_actors(const Counted& counted, std::vector<MetricFamily>& out) {
  const Blocks& blocks = counted.blocks;
  out.push_back(plain(family(MetricType::Gauge, "actors", "Households in memory."), blocks,
                      [](const ThreadCounts& each) { return each.actors.read(); }));
  out.push_back(plain(
      family(MetricType::Counter, "actor_activations_total", "Households brought into memory."),
      blocks, [](const ThreadCounts& each) { return each.activations.read(); }));
  out.push_back(
      plain(family(MetricType::Counter, "actor_passivations_total", "Households that left memory."),
            blocks, [](const ThreadCounts& each) { return each.passivations.read(); }));
  out.push_back(mailbox_depth(blocks));
  out.push_back(single(family(MetricType::Gauge, "hottest_household_messages_per_second",
                              "Messages for the busiest household, over about a minute."),
                       {}, counted.hottest_per_second));
  out.push_back(single(family(MetricType::Gauge, "hottest_household_share_ratio",
                              "The busiest household's part of all messages, over a minute."),
                       {}, counted.hottest_share));
}

void append_journal(const Counted& counted, std::vector<MetricFamily>& out) {
  const Blocks& blocks = counted.blocks;
  out.push_back(single(
      family(MetricType::Gauge, "journal_sequence", "Last journal record on stable storage."), {},
      static_cast<double>(counted.journal_sequence)));
  out.push_back(commit_records(blocks));
  out.push_back(commit_seconds(blocks));
  out.push_back(plain(family(MetricType::Counter, "journal_failures_total",
                             "Group commits that failed; the program ends after the first."),
                      blocks,
                      [](const ThreadCounts& each) { return each.journal_failures.read(); }));
}

void append_ledger(const LedgerFigures& ledger, std::vector<MetricFamily>& out) {
  const auto gauge = [&](const char* name, const char* help, double value) {
    out.push_back(single(family(MetricType::Gauge, name, help), {}, value));
  };
  const auto counter = [&](const char* name, const char* help, std::uint64_t value) {
    out.push_back(single(family(MetricType::Counter, name, help), {}, static_cast<double>(value)));
  };
  gauge("ledger_imbalance_fen",
        "Money that appeared or vanished, in decisions or in the journal; must be 0.",
        static_cast<double>(ledger.imbalance_fen));
  gauge("audit_last_success_timestamp_seconds",
        "When the running audit last had looked at everything durable, Unix time.",
        static_cast<double>(ledger.last_success_s));
  gauge("audit_lag_records", "Durable records the running audit has not looked at yet.",
        static_cast<double>(ledger.lag_records));
  counter("audit_records_total", "Records the running audit looked at.", ledger.records);
  counter("audit_failures_total", "Times the running audit could not read the journal through.",
          ledger.failures);
}

void append_transports(const Blocks& blocks, std::vector<MetricFamily>& out) {
  out.push_back(by_label(family(MetricType::Gauge, "connections", "Open connections."), blocks,
                         "transport", kTransports, [](const ThreadCounts& each, std::size_t i) {
                           return each.connections[i].read();
                         }));
  out.push_back(by_label(
      family(MetricType::Counter, "frames_total", "Frames read."), blocks, "transport", kTransports,
      [](const ThreadCounts& each, std::size_t i) { return each.frames[i].read(); }));
  out.push_back(by_label(
      family(MetricType::Counter, "http_requests_total", "HTTP answers, by status."), blocks,
      "code", status_labels(),
      [](const ThreadCounts& each, std::size_t i) { return each.http_requests[i].read(); }));
}

// Under the names every Prometheus knows them by.
void append_process(const ProcessFigures& figures, std::vector<MetricFamily>& out) {
  const struct {
    MetricType type;
    const char* name;
    const char* help;
    double value;
  } rows[] = {
      {MetricType::Counter, "process_cpu_seconds_total", "Processor time used.",
       figures.cpu_seconds},
      {MetricType::Gauge, "process_resident_memory_bytes", "Memory in use.",
       figures.resident_bytes},
      {MetricType::Gauge, "process_open_fds", "Open file descriptors.", figures.open_fds},
      {MetricType::Gauge, "process_max_fds", "Most file descriptors allowed.", figures.max_fds},
      {MetricType::Gauge, "process_threads", "Threads.", figures.threads},
      {MetricType::Gauge, "process_start_time_seconds", "When the process began, Unix time.",
       figures.start_time_seconds},
  };
  for (const auto& row : rows) {
    MetricFamily made = family(row.type, "", row.help);
    made.name = row.name;
    out.push_back(single(std::move(made), {}, row.value));
  }
}

}  // namespace

std::vector<MetricFamily> Scrape::Collect() const {
  std::vector<MetricFamily> out;
  append_messages(counted_.blocks, out);
  append_institutions(counted_.institutions, out);
  append_admission(counted_, out);
  append_actors(counted_, out);
  append_journal(counted_, out);
  append_ledger(counted_.ledger, out);
  append_transports(counted_.blocks, out);
  append_process(counted_.process, out);
  for (const WatchedNumbers& numbers : counted_.watched) out.push_back(watched(numbers));
  out.push_back(single(family(MetricType::Gauge, "build_info", "What is running."),
                       {{"version", counted_.build.version}, {"commit", counted_.build.commit}},
                       1));
  return out;
}

}  // namespace gongji::monitoring
