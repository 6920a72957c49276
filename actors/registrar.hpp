// Enrols many persons at once, as an import does. Who is in no book gets a household of his own,
// and no actor is woken for it: he is decided here, at a desk of his own (household_desk.hpp), and
// sleeps from the start. Everybody else is enrolled by his household as ever.
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

  // Any thread. Enrolments that hold their claims, in the order in which they are decided.
  void enrol(std::vector<EnvelopePtr> enrolments);

 private:
  using Enrolments = std::vector<EnvelopePtr>;
  Enrolments::const_iterator enrol_some(Enrolments::const_iterator first,
                                        Enrolments::const_iterator last);
  bool enrol_one(const EnvelopePtr& mail);
  void enrol_known_or_new(const EnvelopePtr& mail);
  void decide(const EnvelopePtr& mail);

  const HouseholdTools& tools_;
  const JournalIndex& index_;
  Lookups& lookups_;
  const std::shared_ptr<WorkerThread> librarian_;
  Lookups::ToPerson to_person_;
};

}  // namespace gongji::actors
