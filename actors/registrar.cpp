#include "actors/registrar.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

#include "ports/log.hpp"
#include "ports/thread_turn.hpp"

namespace gongji::actors {

Registrar::Registrar(const HouseholdTools& tools, const JournalIndex& index, Lookups& lookups,
                     std::shared_ptr<WorkerThread> librarian, Lookups::ToPerson to_person)
    : tools_(tools),
      index_(index),
      lookups_(lookups),
      librarian_(std::move(librarian)),
      to_person_(std::move(to_person)) {}

void Registrar::enrol(std::vector<EnvelopePtr> enrolments) {
  if (enrolments.empty()) return;
  librarian_->post([this, enrolments = std::move(enrolments)] {
    for (auto next = enrolments.begin(); next != enrolments.end();)
      next = enrol_some(next, enrolments.end());
  });
}

// One turn: the journal is woken once for all of them. It ends behind one that threw, because that
// may have recorded him first: nobody may look for him before the index knows.
Registrar::Enrolments::const_iterator Registrar::enrol_some(Enrolments::const_iterator first,
                                                            Enrolments::const_iterator last) {
  {
    const ThreadTurn turn{ThreadTurn::Mail::kLeftToOthers};
    first =
        std::find_if_not(first, last, [this](const EnvelopePtr& mail) { return enrol_one(mail); });
  }
  if (first == last) return last;
  lookups_.wait_for_journal();
  return std::next(first);
}

// False when it threw: a bug, which harms this one message.
bool Registrar::enrol_one(const EnvelopePtr& mail) {
  try {
    enrol_known_or_new(mail);
    return true;
  } catch (const std::exception& error) {
    log_event(LogLevel::kError, "enrolment_failed", "An enrolment could not be decided.",
              {{"error", error.what()}});
    return false;
  }
}

void Registrar::enrol_known_or_new(const EnvelopePtr& mail) {
  const auto first = index_.find_key(mail->request.key_hash);
  if (!first) return mail->answer(OutcomeUnknown{});
  if (*first) {
    mail->claims.release();
    return lookups_.replay(mail, first->value());
  }
  // Who has mail waiting for him was asked for later, and is looked for later.
  const PersonId person = subject_of(*mail->command);
  const auto household = lookups_.household_of(person);
  if (!household) return mail->answer(OutcomeUnknown{});
  if (*household) return to_person_(person, mail);
  decide(mail);
}

void Registrar::decide(const EnvelopePtr& mail) {
  HouseholdImage nobody;
  nobody.state.id = lookups_.fresh_household();
  HouseholdDesk desk{tools_, std::move(nobody)};
  desk.handle(mail);
  if (!desk.image().state.persons.empty()) lookups_.remember(desk.image());
}

}  // namespace gongji::actors
