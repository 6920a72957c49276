// The replay: every decision of the journal taken again on the books as they stood before it. Under
// the profile of that day it must come out exactly as recorded (GX-11). Under a proposed profile it
// shows what would have been different: each decision by itself, on the books as they really were;
// what a changed decision would have changed in later ones is not followed.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/gongjictl/profile_shelf.hpp"
#include "app/gongjictl/redecide.hpp"
#include "ports/journal_store.hpp"

namespace gongji::ctl {

struct ReplayQuestion {
  std::optional<PersonId> person;  // only the households he belonged to, while he did
  Sequence to;                     // last record looked at; none = all
  ProfileBook policies;
  std::optional<Profile> proposed;
};

// One decision taken again.
struct Replayed {
  const JournalRecord& record;
  Outcome again;
  Ground ground = Ground::kHousehold;
  bool same = true;
  bool exact = true;  // under the very text of the profile that decided it
};

// Decisions that changed in the same way, for example from "settled" to "E_FLOOR".
struct ReplayChange {
  std::uint64_t decisions = 0;
  Fen family_was;
  Fen family_would_be;
};

struct ReplayResult {
  std::uint64_t decisions = 0;
  std::uint64_t different = 0;
  std::uint64_t by_keys = 0;  // answered from other messages, taken as recorded
  std::map<std::pair<std::string, std::string>, ReplayChange> changes;  // by was, would be
  Fen family_was;                                                       // of all decisions
  Fen family_would_be;
  std::vector<ProfileMiss> misses;
  std::string damage;  // why the replay ended early; "" = it did not
  Sequence last;
  std::optional<Household> home;  // the person's, after the last record

  // Under the profiles of the day: everything came out as recorded, and provably so.
  [[nodiscard]] bool proves() const { return damage.empty() && different == 0 && misses.empty(); }
};

struct ReplayHooks {
  std::function<void(const Replayed&)> on_decision;
  std::function<void(std::uint64_t done, std::uint64_t all)> on_progress;
};

ReplayResult replay_journal(const JournalStore& journal, const ReplayQuestion& question,
                            const ReplayHooks& hooks);

// "E_FLOOR", "settled", "member_bound", "nothing": what a decision came to, in one word.
std::string outcome_word(const Outcome& outcome);
// What it takes from family funds.
Fen family_money(const Outcome& outcome);

}  // namespace gongji::ctl
