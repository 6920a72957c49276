#include "tests/simulation/world/planted_store.hpp"

namespace gongji::simulation {

// ---- keys ----

Result<std::optional<Sequence>, StoreError> PlantedStore::find_key(const KeyHash& key) const {
  auto found = Store::find_key(key);
  const bool tampers = planted(Bug::kIdempotencyLostOnMove) || planted(Bug::kUndoForgetsOriginal);
  if (!tampers || !found || !*found) return found;
  const auto record = PairedStore::read(found->value());
  if (record && forgets(key, **record)) return std::optional<Sequence>{};
  return found;
}

bool PlantedStore::forgets(const KeyHash& key, const JournalRecord& record) const {
  if (planted(Bug::kUndoForgetsOriginal))
    return std::holds_alternative<TombstoneCommand>(record.command) && key != record.keys.front();
  bool moved = false;
  each_record_of(record.household, [&](const JournalRecord& other) {
    moved = moved || (other.sequence > record.sequence && other.event<HouseholdDeparted>());
  });
  return moved;
}

void PlantedStore::each_record_of(HouseholdId household,
                                  const std::function<void(const JournalRecord&)>& visit) const {
  if (household.is_none()) return;
  (void)scan(Sequence{1}, [&](const RecordPtr& record) {
    if (record->household == household) visit(*record);
    return true;
  });
}

// ---- households ----

Result<HouseholdImage, StoreError> PlantedStore::load(HouseholdId household) const {
  auto image = Store::load(household);
  if (!image) return image;
  HouseholdImage changed = std::move(image).value();
  if (planted(Bug::kQuotaNotRestored)) forget_refills(changed.state);
  if (planted(Bug::kCreditTwiceOnReplay)) credit_again(changed.state);
  if (planted(Bug::kRollForgotten))
    for (Person& person : changed.state.persons) person.rolled_year = 0;
  return changed;
}

void PlantedStore::forget_refills(Household& state) const {
  each_record_of(state.id, [&](const JournalRecord& record) {
    const auto* reversed = record.event<SettlementReversed>();
    if (reversed == nullptr) return;
    for (const Leg& leg : reversed->returned)
      if (Link* link = state.link(leg.link); link != nullptr && link->quota)
        link->quota_left -= leg.amount;
  });
}

void PlantedStore::credit_again(Household& state) const {
  const AccountCredited* last = nullptr;
  RecordPtr keeps;
  each_record_of(state.id, [&](const JournalRecord& record) {
    if (record.event<AccountCredited>() == nullptr) return;
    keeps = std::make_shared<JournalRecord>(record);
    last = keeps->event<AccountCredited>();
  });
  Person* person = last == nullptr ? nullptr : state.find(last->person);
  if (person != nullptr && last->bucket == Bucket::kCarryover) person->carryover += last->amount;
}

// ---- moves ----

std::vector<OpenTransfer> PlantedStore::open_transfers() const {
  if (planted(Bug::kTransferForgotten)) return {};
  if (planted(Bug::kTransferRepeated)) return finished_transfers();
  return Store::open_transfers();
}

std::vector<OpenTransfer> PlantedStore::finished_transfers() const {
  std::vector<OpenTransfer> transfers;
  (void)scan(Sequence{1}, [&](const RecordPtr& record) {
    if (const auto* departed = record->event<HouseholdDeparted>())
      transfers.push_back({record->household, departed->to, record->sequence});
    return true;
  });
  return transfers;
}

}  // namespace gongji::simulation
