// The whole program in one object: the only place that knows which concrete parts exist. Members
// stand in the order they are built; they go in the reverse order.
#pragma once

#include <atomic>
#include <caf/actor_system.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "actors/archive.hpp"
#include "actors/canary.hpp"
#include "actors/couriers.hpp"
#include "actors/day_archive.hpp"
#include "actors/directory.hpp"
#include "actors/hot_balance_projector.hpp"
#include "actors/journal_writer.hpp"
#include "actors/roll_run.hpp"
#include "actors/system.hpp"
#include "app/gongjid/checkpoints.hpp"
#include "app/gongjid/disk_guard.hpp"
#include "app/gongjid/listeners.hpp"
#include "app/gongjid/ops_handler.hpp"
#include "app/gongjid/pulse.hpp"
#include "config/policy_holder.hpp"
#include "config/settings.hpp"
#include "counterparties/simulated.hpp"
#include "gateway/reconciliation/desk.hpp"
#include "monitoring/figure_history.hpp"
#include "monitoring/health.hpp"
#include "monitoring/ledger_watch.hpp"
#include "monitoring/ops_pages.hpp"
#include "monitoring/prometheus_metrics.hpp"
#include "ports/clock.hpp"
#include "ports/hot_balances.hpp"
#include "stores/files/disk_file_shelf.hpp"
#include "stores/rocksdb/rocks_store.hpp"

namespace gongji::app {

class GatewayProcess {
 public:
  // What was read before anything starts.
  struct Inputs {
    config::Settings settings;
    Policy policy;
    AccessList access;
    std::string ops_token;
    std::shared_ptr<const gateway::tls::TlsContext> tls;  // null: plain listeners
  };
  explicit GatewayProcess(Inputs inputs);
  ~GatewayProcess();

  // Opens the operator's listener, then the store (replaying), then the business listeners, and
  // prints where they listen. `before_serving` is called when the first caller may be let in. The
  // error is a sentence; nothing is left running after it.
  Result<Done, std::string> start(const std::function<void()>& before_serving);
  void reload();
  // Not ready → grace → no new work → in flight finishes → households leave → journal flushed. What
  // hangs is for LastResort (app/gongjid/last_resort.hpp).
  void stop();

 private:
  Result<Done, std::string> open_store();
  Result<Done, std::string> start_actors();
  Result<Done, std::string> start_projector();
  void start_couriers();
  Result<Done, std::string> make_interfaces();
  Result<Done, std::string> open_desk();
  void watch_projector();
  void watch_ledger();
  Result<Done, std::string> open_listeners(const std::string& ops_address,
                                           const std::function<void()>& before_serving);
  Result<Done, std::string> start_pulse();
  void on_stall(bool stalled);
  void drain_listeners();
  void tell_reload(const std::string& problem) const;
  void tell_addresses(const BusinessListeners::Addresses& business, const std::string& ops) const;

  const Inputs inputs_;
  config::PolicyHolder policies_;
  const std::shared_ptr<gateway::tls::TlsSource> tls_;  // null: plain listeners
  SystemClock clock_;
  monitoring::PrometheusMetrics metrics_;
  monitoring::Health health_;
  std::optional<monitoring::FigureHistory> history_;
  monitoring::OpsPages ops_pages_;
  OpsHandler ops_handler_;
  OpsListener ops_listener_;
  std::unique_ptr<stores::RocksStore> store_;
  std::optional<monitoring::LedgerWatch> ledger_watch_;
  std::optional<Checkpoints> checkpoints_;
  std::optional<actors::JournalWriter> journal_;
  std::optional<actors::HouseholdTools> tools_;
  std::optional<actors::SystemConfig> caf_config_;
  std::optional<caf::actor_system> caf_;
  std::optional<actors::Directory> directory_;
  std::unique_ptr<HotBalances> hot_balances_;  // none without redis.url
  std::optional<actors::HotBalanceProjector> projector_;
  std::optional<actors::HotReads> hot_reads_;
  std::optional<actors::Archive> archive_;
  std::optional<actors::RollRun> rolls_;
  std::unique_ptr<counterparties::Simulated> parties_;  // none unless simulated
  std::optional<actors::Couriers> couriers_;
  std::unique_ptr<stores::DiskFileShelf> files_;
  std::optional<actors::DayArchive> days_;
  std::optional<gateway::reconciliation::Desk> desk_;
  std::optional<gateway::wire::NationalWire> wire_;
  std::optional<gateway::rest::RestApi> rest_;
  // Read by the operator's loop (drain) while it is being made.
  std::atomic<std::shared_ptr<BusinessListeners>> business_;
  std::optional<DiskGuard> disk_guard_;
  std::optional<actors::Canary> canary_;
  std::optional<Pulse> pulse_;
  bool serving_ = false;
  bool stopped_ = false;
};

}  // namespace gongji::app
