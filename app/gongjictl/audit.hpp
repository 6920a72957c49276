// The audit: refolds the whole journal from nothing and believes only what it can add up itself.
// Checked: the chain of hashes (by the journal's own scan) and of sequences; that each record fits
// its household and gives the balances it claims, and that every account comes to the same figures
// when it is kept a second time from the events alone; own + family + cash = bill; that money in
// the books changes only by what came in from outside or left it; that a reversal returns exactly
// what was taken, once, to where the rules send it; that an account is rolled once a year and a
// contribution paid once while it stands; that who moved or split off arrived whole, once; that no
// message was applied twice and everybody lives in one household.
//
// Needs memory for every household and account of the journal (about 1 KB a person) and for every
// message key (24 bytes a record). One thread; reads only.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/gongjictl/money_flow.hpp"
#include "domain/money.hpp"
#include "ports/journal_store.hpp"

namespace gongji::ctl {

struct AuditTotals {
  std::uint64_t records = 0;
  std::uint64_t refusals = 0;
  std::uint64_t settlements = 0;
  std::uint64_t reversals = 0;
  std::uint64_t contributions = 0;  // orders
  std::uint64_t rolls = 0;
  std::uint64_t moves = 0;  // arrivals of a household or a part of one
  std::uint64_t households = 0;
  std::uint64_t persons = 0;
  std::uint64_t keys = 0;  // of messages that were applied
  MoneyFlow flow;          // what all events say
  Fen in_transit;          // departed, not yet arrived; a restart delivers it
  Fen in_buckets;          // at the end
  Fen in_suspense;         // refunds that wait for their owners (GX-09)
  Sequence first, last;

  [[nodiscard]] Fen found() const { return in_buckets + in_suspense + in_transit; }
};

// The first problems in words, and how many there were in all.
struct ProblemList {
  static constexpr std::size_t kShown = 20;
  std::vector<std::string> first;
  std::uint64_t count = 0;

  void add(std::string text) {
    ++count;
    if (first.size() < kShown) first.push_back(std::move(text));
  }
};

struct Audit {
  AuditTotals totals;
  ProblemList problems;
  [[nodiscard]] bool holds() const { return problems.count == 0; }
};

using AuditProgress = std::function<void(std::uint64_t records_done, std::uint64_t records_all)>;

Audit audit_journal(const JournalStore& journal, const AuditProgress& progress = {});

// The summary for the terminal.
std::string audit_text(const Audit& audit);

}  // namespace gongji::ctl
