#include "tests/simulation/world/world.hpp"

#include <algorithm>
#include <utility>

namespace gongji::simulation {
namespace {

using std::chrono::milliseconds;

constexpr Time kRestartMax{milliseconds{300}};
constexpr Time kLooksAgain{milliseconds{5}};
constexpr std::size_t kOlderMax = 8;  // owners of before that an operator lets stand

std::unique_ptr<Node> take_last(std::vector<std::unique_ptr<Node>>& nodes) {
  std::unique_ptr<Node> last = std::move(nodes.back());
  nodes.pop_back();
  return last;
}

}  // namespace

World::World(Schedule& schedule, const PolicySource& policies, const WorldOptions& options,
             Trace& trace)
    : schedule_(schedule),
      policies_(policies),
      options_(options),
      trace_(trace),
      oracle_(disk_),
      operations_left_(options.operations) {}

World::~World() = default;

// ---- processes ----

void World::supervise() {
  while (!closing_) {
    if (restart_at_ && schedule_.now() >= *restart_at_) crash(false);
    if (node_ == nullptr || !node_->alive()) restart();
    bury_the_dead();
    schedule_.sleep(kLooksAgain);
  }
  while (!older_.empty()) bury(take_last(older_));
  bury(std::move(node_));
}

// Burying takes time, and somebody may become older meanwhile.
void World::bury_the_dead() {
  const auto dead = [](const std::unique_ptr<Node>& node) { return !node->alive(); };
  for (;;) {
    const auto found = std::find_if(older_.begin(), older_.end(), dead);
    if (found == older_.end()) return;
    std::swap(*found, older_.back());
    bury(take_last(older_));
  }
}

void World::restart() {
  restart_at_.reset();
  bury(std::move(node_));
  schedule_.sleep(schedule_.chance_time(kRestartMax));
  actors::ActorOptions actors;
  actors.active_max = schedule_.chance().between(1, 8);
  actors.snapshot_every_records = static_cast<unsigned>(schedule_.chance().between(1, 12));
  actors::ProjectorOptions projector;
  projector.backlog_max = schedule_.chance().between(2, 50);
  actors::CourierOptions couriers;
  couriers.repeat_ms = milliseconds{2'000};
  counterparties::SimulationOptions parties;
  parties.delay_ms = milliseconds{schedule_.chance().between(1, 500)};
  parties.refused_per_mille = 200;
  parties.lost_per_mille = 100;
  parties.seed = static_cast<std::uint32_t>(schedule_.chance().next());
  node_ = std::make_unique<Node>(NodeParts{{schedule_, disk_, weather_, options_.bug},
                                           redis_,
                                           policies_,
                                           actors,
                                           projector,
                                           couriers,
                                           parties});
  Node* const begun = node_.get();  // a second owner may come meanwhile
  const bool serves = begun->start();
  trace_.line(schedule_, [&] {
    return std::string{serves ? "serving" : "not serving"} + " in epoch " +
           std::to_string(disk_.epoch().number());
  });
  if (!begun->trouble().empty()) oracle_.complain(begun->trouble());
}

void World::bury(std::unique_ptr<Node> node) {
  if (node == nullptr) return;
  if (!node->imbalance().is_zero())
    oracle_.complain("a decision left " + to_yuan_text(node->imbalance()) + " unaccounted for");
  node->crash(false);
  node.reset();
}

void World::close() { closing_ = true; }

void World::crash(bool power) {
  if (node_ == nullptr || !node_->alive()) return;
  trace_.line(schedule_, [&] { return std::string{power ? "power cut" : "kill -9"}; });
  node_->crash(power);
  if (!power) return;
  for (auto& node : older_) node->crash(true);  // they run on the same machine
}

void World::restart_within(Time time) {
  const bool by_who_serves = node_ != nullptr && node_->is(schedule_.process());
  if (by_who_serves && !restart_at_) restart_at_ = schedule_.now() + schedule_.chance_time(time);
}

void World::crash_all() {
  crash(false);
  for (auto& node : older_) node->crash(false);
}

void World::abandon() {
  static_cast<void>(node_.release());
  for (auto& node : older_) static_cast<void>(node.release());
}

// One that is cut off while it stands still goes on too: somebody may wait for it to begin.
void World::pause(bool paused) {
  if (node_ == nullptr || (paused && !node_->alive())) return;
  trace_.line(schedule_, [&] { return std::string{paused ? "paused" : "goes on"}; });
  node_->pause(paused);
}

void World::take_over() {
  if (node_ == nullptr || !node_->serving()) return;
  trace_.line(schedule_, [] { return std::string{"a second owner comes"}; });
  node_->pause(true);
  older_.push_back(std::move(node_));
  Node* const old = older_.back().get();
  if (older_.size() > kOlderMax) older_.front()->crash(false);
  schedule_.start([this, old] {
    schedule_.sleep(schedule_.chance_time(milliseconds{800}));
    for (const auto& node : older_)
      if (node.get() == old) node->pause(false);
  });
}

Node* World::serving() { return node_ != nullptr && node_->serving() ? node_.get() : nullptr; }

bool World::roll_year(int year) {
  Origin origin;
  origin.channel = "core";
  Node* const node = serving();
  return node != nullptr && node->roll_year(year, origin);
}

}  // namespace gongji::simulation
