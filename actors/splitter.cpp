#include "actors/splitter.hpp"

#include <utility>
#include <vector>

namespace gongji::actors {

// Whoever drops it sets its households free.
struct Splitter::Split {
  explicit Split(Splitter& owner) : transfers(owner.transfers_), librarian(owner.librarian_) {}
  ~Split() {
    if (held.empty()) return;
    librarian->post([t = &transfers, home = home, held = held, departing = departing] {
      if (!departing.empty()) t->lose(home, held.back(), departing);  // the last is where to
      t->let_go(held);
    });
  }
  Split(const Split&) = delete;
  Split& operator=(const Split&) = delete;

  Transfers& transfers;  // used by the librarian's jobs only, which end before it does
  const std::shared_ptr<WorkerThread> librarian;
  HouseholdId home;
  Instant at;
  std::vector<std::vector<PersonId>> leaving;
  std::vector<PersonId> departing;  // under way now
  std::vector<HouseholdId> held;
};

Splitter::Splitter(Roster& roster, Lookups& lookups, Transfers& transfers,
                   std::shared_ptr<WorkerThread> librarian)
    : roster_(roster), lookups_(lookups), transfers_(transfers), librarian_(std::move(librarian)) {}

void Splitter::consider(HouseholdId household) {
  librarian_->post([this, household] { begin(household); });
}

void Splitter::begin(HouseholdId household) {
  if (transfers_.in_use({household}))
    return transfers_.postpone([this, household] { begin(household); });
  if (!roster_.active(household)) return;
  const auto split = std::make_shared<Split>(*this);
  split->home = household;
  if (!transfers_.hold({household}, split->held)) return;
  transfers_.look(household, [this, split](const HouseholdImage& image) {
    split->at = image.last_at;
    split->leaving = components(image.state);
    if (!split->leaving.empty()) split->leaving.erase(split->leaving.begin());
    move_out(split);
  });
}

void Splitter::move_out(const SplitPtr& split) {
  if (split->leaving.empty()) return;  // dropping it lets the households go
  split->departing = std::move(split->leaving.back());
  split->leaving.pop_back();
  const HouseholdId fresh = lookups_.fresh_household();
  transfers_.hold_fresh(fresh, split->held);
  transfers_.move(split->home, fresh, split->departing, split->at, [this, split] {
    split->departing.clear();
    move_out(split);
  });
}

}  // namespace gongji::actors
