// Enrols many persons at once, as an import does, and rolls many accounts, as 1 July does, without
// waking an actor for each. Who is in no book gets a household of his own; he is decided here, at a
// desk of his own (household_desk.hpp), and sleeps from the start. An account whose household
// sleeps is rolled at such a desk too and sleeps on. Everybody else is served by his household as
// ever.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "actors/envelope.hpp"
#include "actors/household_desk.hpp"
#include "actors/lookups.hpp"
#include "actors/worker_thread.hpp"
#include "ports/journal_index.hpp"

namespace gongji::actors {

class Registrar {
 public:
  Registrar(const HouseholdTools& tools, const JournalIndex& index, Lookups& lookups,
            std::shared_ptr<WorkerThread> librarian, Lookups::ToPerson to_person);

  // Whether it knows what to do with such a message.
  static bool takes(const EnvelopePtr& mail);
  // Any thread. Messages it takes, which hold their claims, in the order in which they are decided.
  void decide(std::vector<EnvelopePtr> messages);

 private:
  using Messages = std::vector<EnvelopePtr>;
  enum class Reading { kAtHand, kMayWait };
  void decide_all(const Messages& messages, Reading reading);
  Messages::const_iterator decide_some(Messages::const_iterator first,
                                       Messages::const_iterator last, Reading reading);
  bool decide_one(const EnvelopePtr& mail, Reading reading);
  bool known(const EnvelopePtr& mail);
  void enrol(const EnvelopePtr& mail);
  void roll(const EnvelopePtr& mail, Reading reading);
  void roll_where_he_lives(const EnvelopePtr& mail, Lookups::Home home);

  const HouseholdTools& tools_;
  const JournalIndex& index_;
  Lookups& lookups_;
  const std::shared_ptr<WorkerThread> librarian_;
  Lookups::ToPerson to_person_;
};

}  // namespace gongji::actors
