// Audit: a contribution is paid whole, from its payer's account, and once while it stands (SH-26,
// SX-29); the tax side answers a pending order, the insurer a paid one, and what the insurer
// refuses goes back whole, once.
#pragma once

#include <map>
#include <string>
#include <unordered_map>

#include "app/gongjictl/audit.hpp"
#include "app/gongjictl/audit_accounts.hpp"
#include "domain/record.hpp"

namespace gongji::ctl {

class ContributionCheck {
 public:
  // `accounts` as they stand before this record.
  void check(const JournalRecord& record, const AccountCheck& accounts, ProblemList& problems);

 private:
  [[nodiscard]] std::string ordered(const JournalRecord& record, const Contribution& order);
  [[nodiscard]] std::string answered(const ContributionAnswered& event);
  [[nodiscard]] std::string insured(const ContributionInsured& event);
  [[nodiscard]] std::string reversed(const ContributionReversed& event,
                                     const AccountCheck& accounts);

  std::unordered_map<OrderId, Contribution> orders_;
  std::map<std::string, Sequence> standing_;  // paid for the same person, thing and year
};

}  // namespace gongji::ctl
