#include "loadtest/run.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

#include "domain/time.hpp"
#include "loadtest/client/blocking_http.hpp"
#include "loadtest/client/progress_line.hpp"
#include "loadtest/gateway_watch.hpp"
#include "loadtest/load_traffic.hpp"
#include "loadtest/prepare.hpp"
#include "loadtest/report_text.hpp"
#include "loadtest/roll_watch.hpp"
#include "loadtest/soak.hpp"
#include "loadtest/worker.hpp"

namespace gongji::loadtest {
namespace {

using std::chrono::system_clock;

Population population_of(const LoadOptions& options) { return {options.families, options.singles}; }

Sender sender_of(const LoadOptions& options) {
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(system_clock::now().time_since_epoch());
  return {options.institution, options.area, make_run_tag(static_cast<std::uint64_t>(now.count()))};
}

const Address& load_address(const LoadOptions& options) {
  return options.tcp ? *options.tcp : *options.http;
}

// What one thread of the load owns.
struct Lane {
  Lane(const LoadOptions& options, const Sender& sender, const std::string& token, unsigned index,
       Recorder& recorder, const DiskWatch* disk)
      : traffic({.profile = options.profile,
                 .zipf_skew = options.zipf_skew,
                 .population = population_of(options),
                 .sender = sender,
                 .seed = options.seed * 1'000'003 + index,
                 .first_number = index + 1,
                 .number_step = options.threads,
                 .audit_sample_max = options.audit ? options.audit_max / options.threads + 1 : 0,
                 .token = token,
                 .premium_year = options.premium_year,
                 .disk = disk},
                recorder),
        schedule(make_schedule(schedule_share(options, index))),
        worker(worker_options(options, sender, index), traffic, *schedule) {}

  static WorkerOptions worker_options(const LoadOptions& options, const Sender& sender,
                                      unsigned index) {
    WorkerOptions worker;
    worker.address = load_address(options);
    worker.transport = options.transport();
    worker.connections = options.connections / options.threads +
                         (index < options.connections % options.threads ? 1 : 0);
    worker.depth = options.depth;
    if (options.transport() == Transport::kTcp) Envelopes{sender}.append_sign_in(worker.sign_in);
    worker.timeout_ms = options.timeout_ms;
    worker.duration = options.duration_s;
    worker.grace_ms = options.grace_ms;
    return worker;
  }

  LoadTraffic traffic;
  std::unique_ptr<Schedule> schedule;
  Worker worker;
  WorkerReport report;
};
using Lanes = std::vector<std::unique_ptr<Lane>>;

std::string progress_of(const LoadOptions& options, const Recorder& recorder, double elapsed) {
  const SecondSummary last = recorder.last();
  std::string text = with_thousands(last.counts.all()) + " messages/s  " +
                     with_thousands(last.settled) + " settled/s  p50 " +
                     milliseconds_text(last.p50) + " ms  p99 " + milliseconds_text(last.p99) +
                     " ms  " + with_thousands(last.counts.refused) + " refused  " +
                     with_thousands(last.counts.busy + last.counts.unknown) + " busy or unknown";
  const double left = static_cast<double>(options.duration_s.count()) - elapsed;
  if (options.duration_s.count() > 0) text += "  " + short_duration(left) + " left";
  return text;
}

void run_lanes(const LoadOptions& options, Lanes& lanes, Recorder& recorder) {
  const TimePoint start = SteadyClock::now();
  std::atomic<unsigned> running = options.threads;
  std::vector<std::jthread> threads;
  for (const auto& lane : lanes) {
    lane->traffic.start(start);
    threads.emplace_back([&lane = *lane, &running, start] {
      lane.report = lane.worker.run(start);
      lane.traffic.finish(SteadyClock::now());
      --running;
    });
  }
  ProgressLine line;
  while (running > 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    const std::chrono::duration<double> elapsed = SteadyClock::now() - start;
    if (line.due()) line.show(progress_of(options, recorder, elapsed.count()));
  }
  threads.clear();
  recorder.close();
}

std::unique_ptr<RollWatch> roll_beside(const LoadOptions& options, const std::string& token) {
  if (options.profile != ProfileName::kJulyFirst) return nullptr;
  return std::make_unique<RollWatch>(RollOptions{.http = *options.http,
                                                 .token = token,
                                                 .year = options.roll_year,
                                                 .after_s = options.roll_after_s});
}

// The gateway is watched meanwhile, if we know where.
std::vector<WatchedSecond> run_watched(const LoadOptions& options, Lanes& lanes,
                                       Recorder& recorder) {
  std::unique_ptr<GatewayWatch> watch;
  if (const auto ops = parse_address(options.ops))
    watch = std::make_unique<GatewayWatch>(*ops, options.warmup_s);
  run_lanes(options, lanes, recorder);
  return watch == nullptr ? std::vector<WatchedSecond>{} : watch->stop();
}

// The one ledger of the whole run.
Ledger merged_ledger(Lanes& lanes) {
  Ledger ledger = std::move(lanes.front()->traffic.ledger());
  for (std::size_t i = 1; i < lanes.size(); ++i)
    ledger.merge(std::move(lanes[i]->traffic.ledger()));
  return ledger;
}

void collect(const LoadOptions& options, const Lanes& lanes, const Recorder& recorder,
             RunResult& result) {
  TimePoint last_answer;
  TimePoint start;
  for (const auto& lane : lanes) {
    result.breaks += lane->report.breaks;
    if (!lane->report.last_break.empty()) result.last_break = lane->report.last_break;
    result.unsent += lane->report.unsent;
    last_answer = std::max(last_answer, lane->traffic.last_answer_at());
    start = lane->traffic.started_at();
  }
  result.per_second = recorder.seconds();
  result.total = recorder.total();
  for (const SecondSummary& second : result.per_second) result.messages_all += second.counts.all();
  const std::chrono::duration<double> seconds = last_answer - start - options.warmup_s;
  result.seconds = std::max(seconds.count(), 0.0);
}

Result<Lanes, std::string> connected_lanes(const LoadOptions& options, const Sender& sender,
                                           const std::string& token, Recorder& recorder,
                                           const DiskWatch* disk) {
  Lanes lanes;
  for (unsigned i = 0; i < options.threads; ++i) {
    lanes.push_back(std::make_unique<Lane>(options, sender, token, i, recorder, disk));
    if (auto connected = lanes.back()->worker.connect(); !connected) return connected.error();
  }
  return lanes;
}

Result<BalancesRead, std::string> balances_before(const LoadOptions& options,
                                                  const std::string& token) {
  const Population population = population_of(options);
  auto read = read_balances(*options.http, token, population,
                            accounts_to_watch(population, options.audit_max));
  if (read && !read->first_problem.empty())
    return read->first_problem + "; run once with --prepare, or see that the token is an agency's";
  return read;
}

using Watching = std::unique_ptr<DiskWatch>;

// Nothing without --disk.
Result<Watching, std::string> watch_disk(const LoadOptions& options) {
  if (options.disk.empty()) return Watching{};
  return DiskWatch::begin(options.disk, options.stall_ms, options.warmup_s);
}

// Empty when no part of the run needs one.
Result<BearerToken, std::string> token_for(const LoadOptions& options) {
  const bool needed = options.audit || options.profile == ProfileName::kDeadlineDay ||
                      options.profile == ProfileName::kJulyFirst;
  if (!needed) return BearerToken{};
  return read_token_file(options.token_file);
}

Result<RunResult, std::string> run_part(const LoadOptions& options) {
  RunResult result{options};
  result.machine = describe_machine();
  result.started_at =
      to_civil_text(std::chrono::floor<std::chrono::milliseconds>(system_clock::now()));
  const Sender sender = sender_of(options);
  const auto read = token_for(options);
  if (!read) return read.error();
  const std::string& token = read->text;
  std::vector<AccountBalance> before;
  if (options.audit) {
    auto balances = balances_before(options, token);
    if (!balances) return balances.error();
    before = std::move(balances->balances);
  }
  Recorder recorder{options.threads, static_cast<std::uint64_t>(options.warmup_s.count())};
  auto disk = watch_disk(options);
  if (!disk) return disk.error();
  auto lanes = connected_lanes(options, sender, token, recorder, disk->get());
  if (!lanes) return lanes.error();
  const double own_cpu = own_cpu_seconds();
  const auto server_cpu = cpu_seconds_of(options.server_pid);
  const std::unique_ptr<RollWatch> roll = roll_beside(options, token);
  result.watched = run_watched(options, *lanes, recorder);
  result.client_cpu_seconds = own_cpu_seconds() - own_cpu;
  if (*disk != nullptr) result.disk = (*disk)->stop();
  if (const auto now = cpu_seconds_of(options.server_pid); now && server_cpu)
    result.server_cpu_seconds = *now - *server_cpu;
  collect(options, *lanes, recorder, result);
  if (roll != nullptr) result.roll = roll->finish(options.roll_wait_s);
  if (options.audit) {
    Ledger ledger = merged_ledger(*lanes);
    result.audit = audit_run({load_address(options), options.transport(), *options.http, token,
                              sender, options.premium_year},
                             ledger, before);
  }
  return result;
}

}  // namespace

Result<PrepareSummary, std::string> run_prepare(const LoadOptions& options) {
  const auto token = read_token_file(options.token_file);
  if (!token) return token.error();
  ProgressLine line;
  const TimePoint start = SteadyClock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(SteadyClock::now() - start); };
  const auto done = prepare_population(*options.http, token->text, population_of(options),
                                       [&](std::uint64_t lines, std::uint64_t all) {
                                         line.show(progress_text(lines, all, "lines", elapsed()));
                                       });
  if (!done) return done.error();
  std::string text = "prepared " + with_thousands(options.families) + " families and " +
                     with_thousands(options.singles) +
                     " single persons: " + progress_text(done->lines, 0, "lines", elapsed());
  if (done->persons_s > 0)
    text += ", persons alone " +
            with_thousands(
                static_cast<std::uint64_t>(static_cast<double>(done->persons) / done->persons_s)) +
            "/s";
  if (done->refused > 0)
    text += ", " + with_thousands(done->refused) + " refused, first: " + done->first_refusal;
  return PrepareSummary{text};
}

Result<RunResult, std::string> run_load(const LoadOptions& options) {
  return options.profile == ProfileName::kSoak ? run_soak(options, run_part) : run_part(options);
}

}  // namespace gongji::loadtest
