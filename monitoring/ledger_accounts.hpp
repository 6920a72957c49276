// Every account kept a second time, from the amounts in the events of durable records alone, with
// none of the code that decides or folds. What a record claims as balances must be what stands
// here; every fen of difference is money that appeared or vanished. About 64 bytes an account; a
// store with more accounts than fit is looked at part by part.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>

#include "domain/record.hpp"

namespace gongji::monitoring {

// Which accounts are kept: those whose number leaves `part` when divided by `parts`.
struct LedgerPart {
  std::uint64_t part = 0;
  std::uint64_t parts = 1;
};

class LedgerAccounts {
 public:
  explicit LedgerAccounts(LedgerPart part = {}) : part_(part) {}

  // The next record of the journal. How many fen it is off; 0 = it holds. What it claims is then
  // taken as it is, so that one fault is found once.
  Fen post(const JournalRecord& record);
  [[nodiscard]] std::size_t size() const { return accounts_.size(); }

 private:
  friend class LedgerPosting;
  // A hash of 128 bits stands for the person: shorter than his number, and two never meet.
  struct Key {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    bool operator==(const Key&) const = default;
  };
  struct KeyHasher {
    std::size_t operator()(const Key& key) const { return key.low; }
  };
  struct Account {
    Fen current_year;
    Fen carryover;
    Fen suspense;
  };
  static Key key_of(const PersonId& person);
  // Null when the account is not of this part. One that was never opened is empty.
  Account* find(const PersonId& person);

  const LedgerPart part_;
  std::unordered_map<Key, Account, KeyHasher> accounts_;
};

}  // namespace gongji::monitoring
