// The audit: refolds the whole journal from nothing and believes only what it can add up itself.
// Checked: the chain of hashes (by the journal's own scan) and of sequences; that each record fits
// its household and gives the balances it claims; own + family + cash = bill; that money in buckets
// changes only by what settlements take, reversals return and enrolments bring; that a reversal
// returns exactly what was taken, once; that a household that moved arrived whole, once; that no
// message was applied twice and no person lives in two households.
//
// Needs memory for every household of the journal (about 1 KB a person). One thread; reads only.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "domain/money.hpp"
#include "ports/journal_store.hpp"

namespace gongji::ctl {

struct AuditTotals {
  std::uint64_t records = 0;
  std::uint64_t refusals = 0;
  std::uint64_t settlements = 0;
  std::uint64_t reversals = 0;
  std::uint64_t moves = 0;  // households that joined another
  std::uint64_t households = 0;
  std::uint64_t persons = 0;
  std::uint64_t keys = 0;  // of messages that were applied
  Fen enrolled;            // opening balances
  Fen taken;               // by settlements, from all buckets
  Fen returned;            // by reversals
  Fen in_transit;          // departed, not yet arrived; a restart delivers it
  Fen in_buckets;          // at the end
  Sequence first, last;
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
