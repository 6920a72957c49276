// Audit: every account kept a second time, from the amounts in the events alone, with none of the
// code that decides or folds; what a record claims as balances must be what stands here. Rolls move
// what is due, once a year (SH-36); closed accounts take nothing in (GX-09); nothing is below zero.
#pragma once

#include <unordered_map>
#include <vector>

#include "app/gongjictl/audit.hpp"
#include "domain/record.hpp"

namespace gongji::ctl {

struct AuditAccount {
  Fen current_year;
  Fen carryover;
  Fen suspense;
  std::vector<YearMoney> dated;  // current-year money of known years; the rest is older
  int rolled_year = 0;
  bool closed = false;

  [[nodiscard]] Fen due_in(int year) const;  // what a roll of that year moves
  void take_current_year(int year, Fen amount);
  void add_current_year(int year, Fen amount);
};

class AccountCheck {
 public:
  void check(const JournalRecord& record, ProblemList& problems);
  // After the last record: all accounts together hold what all households hold.
  void finish(const AuditTotals& totals, ProblemList& problems) const;

  // As of the last record checked; null for a person who was never enrolled.
  [[nodiscard]] const AuditAccount* find(const PersonId& person) const;

 private:
  std::unordered_map<PersonId, AuditAccount> accounts_;
};

}  // namespace gongji::ctl
