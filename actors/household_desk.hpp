// Hop 4 of 8: one household at work. Takes one message at a time, gathers what the decision needs,
// lets the domain decide, applies the outcome at once and hands the record to the journal writer;
// the answer leaves only when that is durable. Owned by one actor (actors/household_actor.hpp),
// never shared; knows no CAF, so a test can call it directly. Next hop: domain/decide.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "actors/envelope.hpp"
#include "actors/journal_writer.hpp"
#include "actors/options.hpp"
#include "domain/decide.hpp"
#include "ports/institutions.hpp"
#include "ports/metrics.hpp"

namespace gongji::actors {

// What every household works with; outlives all of them.
struct HouseholdTools {
  JournalWriter& journal;
  const PolicySource& policies;
  Metrics& metrics;
  ActorOptions options;
  // Fault injection for tests: called before a command is decided, may throw. Empty in production.
  std::function<void(const Envelope&)> before_decide = {};
  bool projecting = false;  // readers have a copy that wants to know every change
};

// What is left to do for a message after the household looked at it.
enum class Handled {
  kDone,
  kOthersNeeded,  // untouched: somebody it concerns lives in another household now
  kLoosened,      // done, and not everybody here is connected any more
};

class HouseholdDesk {
 public:
  HouseholdDesk(const HouseholdTools& tools, HouseholdImage image);

  // Answers the message now or hands it to the journal. May throw only on a programming error; then
  // this desk must not be used again, and the household is rebuilt from the journal.
  Handled handle(const EnvelopePtr& mail);

  // With the next record a snapshot is stored, as if it were due.
  void snapshot_soon() { records_since_snapshot_ = tools_.options.snapshot_every_records; }

  [[nodiscard]] const HouseholdImage& image() const { return image_; }

 private:
  Handled command(const EnvelopePtr& mail);
  void decide_and_submit(const EnvelopePtr& mail);
  [[nodiscard]] bool needs_others(const Envelope& mail) const;
  void quote(const EnvelopePtr& mail, const SettleCommand& settle);
  void person(const EnvelopePtr& mail, const PersonId& id);
  void message(const EnvelopePtr& mail);
  bool answered_before(const EnvelopePtr& mail);
  void remember_repeat(const EnvelopePtr& mail);
  std::shared_ptr<JournalRecord> record_of(Envelope& mail, const Context& context,
                                           Decision decision);
  std::optional<HouseholdImage> snapshot_due();
  [[nodiscard]] std::optional<HotHousehold> change_of(const JournalRecord& record,
                                                      const Context& context) const;
  [[nodiscard]] Instant time_of(const Envelope& mail) const;

  const HouseholdTools& tools_;
  HouseholdImage image_;
  unsigned records_since_snapshot_ = 0;
};

}  // namespace gongji::actors
