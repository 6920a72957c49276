#include "actors/mover.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>
#include <future>
#include <optional>
#include <utility>

#include "domain/decide.hpp"

namespace gongji::actors {
namespace {

// Answers of internal commands come back to the librarian as a record, or null when nobody can say.
class InternalTicket final : public ReplyTicket {
 public:
  explicit InternalTicket(std::function<void(RecordPtr)> then) : then_(std::move(then)) {}
  ~InternalTicket() override {
    if (then_) then_(nullptr);
  }
  void complete(Reply reply) noexcept override {
    const auto then = std::exchange(then_, nullptr);
    const auto* recorded = std::get_if<Recorded>(&reply);
    then(recorded == nullptr ? nullptr : recorded->record);
  }

 private:
  std::function<void(RecordPtr)> then_;
};

std::vector<PersonId> named_in(const Command& command) {
  std::vector<PersonId> persons;
  if (const auto* form = std::get_if<FormNetworkCommand>(&command)) {
    persons.push_back(form->organiser);
    for (const NewMember& member : form->members) persons.push_back(member.id);
  } else if (const auto* bind = std::get_if<BindCommand>(&command)) {
    persons = {bind->organiser, bind->member.id};
  }
  return persons;
}

bool contains(const std::vector<HouseholdId>& all, HouseholdId wanted) {
  return std::find(all.begin(), all.end(), wanted) != all.end();
}

Household combine(Household into, const std::vector<Household>& others) {
  for (const Household& other : others) {
    into.persons.insert(into.persons.end(), other.persons.begin(), other.persons.end());
    into.networks.insert(into.networks.end(), other.networks.begin(), other.networks.end());
  }
  return into;
}

}  // namespace

// Holds its households; whoever drops a move without finishing it sets them free.
struct Mover::Move {
  explicit Move(Mover& owner) : mover(owner), librarian(owner.librarian_) {}
  ~Move() {
    if (held.empty()) return;
    librarian->post([m = &mover, held = held, departed = departed] { m->abandon(held, departed); });
  }
  Move(const Move&) = delete;
  Move& operator=(const Move&) = delete;

  Mover& mover;  // used by the librarian's jobs only, which end before it does
  const std::shared_ptr<WorkerThread> librarian;
  EnvelopePtr mail;
  HouseholdId target;
  std::vector<HouseholdId> sources;  // still to come
  std::vector<HouseholdId> held;     // locked, kept in memory, their mail waits
  HouseholdId departed;              // a source whose contents have not arrived yet
  Instant at;                        // not before any of the households' last record (GX-13)
  Household seen;                    // the target as it stands
  std::vector<Household> visitors;   // the sources as they stand
};

Mover::Mover(JournalStore& store, JournalIndex& index, const PolicySource& policies, Roster& roster,
             Lookups& lookups, std::shared_ptr<WorkerThread> librarian, ToPerson to_person)
    : store_(store),
      index_(index),
      policies_(policies),
      roster_(roster),
      lookups_(lookups),
      librarian_(std::move(librarian)),
      to_person_(std::move(to_person)) {}

void Mover::gather(const EnvelopePtr& mail) {
  librarian_->post([this, mail] { begin(mail); });
}

void Mover::begin(const EnvelopePtr& mail) {
  if (mail->expired()) return mail->refuse(Reason::kDeadline);
  const auto move = std::make_shared<Move>(*this);
  if (!plan(*move, mail)) return;
  if (move->sources.empty()) return to_person_(named_in(*mail->command).front(), mail);
  if (in_use(*move)) return postponed_.push_back(mail);
  if (lock(*move)) return look(move);
  mail->answer(OutcomeUnknown{});
}

// Finds the households; false when the message is answered already.
bool Mover::plan(Move& move, const EnvelopePtr& mail) {
  const std::vector<PersonId> persons = named_in(*mail->command);
  for (const PersonId& person : persons) {
    const auto household = lookups_.household_of(person);
    if (!household) return mail->answer(OutcomeUnknown{}), false;
    if (!*household) continue;  // the decision says who is missing
    if (person == persons.front())
      move.target = household->value();
    else if (!contains(move.sources, household->value()))
      move.sources.push_back(household->value());
  }
  if (move.target.is_none()) return mail->refuse(Reason::kNoPerson, persons.front().text()), false;
  std::erase(move.sources, move.target);
  move.mail = mail;
  move.at = mail->request.origin.received_at;
  return true;
}

bool Mover::in_use(const Move& move) const {
  return contains(locked_, move.target) ||
         std::any_of(move.sources.begin(), move.sources.end(),
                     [&](HouseholdId source) { return contains(locked_, source); });
}

// A household takes part in one move at a time. Each is pinned before the next one is loaded, which
// might put it out of memory. False when one cannot be read.
bool Mover::lock(Move& move) {
  std::vector<HouseholdId> wanted = move.sources;
  wanted.push_back(move.target);
  for (const HouseholdId household : wanted) {
    if (!lookups_.load(household)) return false;
    locked_.push_back(household);
    move.held.push_back(household);
    roster_.pin(household, true);
    roster_.block(household, true);
  }
  return true;
}

// Looks at the sources one after the other, at the target last.
void Mover::look(const MovePtr& move) {
  const std::size_t seen = move->visitors.size();
  const bool last = seen == move->sources.size();
  const HouseholdId household = last ? move->target : move->sources[seen];
  auto mail = std::make_shared<Envelope>();
  mail->peek = [this, move, last](const HouseholdImage& image) {
    move->librarian->post([this, move, last, image] {
      move->at = std::max(move->at, image.last_at);
      if (!last) {
        move->visitors.push_back(image.state);
        return look(move);
      }
      move->seen = image.state;
      judge(move);
    });
  };
  roster_.post_internal(household, mail);
}

void Mover::judge(const MovePtr& move) {
  const std::shared_ptr<const Policy> policy = policies_.current();
  const Context context{move->at, policy->profiles, nullptr};
  try {
    const Decision decision =
        decide(combine(move->seen, move->visitors), *move->mail->command, context);
    if (decision) return next(move);
    move->mail->verdict = decision.error();
  } catch (const std::exception& error) {  // harms this one message, as in a household
    spdlog::error("a move could not be judged: {}", error.what());
    return;
  }
  finish(move);
}

void Mover::next(const MovePtr& move) {
  if (move->sources.empty()) return finish(move);
  depart(move);
}

void Mover::depart(const MovePtr& move) {
  const HouseholdId source = move->sources.back();
  move->departed = source;  // from here on it may have
  ask(source, DepartCommand{move->target}, move->at, [this, move, source](const RecordPtr& record) {
    if (record == nullptr) return;
    const auto* departed = record->event<HouseholdDeparted>();
    arrive(move, departed != nullptr ? departed->contents : contents_departed(source));
  });
}

// A repeated departure has no event of its own; the first one's contents are in its record.
Household Mover::contents_departed(HouseholdId from) {
  lookups_.catch_up();
  for (const OpenTransfer& open : index_.open_transfers()) {
    const auto first = open.from == from ? store_.read(open.departed) : StoreError{};
    const auto* departed = first ? (*first)->event<HouseholdDeparted>() : nullptr;
    if (departed != nullptr) return departed->contents;
  }
  return {};
}

void Mover::arrive(const MovePtr& move, Household contents) {
  if (contents.id != move->departed) return;
  ask(move->target, ArriveCommand{std::move(contents)}, move->at,
      [this, move](const RecordPtr& record) {
        if (record == nullptr) return;
        const HouseholdId source = std::exchange(move->departed, {});
        roster_.merge(source, move->target);
        std::erase(locked_, source);
        std::erase(move->held, source);
        std::erase(move->sources, source);
        next(move);
      });
}

// The command is decided before the mail that waited, on exactly what was judged.
void Mover::finish(const MovePtr& move) {
  roster_.post_internal(move->target, move->mail);
  unlock(std::exchange(move->held, {}));
}

void Mover::unlock(const std::vector<HouseholdId>& households) {
  for (const HouseholdId household : households) {
    roster_.block(household, false);
    roster_.pin(household, false);
    std::erase(locked_, household);
  }
  for (const EnvelopePtr& mail : std::exchange(postponed_, {})) gather(mail);
}

// The departed one has nobody left to decide about: its mail must not be refused as strangers'.
void Mover::abandon(const std::vector<HouseholdId>& households, HouseholdId departed) {
  if (!departed.is_none()) {
    spdlog::error("move broke off, a restart finishes it: household={}", departed.number());
    for (const EnvelopePtr& mail : roster_.give_up(departed)) mail->answer(OutcomeUnknown{});
  }
  unlock(households);
}

void Mover::ask(HouseholdId household, const Command& command, Instant at, const Then& then,
                unsigned attempts) {
  if (attempts == 0 || !lookups_.load(household)) return then(nullptr);
  auto mail = std::make_shared<Envelope>();
  mail->request.origin.key.infno = "move";
  mail->request.origin.received_at = at;
  mail->request.deadline = std::chrono::steady_clock::time_point::max();
  mail->command = command;
  mail->ticket = std::make_unique<InternalTicket>(
      [this, librarian = librarian_, household, command, at, then, attempts](RecordPtr record) {
        librarian->post([this, household, command, at, then, attempts, record = std::move(record)] {
          if (record == nullptr) return ask(household, command, at, then, attempts - 1);
          then(record->applied() ? record : nullptr);
        });
      });
  roster_.post_internal(household, mail);
}

bool Mover::recover() {
  for (const OpenTransfer& open : index_.open_transfers())
    if (!deliver(open)) return false;
  return true;
}

bool Mover::deliver(const OpenTransfer& open) {
  const auto record = store_.read(open.departed);
  const auto* departed = record ? (*record)->event<HouseholdDeparted>() : nullptr;
  if (departed == nullptr) return false;
  std::promise<bool> arrived;
  librarian_->post([&, at = (*record)->at] {
    ask(open.to, ArriveCommand{departed->contents}, at,
        [&arrived](const RecordPtr& arrival) { arrived.set_value(arrival != nullptr); });
  });
  const bool done = arrived.get_future().get();
  lookups_.catch_up();  // from now on its persons are looked for, and found where they are
  return done;
}

}  // namespace gongji::actors
