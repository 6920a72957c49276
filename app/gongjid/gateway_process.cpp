#include "app/gongjid/gateway_process.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "app/gongjid/build_info.hpp"
#include "app/gongjid/logging.hpp"
#include "app/gongjid/quote_key_file.hpp"
#include "app/gongjid/supervisor.hpp"
#include "app/gongjid/watched_figures.hpp"
#include "gateway/certificate/certificate_key.hpp"
#include "monitoring/ops_figures.hpp"
#include "ports/log.hpp"
#include "stores/redis/redis_address.hpp"
#include "stores/redis/redis_hot_balances.hpp"

namespace gongji::app {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr auto kServeAtMost = 7s;  // of the ten that stopping may take; the journal needs the rest
constexpr auto kFirstPulse = 30s;  // a disk that takes longer is none to serve on

constexpr auto kReplayTold = 1s;  // between two lines about the replay

gateway::wire::WireOptions wire_options(const gateway::GatewayOptions& knobs) {
  gateway::wire::WireOptions options;
  options.deadline_ms = knobs.deadline_ms;
  options.slow_ms = knobs.slow_ms;
  options.frame_bytes_max = knobs.frame_bytes_max;
  options.replay.nonces_max = knobs.nonces_max;
  options.institutions = {knobs.institution_inflight_max, knobs.institution_inflight_shared_max,
                          knobs.institution_rate_per_s};
  options.signatures_waiting_max = knobs.signatures_waiting_max;
  return options;
}

// Nothing may be acknowledged after a failed write: the process goes, and a restart replays what
// the disk really has. No destructor runs, because a destructor might answer somebody.
[[noreturn]] void die(const std::string& message) {
  log_event(LogLevel::kCritical, "journal_failed",
            "The journal could not be written. The process ends; the next start replays what is on "
            "the disk.",
            {{"error", message}});
  flush_log();
  std::_Exit(1);
}

}  // namespace

GatewayProcess::GatewayProcess(Inputs inputs)
    : inputs_(std::move(inputs)),
      policies_(inputs_.policy),
      tls_(inputs_.tls ? std::make_shared<gateway::tls::TlsSource>(inputs_.tls) : nullptr),
      metrics_({kVersion, build_commit()}),
      ops_pages_(health_,
                 {[this] { return metrics_.text(); },
                  [this] {
                    if (const auto business = business_.load()) business->refuse_new_work();
                  },
                  [this](std::int64_t after_ms) {
                    return monitoring::ops_figures_json(metrics_, health_, *history_, after_ms,
                                                        clock_.now().time_since_epoch().count());
                  }},
                 inputs_.ops_token),
      ops_handler_(ops_pages_, inputs_.ops_token),
      ops_listener_(ops_handler_, metrics_) {
  history_.emplace(metrics_);
  watch_settings(metrics_, inputs_.settings, health_);
  metrics_.add_gauge("inflight_limit", "Most messages worked on at once, as of now.", [this] {
    const auto business = business_.load();
    return business ? business->inflight_limit() : inputs_.settings.gateway.inflight_max;
  });
  watch_policy(metrics_, policies_);
  watch_certificate(metrics_, tls_);
}

// The pages of the operator show all parts, so they end before the first part does.
GatewayProcess::~GatewayProcess() {
  stop();
  ops_listener_.stop();
  history_.reset();
}

Result<Done, std::string> GatewayProcess::start(const std::function<void()>& before_serving) {
  const auto& ops = inputs_.settings.ops;
  auto ops_address = ops_listener_.start({ops.address, ops.port});
  if (!ops_address) return ops_address.error();
  if (auto opened = open_store(); !opened) return opened;
  if (auto started = start_actors(); !started) return started;
  return open_listeners(to_text(*ops_address), before_serving);
}

Result<Done, std::string> GatewayProcess::open_store() {
  stores::StoreOptions options = inputs_.settings.store;
  options.on_recovery = [told = std::chrono::steady_clock::time_point{}](
                            std::uint64_t done, std::uint64_t total) mutable {
    const auto now = std::chrono::steady_clock::now();
    if (now - told < kReplayTold && done < total) return;
    told = now;
    supervisor::tell_replaying(done, total);
    log_event(LogLevel::kInfo, "replaying", "Records are indexed again.",
              {{"done", done}, {"total", total}});
  };
  options.on_notice = [](const std::string& sentence) {
    log_event(LogLevel::kWarn, "store_notice", sentence);
  };
  auto store = stores::open_rocks_store(options);
  if (!store) return store.error().message;
  store_ = std::move(*store);
  watch_store(metrics_, *store_);
  checkpoints_.emplace(*store_, options.data_dir);
  ops_handler_.set_checkpoint(
      [this](const std::string& directory) { return checkpoints_->make(directory); },
      std::filesystem::absolute(options.data_dir).lexically_normal().string());
  return Done{};
}

Result<Done, std::string> GatewayProcess::start_actors() {
  journal_.emplace(*store_, *store_, metrics_, die);
  tools_.emplace(actors::HouseholdTools{*journal_, policies_, metrics_, inputs_.settings.actors});
  tools_->projecting = !inputs_.settings.redis_url.empty();
  caf_config_.emplace(inputs_.settings.actors);
  caf_.emplace(*caf_config_);
  caf_->await_actors_before_shutdown(false);
  directory_.emplace(*caf_, *store_, *store_, *tools_);
  archive_.emplace(*store_, *store_, *journal_);
  rolls_.emplace(*directory_, *store_, clock_);
  if (auto started = start_projector(); !started) return started;
  watch_ledger();
  journal_->set_after_commit([this](const std::vector<RecordPtr>& records) {
    ledger_watch_->note(records);
    for (const RecordPtr& record : records) metrics_.household(record->household);
    archive_->committed();
  });
  journal_->start();
  return Done{};
}

Result<Done, std::string> GatewayProcess::start_projector() {
  const std::string& url = inputs_.settings.redis_url;
  if (url.empty()) {
    log_event(LogLevel::kInfo, "hot_balances_off", "No Redis; balances are read from households.");
    return Done{};
  }
  auto target = stores::parse_redis_url(url);
  if (!target) return target.error();
  stores::RedisOptions options = inputs_.settings.redis;
  options.on_notice = [](const std::string& sentence) {
    log_event(LogLevel::kInfo, "redis_notice", sentence);
  };
  hot_balances_ = std::make_unique<stores::RedisHotBalances>(std::move(*target), options);
  projector_.emplace(*hot_balances_, actors::HotFiller::Ports{*store_, *store_, policies_},
                     store_->head().epoch, inputs_.settings.projector);
  hot_reads_.emplace(*hot_balances_, *projector_);
  directory_->read_from(*hot_reads_);
  watch_projector();
  journal_->set_projection([this](Sequence upto, std::vector<HotHousehold> changes) {
    projector_->note(upto, std::move(changes));
  });
  return Done{};
}

void GatewayProcess::watch_ledger() {
  ledger_watch_.emplace(*store_, store_->persons_estimate(),
                        monitoring::LedgerWatch::Say{[](const std::string& sentence) {
                          log_event(LogLevel::kCritical, "ledger_alarm", sentence);
                        }});
  metrics_.set_ledger([this] { return ledger_watch_->figures(); });
}

void GatewayProcess::watch_projector() {
  using Figures = actors::ProjectorFigures;
  const auto gauge = [this](const char* name, const char* help, auto read) {
    metrics_.add_gauge(name, help, [this, read] { return read(projector_->figures()); });
  };
  const auto counter = [this](const char* name, const char* help, auto read) {
    metrics_.add_counter(name, help, [this, read] { return read(projector_->figures()); });
  };
  const auto number = [](auto Figures::*member) {
    return [member](const Figures& figures) { return static_cast<double>(figures.*member); };
  };
  gauge("hot_balance_lag_records", "Durable records not yet in the hot balances.",
        number(&Figures::lag_records));
  gauge("hot_balance_lag_seconds", "How long the oldest change waits for the hot balances.",
        number(&Figures::lag_seconds));
  gauge("hot_balance_up", "1 while Redis answers and is reconciled.", number(&Figures::up));
  gauge("hot_balance_filled_ratio", "Share of the running filling of Redis that is done.",
        number(&Figures::filled));
  gauge("hot_balance_backlog_households", "Changed households that wait for Redis.",
        number(&Figures::backlog_households));
  counter("hot_balance_rebuilds_total", "Times Redis was filled anew from the journal.",
          number(&Figures::rebuilds));
  counter("hot_balance_catch_ups_total", "Times Redis was given what it lacked since its marker.",
          number(&Figures::catch_ups));
  counter("hot_balance_refused_older_total", "Writes refused because something newer was there.",
          number(&Figures::refused_older));
  counter("hot_balance_written_bytes_total", "Bytes of keys and values sent to Redis.",
          number(&Figures::bytes));
  const auto reads = [this](const char* name, const char* help,
                            std::uint64_t actors::HotReadFigures::*member) {
    metrics_.add_counter(
        name, help, [this, member] { return static_cast<double>(hot_reads_->figures().*member); });
  };
  using Reads = actors::HotReadFigures;
  reads("hot_balance_read_hits_total", "Balance queries answered from Redis.", &Reads::hits);
  reads("hot_balance_read_misses_total", "Balance queries Redis had no answer for.",
        &Reads::misses);
  reads("hot_balance_read_fallbacks_total",
        "Balance queries for households while Redis was away, behind or slow.", &Reads::fallbacks);
}

Result<Done, std::string> GatewayProcess::open_listeners(
    const std::string& ops_address, const std::function<void()>& before_serving) {
  if (const std::string wrong = actors::check_scheduler(*caf_, inputs_.settings.actors);
      !wrong.empty())
    return wrong;
  if (!directory_->recover())
    return std::string{
        "a household move that a crash interrupted cannot be finished: run gongjictl audit"};
  if (auto made = make_interfaces(); !made) return made;
  start_couriers();
  const auto business =
      std::make_shared<BusinessListeners>(inputs_.settings.gateway, *wire_, *rest_, metrics_, tls_);
  business_ = business;
  disk_guard_.emplace(
      inputs_.settings.store_free_bytes_min, [this] { return store_->free_bytes(); },
      [this](bool refuse) {
        health_.disk_low(refuse);
        directory_->refuse_new_work(refuse);
      });
  if (auto alive = start_pulse(); !alive) return alive;
  before_serving();
  auto addresses = business->start();
  if (!addresses) return addresses.error();
  serving_ = true;
  health_.journal_replayed();
  tell_addresses(*addresses, ops_address);
  return Done{};
}

// Ready means: replayed, and an actor and the journal answered. That the journal can be written was
// shown when the store was opened: it took its epoch with a sync.
Result<Done, std::string> GatewayProcess::start_pulse() {
  canary_.emplace(*caf_, *journal_);
  Pulse::Options options;
  const auto limit = supervisor::watchdog_limit();
  if (limit) options.pause_ms = std::min(options.pause_ms, floor<milliseconds>(*limit / 4));
  pulse_.emplace(
      Pulse::Ports{[this](std::function<void()> answered) { canary_->ask(std::move(answered)); },
                   supervisor::tell_alive, [this](bool stalled) { on_stall(stalled); }},
      options);
  if (pulse_->wait_first(kFirstPulse)) return Done{};
  return std::string{"the journal does not answer: the disk of the data directory hangs"};
}

void GatewayProcess::on_stall(bool stalled) {
  health_.journal_stalled(stalled);
  if (stalled)
    log_event(LogLevel::kError, "journal_stalled",
              "The journal or the actors do not come back: not ready until they do.");
  else
    log_event(LogLevel::kWarn, "journal_moves", "The journal and the actors answer again.");
}

Result<Done, std::string> GatewayProcess::make_interfaces() {
  const std::string& data_dir = inputs_.settings.store.data_dir;
  const auto quote_key = load_quote_key(data_dir);
  if (!quote_key) return quote_key.error();
  const auto certificate_key =
      gateway::certificate::load_or_create_key(data_dir + "/certificate.key");
  if (!certificate_key) return certificate_key.error();
  if (auto opened = open_desk(); !opened) return opened;
  const gateway::GatewayOptions& knobs = inputs_.settings.gateway;
  gateway::wire::WireOptions wire = wire_options(knobs);
  wire.traffic = &metrics_;
  wire_.emplace(*directory_, policies_, clock_, metrics_, *quote_key, wire);
  if (auto kept = wire_->keep_nonces_in(data_dir); !kept) return kept.error();
  wire_->open_desk(*desk_);
  gateway::rest::RestOptions options;
  options.deadline_ms = knobs.deadline_ms;
  options.slow_ms = knobs.slow_ms;
  options.certificate_key = *certificate_key;
  rest_.emplace(gateway::rest::RestPorts{*directory_, *directory_, *archive_, *rolls_, policies_,
                                         clock_, metrics_},
                inputs_.access, options);
  return Done{};
}

Result<Done, std::string> GatewayProcess::open_desk() {
  auto files = stores::DiskFileShelf::open(inputs_.settings.store.data_dir + "/files",
                                           inputs_.settings.shelf);
  if (!files) return files.error().message;
  files_ = std::move(*files);
  days_.emplace(*store_, *store_, *journal_);
  desk_.emplace(gateway::reconciliation::DeskPorts{*days_, *files_, clock_});
  watch_desk(metrics_, *desk_, *files_);
  return Done{};
}

// Without a party its requests stay open, and the agency answers them.
void GatewayProcess::start_couriers() {
  if (inputs_.settings.counterparties.simulated) {
    log_event(LogLevel::kWarn, "counterparties_simulated",
              "Tax authority and insurer are played by this process.");
    parties_ = std::make_unique<counterparties::Simulated>(inputs_.settings.counterparties);
  }
  couriers_.emplace(*directory_, *archive_, clock_, parties_.get(), parties_.get());
}

void GatewayProcess::tell_addresses(const BusinessListeners::Addresses& business,
                                    const std::string& ops) const {
  std::printf("{\"event\":\"listening\",\"http\":\"%s\",\"tcp\":\"%s\",\"ops\":\"%s\"}\n",
              business.http.c_str(), business.tcp.c_str(), ops.c_str());
  std::fflush(stdout);
  const JournalHead head = store_->head();
  log_event(LogLevel::kInfo, "started", "Replayed and able to commit: serving.",
            {{"http", business.http},
             {"tcp", business.tcp},
             {"ops", ops},
             {"version", kVersion},
             {"commit", build_commit()},
             {"sequence", head.durable.number()},
             {"epoch", head.epoch.number()}});
  supervisor::tell_ready("serving on " + business.http + " and " + business.tcp);
}

// All or nothing: whatever is wrong with one file, all the old ones stay.
void GatewayProcess::reload() {
  auto tls = gateway::tls::load_tls(inputs_.settings.gateway.tls);
  if (!tls) return tell_reload(tls.error());
  const auto done = policies_.reload(config::policy_places(inputs_.settings));
  if (!done) return tell_reload(done.error().text());
  know_institutions(metrics_, *policies_.current());
  if (tls_ != nullptr) tls_->replace(std::move(*tls));
  tell_reload("");
}

void GatewayProcess::tell_reload(const std::string& problem) const {
  if (problem.empty())
    log_event(LogLevel::kInfo, "reloaded",
              "Policies, institutions and certificates are the new ones.");
  else
    log_event(LogLevel::kError, "reload_refused",
              "The old policies, institutions and certificates stay.", {{"error", problem}});
}

void GatewayProcess::stop() {
  if (std::exchange(stopped_, true)) return;
  health_.draining();
  supervisor::tell_stopping();
  if (serving_) drain_listeners();
  if (desk_) desk_->stop();
  disk_guard_.reset();
  if (rolls_) rolls_->stop();
  if (parties_) parties_->stop();
  if (couriers_) couriers_->stop();
  if (archive_) archive_->stop();
  if (pulse_) pulse_->stop();
  if (directory_) directory_->stop();
  canary_.reset();
  if (journal_) journal_->stop();
  if (projector_) projector_->stop();
  hot_balances_.reset();  // whoever still waits for it is answered while everybody is there
  if (ledger_watch_) ledger_watch_->stop();
  if (serving_)
    log_event(LogLevel::kInfo, "drained", "Nothing is in flight and the journal is flushed.");
}

// First /readyz is red while everything is still served, so that who balances the load goes
// elsewhere, and HTTP answers say "Connection: close", so that who keeps a connection does too;
// then nothing new is taken.
void GatewayProcess::drain_listeners() {
  log_event(LogLevel::kInfo, "drain_began", "Not ready any more; what is in flight is finished.");
  const auto business = business_.load();
  const auto grace = inputs_.settings.drain_grace_ms;
  business->send_away();
  std::this_thread::sleep_for(grace);
  if (archive_) archive_->hurry();
  business->drain(kServeAtMost - grace);
  business->stop();
}

}  // namespace gongji::app
