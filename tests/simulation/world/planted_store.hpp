// The store with a planted bug in what it reads back; without one, the store as it is.
#pragma once

#include "tests/simulation/world/store.hpp"

namespace gongji::simulation {

class PlantedStore final : public Store {
 public:
  using Store::Store;
  PlantedStore(const StoreParts& parts, std::unique_ptr<JournalStore> journal,
               std::unique_ptr<stores::StoreIndex> index)
      : Store(parts, std::move(journal), std::move(index)) {}

  [[nodiscard]] Result<std::optional<Sequence>, StoreError> find_key(
      const KeyHash& key) const override;
  [[nodiscard]] Result<HouseholdImage, StoreError> load(HouseholdId household) const override;
  [[nodiscard]] std::vector<OpenTransfer> open_transfers() const override;

 private:
  bool forgets(const KeyHash& key, const JournalRecord& record) const;
  void each_record_of(HouseholdId household,
                      const std::function<void(const JournalRecord&)>& visit) const;
  void forget_refills(Household& state) const;
  void credit_again(Household& state) const;
  [[nodiscard]] std::vector<OpenTransfer> finished_transfers() const;
};

}  // namespace gongji::simulation
