#include "actors/mover.hpp"

#include <algorithm>
#include <future>

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

Instant wall_clock_now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
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

struct Mover::Move {
  EnvelopePtr mail;
  HouseholdId target;
  std::vector<HouseholdId> sources;  // still to come
  Household seen;                    // the target as it stood
  std::vector<Household> visitors;   // the sources as they stand; their mail waits meanwhile
};

Mover::Mover(JournalStore& store, JournalIndex& index, const PolicySource& policies, Roster& roster,
             Lookups& lookups, WorkerThread& librarian, ToPerson to_person)
    : store_(store),
      index_(index),
      policies_(policies),
      roster_(roster),
      lookups_(lookups),
      librarian_(librarian),
      to_person_(std::move(to_person)) {}

void Mover::gather(const EnvelopePtr& mail) {
  librarian_.post([this, mail] { begin(mail); });
}

void Mover::begin(const EnvelopePtr& mail) {
  const std::vector<PersonId> persons = named_in(*mail->command);
  auto move = std::make_shared<Move>();
  move->mail = mail;
  for (const PersonId& person : persons) {
    const auto household = lookups_.household_of(person);
    if (!household) return mail->answer(OutcomeUnknown{});
    if (!*household) continue;  // the decision says who is missing
    if (person == persons.front())
      move->target = household->value();
    else if (!contains(move->sources, household->value()))
      move->sources.push_back(household->value());
  }
  if (move->target.is_none()) return mail->refuse(Reason::kNoPerson, persons.front().text());
  std::erase(move->sources, move->target);
  if (move->sources.empty()) return to_person_(persons.front(), mail);
  if (lock(move)) {
    look(move);
  } else {
    postponed_.push_back(mail);
  }
}

// A household takes part in one move at a time, and stays in memory meanwhile.
bool Mover::lock(const MovePtr& move) {
  std::vector<HouseholdId> wanted = move->sources;
  wanted.push_back(move->target);
  for (const HouseholdId household : wanted)
    if (contains(locked_, household) || !lookups_.load(household)) return false;
  for (const HouseholdId household : wanted) {
    locked_.push_back(household);
    roster_.pin(household, true);
  }
  for (const HouseholdId household : move->sources) roster_.block(household, true);
  return true;
}

// Reads the sources one after the other, the target last.
void Mover::look(const MovePtr& move) {
  const std::size_t seen = move->visitors.size();
  const bool last = seen == move->sources.size();
  const HouseholdId household = last ? move->target : move->sources[seen];
  auto mail = std::make_shared<Envelope>();
  mail->peek = [this, move, last](const HouseholdImage& image) {
    librarian_.post([this, move, last, state = image.state] {
      if (!last) {
        move->visitors.push_back(state);
        return look(move);
      }
      move->seen = state;
      judge(move);
    });
  };
  roster_.post_internal(household, mail);
}

void Mover::judge(const MovePtr& move) {
  const std::shared_ptr<const Policy> policy = policies_.current();
  const Context context{move->mail->request.origin.received_at, policy->profiles, nullptr};
  const Decision decision =
      decide(combine(move->seen, move->visitors), *move->mail->command, context);
  if (decision) return next(move);
  move->mail->verdict = decision.error();
  finish(move);
}

void Mover::next(const MovePtr& move) {
  if (move->sources.empty()) return finish(move);
  depart(move);
}

void Mover::depart(const MovePtr& move) {
  ask(move->sources.back(), DepartCommand{move->target}, [this, move](const RecordPtr& record) {
    // A repeated departure has no event of its own; the first one's contents are in its record.
    const auto* departed = record->event<HouseholdDeparted>();
    if (departed != nullptr) return arrive(move, departed->contents);
    for (const OpenTransfer& open : index_.open_transfers())
      if (open.from == move->sources.back())
        if (const auto first = store_.read(open.departed))
          if (const auto* event = (*first)->event<HouseholdDeparted>())
            return arrive(move, event->contents);
  });
}

void Mover::arrive(const MovePtr& move, Household contents) {
  ask(move->target, ArriveCommand{std::move(contents)}, [this, move](const RecordPtr&) {
    const HouseholdId source = move->sources.back();
    roster_.merge(source, move->target);
    std::erase(locked_, source);
    move->sources.pop_back();
    next(move);
  });
}

// Lets everybody go, hands the command to the organiser's household and takes up what waited.
void Mover::finish(const MovePtr& move) {
  for (const HouseholdId household : move->sources) {
    roster_.block(household, false);
    roster_.pin(household, false);
    std::erase(locked_, household);
  }
  to_person_(named_in(*move->mail->command).front(), move->mail);
  roster_.pin(move->target, false);
  std::erase(locked_, move->target);
  for (EnvelopePtr& mail : std::exchange(postponed_, {})) gather(mail);
}

void Mover::ask(HouseholdId household, Command command, std::function<void(RecordPtr)> then) {
  auto mail = std::make_shared<Envelope>();
  mail->request.origin.key.infno = "move";
  mail->request.origin.received_at = wall_clock_now();
  mail->request.deadline = std::chrono::steady_clock::time_point::max();
  mail->command = command;
  mail->ticket = std::make_unique<InternalTicket>(
      [this, household, command = std::move(command), then = std::move(then)](RecordPtr record) {
        librarian_.post([this, household, command, then, record = std::move(record)] {
          if (record != nullptr && record->applied()) return then(record);
          ask(household, command, then);
        });
      });
  if (!lookups_.load(household) || !roster_.post_internal(household, mail)) return;
}

bool Mover::recover() {
  for (const OpenTransfer& open : index_.open_transfers()) {
    const auto record = store_.read(open.departed);
    const auto* departed = record ? (*record)->event<HouseholdDeparted>() : nullptr;
    if (departed == nullptr) return false;
    std::promise<void> arrived;
    librarian_.post([this, &open, &arrived, contents = departed->contents] {
      ask(open.to, ArriveCommand{contents}, [&arrived](const RecordPtr&) { arrived.set_value(); });
    });
    arrived.get_future().wait();
  }
  return true;
}

}  // namespace gongji::actors
