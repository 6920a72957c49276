#include "tests/simulation/world/node.hpp"

#include <caf/actor_system.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <optional>
#include <utility>

#include "actors/archive.hpp"
#include "actors/directory.hpp"
#include "actors/hot_balance_projector.hpp"
#include "actors/hot_reads.hpp"
#include "actors/roll_run.hpp"
#include "actors/system.hpp"
#include "counterparties/simulated.hpp"

namespace gongji::simulation {
namespace {

using Coordinator = caf::scheduler::test_coordinator;

constexpr unsigned kWorkers = 2;

class TestSystem : public actors::SystemConfig {
 public:
  explicit TestSystem(const actors::ActorOptions& options) : SystemConfig(options) {
    module_factories.clear();  // takes away the scheduler with threads
    set("scheduler.policy", caf::atom("testing"));
  }
};

Coordinator& coordinator_of(caf::actor_system& system) {
  return dynamic_cast<Coordinator&>(system.scheduler());
}

// CAF tells once; whoever works must hear of every job.
void hear_of_jobs(Schedule& schedule, Coordinator& coordinator) {
  coordinator.after_next_enqueue([&schedule, &coordinator] {
    schedule.wake_all(&coordinator);
    hear_of_jobs(schedule, coordinator);
  });
}

}  // namespace

// In the order of app/gongjid/gateway_process.hpp.
struct Node::Actors {
  Actors(Node& node, const NodeParts& parts, Store& store)
      : journal(store, store, node.metrics_, [&node](const std::string&) { node.crash(false); }),
        tools{journal,
              parts.policies,
              node.metrics_,
              parts.actors,
              [&node](const Envelope&) { node.throw_before_decision(); },
              true},
        config(parts.actors),
        system(config),
        directory(system, store, store, tools),
        hot(std::make_unique<RedisClient>(RedisClient::Parts{
            parts.store.schedule, parts.redis, parts.store.weather, parts.store.bug})),
        archive(store, store, journal),
        rolls(directory, store, node.clock_) {
    system.await_actors_before_shutdown(false);
    hear_of_jobs(parts.store.schedule, coordinator_of(system));
    projector.emplace(*hot, actors::HotFiller::Ports{store, store, parts.policies},
                      store.head().epoch, parts.projector);
    reads.emplace(*hot, *projector);
    directory.read_from(*reads);
    journal.set_projection([this](Sequence upto, std::vector<HotHousehold> changes) {
      projector->note(upto, std::move(changes));
    });
    journal.set_after_commit([this](const std::vector<RecordPtr>&) { archive.committed(); });
    journal.start();
  }

  void serve(Node& node, const NodeParts& parts) {
    counterparties.emplace(parts.parties);
    couriers.emplace(directory, archive, node.clock_, &*counterparties, &*counterparties,
                     parts.couriers);
  }

  void stop() {
    rolls.stop();
    if (counterparties) counterparties->stop();
    if (couriers) couriers->stop();
    archive.stop();
    directory.stop();
    journal.stop();
    projector->stop();
    hot.reset();
  }

  using Envelope = actors::Envelope;
  actors::JournalWriter journal;
  actors::HouseholdTools tools;
  TestSystem config;
  caf::actor_system system;
  actors::Directory directory;
  std::unique_ptr<RedisClient> hot;
  std::optional<actors::HotBalanceProjector> projector;
  std::optional<actors::HotReads> reads;
  actors::Archive archive;
  actors::RollRun rolls;
  std::optional<counterparties::Simulated> counterparties;
  std::optional<actors::Couriers> couriers;
};

Node::Node(const NodeParts& parts)
    : parts_(parts), metrics_(parts.store.schedule, parts.store.weather) {}

Node::~Node() {
  stopping_ = true;
  pause(false);
  Schedule& schedule = parts_.store.schedule;
  for (const Schedule::Number helper : helpers_) schedule.join(helper);
  if (actors_ == nullptr) return;
  schedule.wake_all(&arrivals_);
  schedule.join(io_);
  arrivals_.clear();
  actors_->stop();
  workers_end_ = true;
  schedule.wake_all(&coordinator_of(actors_->system));
  for (const Schedule::Number worker : workers_) schedule.join(worker);
}

// Everything that begins in here, threads included, belongs to this process.
bool Node::start() {
  Schedule& schedule = parts_.store.schedule;
  helpers_.push_back(schedule.start([this] { begin(); }, &process_));
  schedule.join(helpers_.back());
  return serving();
}

void Node::begin() {
  auto store = Store::open(parts_.store);
  if (!store) {
    alive_ = false;
    trouble_ = "the store does not open: " + store.error().message;
    return;
  }
  store_ = std::move(*store);
  actors_ = std::make_unique<Actors>(*this, parts_, *store_);
  Schedule& schedule = parts_.store.schedule;
  for (unsigned i = 0; i < kWorkers; ++i)
    workers_.push_back(schedule.start([this] { run_worker(); }));
  io_ = schedule.start([this] { run_io(); });
  if (!actors_->directory.recover()) return crash(false);
  actors_->serve(*this, parts_);
  serving_ = true;
}

// ---- threads ----

void Node::run_worker() {
  Schedule& schedule = parts_.store.schedule;
  Coordinator& coordinator = coordinator_of(actors_->system);
  while (!workers_end_) {
    if (!coordinator.has_job()) {
      schedule.wait(&coordinator);
      continue;
    }
    std::swap(coordinator.jobs.front(),
              coordinator.jobs[schedule.chance().below(coordinator.jobs.size())]);
    coordinator.run_once();
    schedule.preempt();
  }
}

void Node::run_io() {
  Schedule& schedule = parts_.store.schedule;
  while (!stopping_) {
    if (arrivals_.empty()) {
      schedule.wait(&arrivals_);
      continue;
    }
    std::swap(arrivals_.front(), arrivals_[schedule.chance().below(arrivals_.size())]);
    Arrival arrival = std::move(arrivals_.front());
    arrivals_.pop_front();
    arrival.request.origin.received_at = clock_.now();
    actors_->directory.submit(std::move(arrival.request), std::move(arrival.ticket));
  }
}

void Node::deliver(Request request, std::unique_ptr<ReplyTicket> ticket) {
  if (!serving() || stopping_) return;
  arrivals_.push_back({std::move(request), std::move(ticket)});
  parts_.store.schedule.wake_all(&arrivals_);
}

bool Node::roll_year(int year, const Origin& origin) {
  return serving() && actors_->rolls.start(year, origin);
}

// ---- the end ----

void Node::crash(bool power) {
  if (!alive_) return;
  alive_ = false;
  if (store_ != nullptr) store_->crash(power);
  if (actors_ != nullptr && actors_->hot) actors_->hot->cut_off();
}

void Node::throw_before_decision() {
  metrics_.perhaps(parts_.store.weather.throw_before_decision_per_mille,
                   "planted: before the decision");
}

// ---- for those who wait until all is done ----

bool Node::projected() const {
  const auto figures = actors_->projector->figures();
  return figures.up && figures.lag_records == 0;
}

bool Node::settled() const {
  const auto nothing = [&](MarkKind kind) {
    const auto marks = store_->marked(kind, Sequence{}, 1);
    return marks && marks->empty();
  };
  return store_->PairedStore::open_transfers().empty() && nothing(MarkKind::kTaxRequest) &&
         nothing(MarkKind::kInsurerRequest);
}

}  // namespace gongji::simulation
