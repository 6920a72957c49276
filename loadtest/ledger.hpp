// What we were told, kept for the audit: which settlements and premiums were answered and with
// which id, which got no answer, and how much each account was said to have paid. Bounded: beyond
// its limit it keeps a fair sample of the answered ones. One per worker thread; merged after the
// run.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "domain/money.hpp"
#include "loadtest/population.hpp"
#include "loadtest/random.hpp"
#include "loadtest/traffic.hpp"

namespace gongji::loadtest {

// A message that takes money, by its kind: a settlement or a premium.
struct AnsweredSettlement {
  std::uint64_t number = 0;        // the message
  std::uint64_t setl_id_hash = 0;  // or of the contribution's id
  PersonRef patient;
  CallKind kind = CallKind::kSettle;
};

struct OpenSettlement {
  std::uint64_t number = 0;
  PersonRef patient;
  CallKind kind = CallKind::kSettle;
};

class Ledger {
 public:
  Ledger(Population population, std::uint64_t sample_max, std::uint64_t seed);

  void answered(const PendingCall& call, std::string_view id, Fen account_pay);
  void unanswered(const PendingCall& call);
  void paid(PersonRef patient, Fen amount) {
    paid_[population_.account_paying_for(patient)] += amount;
  }
  void merge(Ledger other);

  [[nodiscard]] const Population& population() const { return population_; }
  [[nodiscard]] const std::vector<AnsweredSettlement>& sample() const { return sample_; }
  [[nodiscard]] const std::vector<OpenSettlement>& open() const { return open_; }
  [[nodiscard]] std::uint64_t answered_count() const { return answered_count_; }
  // By account number (Population::account_holder).
  [[nodiscard]] const std::vector<Fen>& paid_by_account() const { return paid_; }

 private:
  Population population_;
  std::uint64_t sample_max_;
  Random random_;
  std::uint64_t answered_count_ = 0;
  std::vector<AnsweredSettlement> sample_;
  std::vector<OpenSettlement> open_;
  std::vector<Fen> paid_;
};

std::uint64_t hash_of(std::string_view text);  // FNV-1a, 64 bits

}  // namespace gongji::loadtest
