#include "actors/roster.hpp"

#include <algorithm>
#include <utility>

#include "actors/household_actor.hpp"

namespace gongji::actors {
namespace {

bool enrols(const Envelope& mail) {
  return mail.command && std::holds_alternative<EnrolCommand>(*mail.command);
}

}  // namespace

Roster::Roster(const ActorOptions& options, Metrics& metrics, Spawn spawn)
    : options_(options), metrics_(metrics), spawn_(std::move(spawn)) {}

Roster::Entry* Roster::find(HouseholdId household) {
  const auto found = entries_.find(household);
  return found == entries_.end() ? nullptr : &found->second;
}

Roster::Entry& Roster::create(HouseholdId household) {
  Entry& entry = entries_[household];
  entry.id = household;
  entry.inflight = std::make_shared<std::atomic<unsigned>>(0);
  ages_.push_front(household);
  entry.age = ages_.begin();
  metrics_.actors(1);
  passivate_some();
  return entry;
}

void Roster::name(Entry& entry, const PersonId& person) {
  persons_[person] = &entry;
  if (std::find(entry.persons.begin(), entry.persons.end(), person) == entry.persons.end())
    entry.persons.push_back(person);
}

void Roster::touch(Entry& entry) { ages_.splice(ages_.begin(), ages_, entry.age); }

// The count is taken here, under the lock, so that an entry with a message on its way to the actor
// never looks idle.
void Roster::deliver(Entry& entry, EnvelopePtr mail) {
  mail->inflight = InflightToken{entry.inflight};
  const bool at_once = entry.waiting.empty() && !entry.loading && !entry.blocked;
  if (at_once && mail->turn == Turn::kReady) return send_mail(entry.actor, std::move(mail));
  entry.waiting.push_back(std::move(mail));
  flush(entry);
}

void Roster::flush(Entry& entry) {
  if (entry.loading || entry.blocked) return;
  while (!entry.waiting.empty() && entry.waiting.front()->turn != Turn::kLooking) {
    EnvelopePtr mail = std::move(entry.waiting.front());
    entry.waiting.pop_front();
    if (mail->turn == Turn::kReady) send_mail(entry.actor, std::move(mail));
  }
}

bool Roster::asleep(const PersonId& person) {
  const std::lock_guard lock{mutex_};
  return !persons_.contains(person) && !searching_.contains(person);
}

Roster::Posted Roster::post(const PersonId& person, const EnvelopePtr& mail, Turn turn) {
  const std::lock_guard lock{mutex_};
  mail->turn = turn;
  mail->addressee = person;
  if (const auto known = persons_.find(person); known != persons_.end()) {
    Entry& entry = *known->second;
    const unsigned depth = entry.inflight->load();
    if (depth >= options_.household_inflight_max) return Posted::kFull;
    metrics_.mailbox_depth(depth + 1);
    touch(entry);
    deliver(entry, mail);
    return Posted::kTaken;
  }
  std::vector<EnvelopePtr>& queue = searching_[person];
  if (queue.size() >= options_.household_inflight_max) return Posted::kFull;
  queue.push_back(mail);
  return queue.size() == 1 ? Posted::kSearchNeeded : Posted::kTaken;
}

void Roster::resume(const PersonId& person, const EnvelopePtr& mail, Turn turn) {
  const std::lock_guard lock{mutex_};
  mail->turn = turn;
  if (const auto known = persons_.find(person); known != persons_.end()) flush(*known->second);
}

bool Roster::post_internal(HouseholdId household, EnvelopePtr mail) {
  const std::lock_guard lock{mutex_};
  Entry* entry = find(household);
  if (entry == nullptr) return false;
  if (entry->loading) {
    entry->returned.push_back(std::move(mail));  // counted when it is sent
  } else {
    mail->inflight = InflightToken{entry->inflight};
    send_mail(entry->actor, std::move(mail));
  }
  return true;
}

bool Roster::found(const PersonId& person, HouseholdId household) {
  const std::lock_guard lock{mutex_};
  Entry* entry = find(household);
  const bool load = entry == nullptr;
  if (load) entry = &create(household);
  name(*entry, person);
  if (auto queue = searching_.extract(person))
    for (EnvelopePtr& mail : queue.mapped()) deliver(*entry, std::move(mail));
  return load;
}

std::vector<EnvelopePtr> Roster::resolve_unknown(const PersonId& person,
                                                 const std::function<HouseholdId()>& fresh) {
  const std::lock_guard lock{mutex_};
  auto queue = searching_.extract(person);
  if (!queue) return {};
  std::vector<EnvelopePtr>& mail = queue.mapped();
  const auto enrolment =
      std::find_if(mail.begin(), mail.end(), [](const EnvelopePtr& each) { return enrols(*each); });
  std::vector<EnvelopePtr> strangers{mail.begin(), enrolment};
  if (enrolment == mail.end()) return strangers;
  HouseholdImage empty;
  empty.state.id = fresh();
  Entry& entry = create(empty.state.id);
  entry.actor = spawn_(std::move(empty));
  entry.loading = false;
  name(entry, person);
  for (auto each = enrolment; each != mail.end(); ++each) deliver(entry, std::move(*each));
  return strangers;
}

bool Roster::enter(HouseholdId household) {
  const std::lock_guard lock{mutex_};
  if (find(household) != nullptr) return false;
  create(household);
  return true;
}

InflightToken Roster::keep_awake(HouseholdId household) {
  const std::lock_guard lock{mutex_};
  Entry* entry = find(household);
  return entry == nullptr ? InflightToken{} : InflightToken{entry->inflight};
}

void Roster::loaded(HouseholdImage image) {
  const std::lock_guard lock{mutex_};
  Entry* entry = find(image.state.id);
  if (entry == nullptr) return;
  for (const Person& person : image.state.persons) name(*entry, person.id);
  entry->actor = spawn_(std::move(image));
  entry->loading = false;
  metrics_.activation();
  for (EnvelopePtr& mail : std::exchange(entry->returned, {})) {
    mail->inflight = InflightToken{entry->inflight};
    send_mail(entry->actor, std::move(mail));
  }
  flush(*entry);
}

std::vector<EnvelopePtr> Roster::give_up(HouseholdId household) {
  const std::lock_guard lock{mutex_};
  Entry* entry = find(household);
  if (entry == nullptr) return {};
  std::vector<EnvelopePtr> mail = std::move(entry->returned);
  mail.insert(mail.end(), entry->waiting.begin(), entry->waiting.end());
  erase(*entry, false);
  return mail;
}

std::vector<EnvelopePtr> Roster::give_up(const PersonId& person) {
  const std::lock_guard lock{mutex_};
  auto queue = searching_.extract(person);
  return queue ? std::move(queue.mapped()) : std::vector<EnvelopePtr>{};
}

void Roster::failed(HouseholdId household) {
  const std::lock_guard lock{mutex_};
  if (Entry* entry = find(household)) entry->loading = true;
}

void Roster::take_back(HouseholdId household, EnvelopePtr mail) {
  mail->inflight = {};
  const std::lock_guard lock{mutex_};
  if (Entry* entry = find(household)) entry->returned.push_back(std::move(mail));
}

bool Roster::settled(HouseholdId household) {
  const std::lock_guard lock{mutex_};
  const Entry* entry = find(household);
  if (entry == nullptr) return true;
  return entry->inflight->load() <= entry->waiting.size();  // what waits was never submitted
}

std::optional<HouseholdId> Roster::household_of(const PersonId& person) {
  const std::lock_guard lock{mutex_};
  const auto known = persons_.find(person);
  if (known == persons_.end()) return std::nullopt;
  return known->second->id;
}

bool Roster::active(HouseholdId household) {
  const std::lock_guard lock{mutex_};
  return find(household) != nullptr;
}

void Roster::pin(HouseholdId household, bool pinned) {
  const std::lock_guard lock{mutex_};
  if (Entry* entry = find(household)) entry->pinned = pinned;
}

void Roster::block(HouseholdId household, bool blocked) {
  const std::lock_guard lock{mutex_};
  Entry* entry = find(household);
  if (entry == nullptr) return;
  entry->blocked = blocked;
  flush(*entry);
}

void Roster::merge(HouseholdId from, HouseholdId into) {
  const std::lock_guard lock{mutex_};
  Entry* source = find(from);
  Entry* target = find(into);
  if (source == nullptr || target == nullptr) return;
  for (const PersonId& person : std::exchange(source->persons, {})) name(*target, person);
  std::list<EnvelopePtr> waiting = std::move(source->waiting);
  waiting.insert(waiting.begin(), source->returned.begin(), source->returned.end());
  erase(*source, true);
  for (EnvelopePtr& mail : waiting) deliver(*target, std::move(mail));
}

void Roster::open(HouseholdId fresh) {
  const std::lock_guard lock{mutex_};
  HouseholdImage empty;
  empty.state.id = fresh;
  Entry& entry = create(fresh);
  entry.actor = spawn_(std::move(empty));
  entry.loading = false;
  entry.blocked = entry.pinned = true;
}

std::vector<EnvelopePtr> Roster::take_out(Entry& entry, const std::vector<PersonId>& persons) {
  const auto leaves = [&](const PersonId& id) {
    return std::find(persons.begin(), persons.end(), id) != persons.end();
  };
  std::erase_if(entry.persons, leaves);
  std::vector<EnvelopePtr> mail;
  for (auto each = entry.waiting.begin(); each != entry.waiting.end();) {
    const auto next = std::next(each);
    if (leaves((*each)->addressee)) {
      mail.push_back(std::move(*each));
      entry.waiting.erase(each);
    }
    each = next;
  }
  return mail;
}

void Roster::split(HouseholdId from, HouseholdId into, const std::vector<PersonId>& persons) {
  const std::lock_guard lock{mutex_};
  Entry* source = find(from);
  Entry* target = find(into);
  if (source == nullptr || target == nullptr) return;
  std::vector<EnvelopePtr> waiting = take_out(*source, persons);
  for (const PersonId& person : persons) name(*target, person);
  for (EnvelopePtr& mail : waiting) deliver(*target, std::move(mail));
}

std::vector<EnvelopePtr> Roster::lose(HouseholdId from, const std::vector<PersonId>& persons) {
  const std::lock_guard lock{mutex_};
  Entry* source = find(from);
  if (source == nullptr) return {};
  for (const PersonId& person : persons) persons_.erase(person);
  return take_out(*source, persons);
}

void Roster::erase(Entry& entry, bool keep_snapshot) {
  for (const PersonId& person : entry.persons) persons_.erase(person);
  if (entry.actor) send_leave(entry.actor, keep_snapshot);
  ages_.erase(entry.age);
  metrics_.actors(-1);
  const HouseholdId gone = entry.id;
  entries_.erase(gone);
}

// Looks at a few of the oldest only, so that one message never pays for many.
void Roster::passivate_some() {
  for (int looked = 0; entries_.size() > options_.active_max && looked < 8; ++looked) {
    Entry& oldest = entries_.at(ages_.back());
    const bool busy = oldest.loading || oldest.blocked || oldest.pinned || *oldest.inflight > 0;
    if (busy) {
      touch(oldest);
      continue;
    }
    erase(oldest, true);
    metrics_.passivation();
  }
}

std::size_t Roster::size() {
  const std::lock_guard lock{mutex_};
  return entries_.size();
}

void Roster::clear() {
  const std::lock_guard lock{mutex_};
  searching_.clear();
  while (!entries_.empty()) {
    Entry& entry = entries_.begin()->second;
    erase(entry, *entry.inflight == 0);
  }
}

}  // namespace gongji::actors
