#include "actors/lookups.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "domain/decide.hpp"
#include "ports/log.hpp"
#include "ports/without_waiting.hpp"

namespace gongji::actors {

Lookups::Lookups(JournalStore& store, JournalIndex& index, JournalWriter& journal,
                 ClaimTable& claims, Roster& roster, std::shared_ptr<WorkerThread> librarian,
                 Readers& readers, ToPerson to_person, ClaimAgain claim_again, Loosened loosened)
    : store_(store),
      index_(index),
      journal_(journal),
      claims_(claims),
      roster_(roster),
      librarian_(std::move(librarian)),
      readers_(readers),
      to_person_(std::move(to_person)),
      claim_again_(std::move(claim_again)),
      loosened_(std::move(loosened)),
      next_household_(index.next_household()) {}

void Lookups::fail(const EnvelopePtr& mail, const StoreError& error) {
  log_event(LogLevel::kError, "store_read_failed",
            "A message is answered as unknown: the store cannot be read.",
            {{"error", error.message}});
  mail->answer(OutcomeUnknown{});
}

// ---- persons and households ----

void Lookups::search(const PersonId& person) {
  librarian_->post_to_turn([this, person] {
    Home home = at_hand(person);
    if (!home.would_wait()) return wake(person, std::move(home));
    fetch(person, [this, person] {
      librarian_->post_to_turn([this, person] { wake(person, home_of(person)); });
    });
  });
}

bool Lookups::Home::would_wait() const {
  return household ? image && !*image && image->error().would_wait : household.error().would_wait;
}

Lookups::Home Lookups::at_hand(const PersonId& person) {
  const WithoutWaiting scope;
  return home_of(person);
}

Lookups::Home Lookups::home_of(const PersonId& person) {
  Home home;
  home.household = household_of(person);
  if (!home.household || !*home.household) return home;
  const HouseholdId household = **home.household;
  const bool in_files = !roster_.active(household) && unindexed_.find(household) == nullptr;
  if (in_files) home.image = index_.load(household);
  return home;
}

void Lookups::fetch(const PersonId& person, WorkerThread::Job then) {
  readers_.post([this, person, then = std::move(then)] {
    const auto household = index_.find_person(person);
    if (household && *household) static_cast<void>(index_.load(**household));
    then();
  });
}

bool Lookups::all_asleep(const HouseholdImage& image) {
  const std::vector<Person>& persons = image.state.persons;
  return std::all_of(persons.begin(), persons.end(),
                     [this](const Person& person) { return roster_.asleep(person.id); });
}

std::optional<HouseholdImage> Lookups::asleep(const PersonId& person, Home home) {
  if (!home.household || !*home.household || roster_.active(**home.household)) return std::nullopt;
  auto image = home.image ? *std::move(home.image) : image_of(**home.household);
  if (!image || image->state.find(person) == nullptr || !all_asleep(*image)) return std::nullopt;
  return std::move(image).value();
}

void Lookups::wake(const PersonId& person, Home home) {
  if (!home.household) {
    for (const EnvelopePtr& mail : roster_.give_up(person)) fail(mail, home.household.error());
    return;
  }
  if (!*home.household) return answer_strangers(person);
  const HouseholdId found = **home.household;
  if (!roster_.found(person, found)) return;
  auto image = home.image ? *std::move(home.image) : image_of(found);
  const bool elsewhere = image && image->state.find(person) == nullptr;
  if (elsewhere)  // his move broke off; a restart finishes it
    image = StoreError{"household " + std::to_string(found.number()) + " is between two others"};
  fill(found, image);
}

void Lookups::answer_strangers(const PersonId& person) {
  const auto fresh = [this] { return fresh_household(); };
  for (const EnvelopePtr& mail : roster_.resolve_unknown(person, fresh))
    mail->refuse(Reason::kNoPerson, person.text());
}

HouseholdId Lookups::fresh_household() {
  return std::exchange(next_household_, next_household_.next());
}

Result<std::optional<HouseholdId>, StoreError> Lookups::household_of(const PersonId& person) {
  if (auto active = roster_.household_of(person)) return active;
  unindexed_.forget(journal_.indexed());
  if (auto fresh = unindexed_.household_of(person)) return fresh;
  return index_.find_person(person);
}

Result<HouseholdImage, StoreError> Lookups::image_of(HouseholdId household) {
  unindexed_.forget(journal_.indexed());
  const HouseholdImage* fresh = unindexed_.find(household);
  if (fresh == nullptr) return index_.load(household);
  HouseholdImage image = *fresh;
  unindexed_.keep(household, roster_.keep_awake(household));
  return image;
}

bool Lookups::load(HouseholdId household) {
  return !roster_.enter(household) || fill(household, image_of(household));
}

bool Lookups::fill(HouseholdId household, const Result<HouseholdImage, StoreError>& image) {
  if (image) {
    roster_.loaded(*image);
    if (image->state.persons.size() > 1 && components(image->state).size() > 1)
      loosened_(household);
    return true;
  }
  for (const EnvelopePtr& mail : roster_.give_up(household)) fail(mail, image.error());
  return false;
}

// The failed actor's last records must be durable and indexed first; that takes a sync or two. What
// is rebuilt from them is kept, so that one who fails often does not read his whole history again.
void Lookups::reload(HouseholdId household) {
  librarian_->post([this, household] {
    unindexed_.forget(journal_.indexed());
    if (roster_.settled(household)) {
      const auto image = index_.load(household);
      if (fill(household, image)) index_.save_snapshot(*image);
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
      reload(household);
    }
  });
}

void Lookups::search_alias(const EnvelopePtr& mail, KeyHash alias) {
  librarian_->post_to_turn([this, mail, alias] {
    const auto enrolled = [&] {
      const WithoutWaiting scope;
      return index_.find_enrolled(alias);
    }();
    const bool found = enrolled && *enrolled;
    found ? answer_alias(mail, enrolled) : search_alias_on_disk(mail, alias);
  });
}

// Whoever has an answer may ask about it at once: a miss counts only after the index caught up.
void Lookups::search_alias_on_disk(const EnvelopePtr& mail, KeyHash alias) {
  readers_.post([this, mail, alias] {
    catch_up();
    librarian_->post_to_turn(
        [this, mail, enrolled = index_.find_enrolled(alias)] { answer_alias(mail, enrolled); });
  });
}

void Lookups::answer_alias(const EnvelopePtr& mail,
                           const Result<std::optional<PersonId>, StoreError>& enrolled) {
  if (!enrolled) return fail(mail, enrolled.error());
  if (!*enrolled) return mail->refuse(Reason::kNoPerson);
  std::get<PersonQuery>(mail->request.ask).person = **enrolled;
  to_person_(**enrolled, mail);
}

// ---- records ----

RecordPtr Lookups::read(const EnvelopePtr& mail, Sequence sequence) {
  Result<RecordPtr, StoreError> record = store_.read(sequence);
  if (record) return *record;
  fail(mail, record.error());
  return nullptr;
}

// Null with the ticket still open: no such record. Null with it spent: the store failed.
RecordPtr Lookups::read_if_there(const EnvelopePtr& mail, Sequence sequence) {
  const bool thinkable = !sequence.is_none() && sequence <= journal_.durable();
  return thinkable ? read(mail, sequence) : nullptr;
}

// Whoever has an answer may ask about it at once: a miss counts only after the index caught up.
Result<std::optional<Sequence>, StoreError> Lookups::find_key(const KeyHash& key) const {
  auto found = index_.find_key(key);
  if (!found || found->has_value()) return found;
  catch_up();
  return index_.find_key(key);
}

// Null with the ticket still open: no such key. Null with the ticket spent: the store failed.
RecordPtr Lookups::read_key(const EnvelopePtr& mail, const KeyHash& key) {
  const auto sequence = find_key(key);
  if (!sequence) {
    fail(mail, sequence.error());
    return nullptr;
  }
  return *sequence ? read(mail, sequence->value()) : nullptr;
}

// The record that answers a message: the first one's when this one only repeated its business fact.
RecordPtr Lookups::followed(const EnvelopePtr& mail, const RecordPtr& record) {
  const bool repeats = record->household.is_none() && !record->previous.is_none();
  if (!repeats) return record;
  catch_up();  // nobody held the first one's key: what became of it may not be indexed yet
  return read(mail, record->previous);
}

// False: they must be claimed first, and the message comes again with them.
bool Lookups::claims_also(const EnvelopePtr& mail, std::vector<KeyHash> keys) {
  std::vector<KeyHash>& claimed = mail->more_claims;
  const auto known = [&](const KeyHash& key) {
    return key == mail->request.key_hash ||
           std::find(claimed.begin(), claimed.end(), key) != claimed.end();
  };
  keys.erase(std::remove_if(keys.begin(), keys.end(), known), keys.end());
  if (keys.empty()) return true;
  claimed.insert(claimed.end(), keys.begin(), keys.end());
  mail->claims.release();
  claim_again_(mail);
  return false;
}

// Whether a 2601 took the message back. Nothing when the store failed; then the ticket is spent.
std::optional<bool> Lookups::undone(const EnvelopePtr& mail, const KeyHash& message) {
  const auto found = index_.find_key(undone_marker(message));
  if (found) return found->has_value();
  fail(mail, found.error());
  return std::nullopt;
}

// What an answer about a cancel or an undo needs beside its own record.
RecordPtr Lookups::settlement_behind(const EnvelopePtr& mail, const JournalRecord& record) {
  if (const auto* reverse = std::get_if<ReverseCommand>(&record.command))
    return read(mail, reverse->original);
  if (const auto* reapply = std::get_if<ReapplyCommand>(&record.command))
    return read(mail, reapply->original);
  return nullptr;
}

void Lookups::replay(const EnvelopePtr& mail, Sequence first) {
  librarian_->post([this, mail, first] { do_replay(mail, first); });
}

void Lookups::do_replay(const EnvelopePtr& mail, Sequence first) {
  const RecordPtr record = read(mail, first);
  if (record == nullptr) return;
  const Origin& origin = mail->request.origin;
  if (record->origin.key != origin.key) return mail->refuse(Reason::kReversedBeforeArrival);
  if (record->origin.digest != origin.digest) return mail->answer(KeyReused{record});
  const RecordPtr told = followed(mail, record);
  if (told == nullptr) return;
  const std::optional<bool> taken_back = undone(mail, told->keys.front());
  if (!taken_back) return;
  if (*taken_back) return mail->refuse(Reason::kAlreadyReversed);
  RecordPtr behind = settlement_behind(mail, *told);
  mail->answer(Recorded{told, true, std::move(behind)});
}

// ---- 2602 ----

void Lookups::query(const EnvelopePtr& mail) {
  librarian_->post([this, mail] { do_query(mail); });
}

void Lookups::do_query(const EnvelopePtr& mail) {
  const auto& ask = std::get<MessageQuery>(mail->request.ask);
  // The order matters: a claim is released only after its record can be found.
  const bool in_flight = claims_.held(ask.original_hash);
  RecordPtr record = read_key(mail, ask.original_hash);
  if (mail->ticket == nullptr) return;
  if (record == nullptr) {
    const auto state = in_flight ? MessageState::kInFlight : MessageState::kUnknown;
    return mail->answer(MessageFound{state, nullptr, nullptr});
  }
  if (record->origin.key != ask.original)
    return mail->answer(MessageFound{MessageState::kReversedBeforeArrival, nullptr, nullptr});
  record = followed(mail, record);
  if (record == nullptr) return;
  RecordPtr behind = settlement_behind(mail, *record);
  if (mail->ticket == nullptr) return;
  const std::optional<bool> taken_back = undone(mail, record->keys.front());
  if (!taken_back) return;
  if (*taken_back)
    return mail->answer(MessageFound{MessageState::kReversed, record, std::move(behind)});
  const PersonId subject = subject_of(record->command);
  if (subject.empty())
    return mail->answer(MessageFound{MessageState::kApplied, record, std::move(behind)});
  mail->original = record;
  mail->business_record = std::move(behind);
  to_person_(subject, mail);
}

}  // namespace gongji::actors
