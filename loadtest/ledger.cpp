#include "loadtest/ledger.hpp"

#include <utility>

namespace gongji::loadtest {

Ledger::Ledger(Population population, std::uint64_t sample_max, std::uint64_t seed)
    : population_(population),
      sample_max_(sample_max),
      random_(seed),
      paid_(population.accounts()) {}

// Reservoir sampling: every answered settlement has the same chance to stay.
void Ledger::answered(const PendingCall& call, std::string_view id, Fen account_pay) {
  paid(call.patient, account_pay);
  const AnsweredSettlement settlement{call.number, hash_of(id), call.patient, call.kind};
  ++answered_count_;
  if (sample_.size() < sample_max_) {
    sample_.push_back(settlement);
  } else if (const std::uint64_t at = random_.below(answered_count_); at < sample_max_) {
    sample_[at] = settlement;
  }
}

void Ledger::unanswered(const PendingCall& call) {
  open_.push_back({call.number, call.patient, call.kind});
}

void Ledger::merge(Ledger other) {
  answered_count_ += other.answered_count_;
  sample_.insert(sample_.end(), other.sample_.begin(), other.sample_.end());
  open_.insert(open_.end(), other.open_.begin(), other.open_.end());
  for (std::size_t i = 0; i < paid_.size(); ++i) paid_[i] += other.paid_[i];
}

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace gongji::loadtest
