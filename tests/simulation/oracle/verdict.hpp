// What must hold when everything has come to rest: the journal is sound (two auditors, one of the
// tests and the operators' own), every decision comes out again as recorded, every answer that was
// given is in it, what 2601 barred never happened, quotas are what the standing settlements leave
// of them, groups are whole, and the copy for readers shows what the journal says.
#pragma once

#include <vector>

#include "domain/profile.hpp"
#include "ports/hot_balances.hpp"
#include "ports/journal_store.hpp"
#include "tests/simulation/oracle/oracle.hpp"

namespace gongji::simulation {

struct Evidence {
  const JournalStore& journal;
  const Disk& disk;
  HotBalances& hot;
  const ProfileBook& policies;
  std::vector<PersonFound> shown;  // what the gateway itself says of everybody, at rest
};

void judge(Oracle& oracle, const Evidence& evidence);

}  // namespace gongji::simulation
