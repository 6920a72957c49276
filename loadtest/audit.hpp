// After a run: is what we were told true? Every answered settlement (or a fair sample) is asked for
// by 2602 and must be applied under the same setl_id; every answered premium is ordered again under
// its key and must be the same one; those without an answer are asked what became of them; and
// every watched account must hold exactly what it held before, less what its owner was told to have
// paid.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "loadtest/balances.hpp"
#include "loadtest/envelope.hpp"
#include "loadtest/ledger.hpp"

namespace gongji::loadtest {

struct AuditReport {
  std::uint64_t settlements_answered = 0;  // premiums included
  std::uint64_t settlements_asked = 0;     // by 2602
  std::uint64_t settlements_right = 0;
  std::uint64_t settlements_wrong = 0;  // missing, other setl_id, or one setl_id for two messages
  std::uint64_t premiums_asked = 0;     // again, under their keys
  std::uint64_t premiums_right = 0;
  std::uint64_t premiums_wrong = 0;
  std::uint64_t open_asked = 0;  // those we had no answer to
  std::uint64_t open_applied = 0;
  std::uint64_t open_unsolved = 0;  // 2602 gave no final state
  std::uint64_t accounts_compared = 0;
  std::uint64_t accounts_wrong = 0;
  Fen paid_answered;                  // of the compared accounts: told to us
  Fen balance_drop;                   // of the compared accounts: before less after
  std::vector<std::string> problems;  // the first few, in words

  void problem(std::string text);
  [[nodiscard]] bool passed() const {
    return settlements_wrong == 0 && premiums_wrong == 0 && open_unsolved == 0 &&
           accounts_wrong == 0 && problems.empty();
  }
};

struct AuditTargets {
  Address wire;
  Transport transport = Transport::kHttp;
  Address http;
  std::string token;
  Sender sender;
  int premium_year = 0;
};

// Completes `ledger` by what became of the unanswered ones.
AuditReport audit_run(const AuditTargets& targets, Ledger& ledger,
                      const std::vector<AccountBalance>& before);

// The two halves, apart for tests.
void audit_messages(const AuditTargets& targets, Ledger& ledger, AuditReport& report);
void compare_balances(const Ledger& ledger, const std::vector<AccountBalance>& before,
                      const std::vector<AccountBalance>& after, AuditReport& report);

}  // namespace gongji::loadtest
