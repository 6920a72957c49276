#include "actors/registrar.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <optional>
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

namespace {

bool is_roll(const EnvelopePtr& mail) {
  return mail->command && std::holds_alternative<RollYearCommand>(*mail->command);
}
bool is_enrolment(const EnvelopePtr& mail) {
  return mail->command && std::holds_alternative<EnrolCommand>(*mail->command);
}

}  // namespace

bool Registrar::takes(const EnvelopePtr& mail) { return is_enrolment(mail) || is_roll(mail); }

void Registrar::decide(std::vector<EnvelopePtr> messages) {
  if (messages.empty()) return;
  librarian_->post(
      [this, messages = std::move(messages)] { decide_all(messages, Reading::kAtHand); });
}

// Readers have a copy of those who are rolled, but none of strangers.
void Registrar::decide_all(const Messages& messages, Reading reading) {
  std::optional<Lookups::DecidingAsleep> deciding;
  if (std::any_of(messages.begin(), messages.end(), is_roll)) deciding.emplace(lookups_);
  for (auto next = messages.begin(); next != messages.end();)
    next = decide_some(next, messages.end(), reading);
}

// One turn: the journal is woken once for all of them. It ends behind one that threw, because that
// may have recorded something first: nobody may look for its person before the index knows.
Registrar::Messages::const_iterator Registrar::decide_some(Messages::const_iterator first,
                                                           Messages::const_iterator last,
                                                           Reading reading) {
  {
    const ThreadTurn turn{ThreadTurn::Mail::kLeftToOthers};
    first = std::find_if_not(first, last, [this, reading](const EnvelopePtr& mail) {
      return decide_one(mail, reading);
    });
  }
  if (first == last) return last;
  lookups_.wait_for_journal();
  return std::next(first);
}

// False when it threw: a bug, which harms this one message.
bool Registrar::decide_one(const EnvelopePtr& mail, Reading reading) {
  try {
    if (!known(mail)) is_enrolment(mail) ? enrol(mail) : roll(mail, reading);
    return true;
  } catch (const std::exception& error) {
    log_event(LogLevel::kError, "asleep_not_decided",
              "A message to a sleeping household could not be decided.", {{"error", error.what()}});
    return false;
  }
}

// True: it has its answer, or gets the first one's.
bool Registrar::known(const EnvelopePtr& mail) {
  if (mail->request.key_hash == KeyHash{}) return false;
  const auto first = index_.find_key(mail->request.key_hash);
  if (!first) return mail->answer(OutcomeUnknown{}), true;
  if (!*first) return false;
  mail->claims.release();
  return lookups_.replay(mail, first->value()), true;
}

// Who has mail waiting for him was asked for later, and is looked for later.
void Registrar::enrol(const EnvelopePtr& mail) {
  const PersonId person = subject_of(*mail->command);
  const auto household = lookups_.household_of(person);
  if (!household) return mail->answer(OutcomeUnknown{});
  if (*household) return to_person_(person, mail);
  HouseholdImage nobody;
  nobody.state.id = lookups_.fresh_household();
  HouseholdDesk desk{tools_, std::move(nobody)};
  desk.handle(mail);
  if (!desk.image().state.persons.empty()) lookups_.remember(desk.image());
}

void Registrar::roll(const EnvelopePtr& mail, Reading reading) {
  const PersonId person = subject_of(*mail->command);
  if (reading == Reading::kMayWait) return roll_where_he_lives(mail, lookups_.home_of(person));
  Lookups::Home home = lookups_.at_hand(person);
  if (!home.would_wait()) return roll_where_he_lives(mail, std::move(home));
  lookups_.fetch(person, [this, mail] {
    librarian_->post([this, mail] { decide_all({mail}, Reading::kMayWait); });
  });
}

void Registrar::roll_where_he_lives(const EnvelopePtr& mail, Lookups::Home home) {
  const PersonId person = subject_of(*mail->command);
  auto image = lookups_.asleep(person, std::move(home));
  if (!image) return to_person_(person, mail);
  const Sequence before = image->last_sequence;
  HouseholdDesk desk{tools_, *std::move(image)};
  desk.handle(mail);
  if (desk.image().last_sequence != before) lookups_.remember(desk.image());
}

}  // namespace gongji::actors
