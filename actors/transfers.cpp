#include "actors/transfers.hpp"

#include <algorithm>
#include <future>
#include <utility>

#include "ports/log.hpp"

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

// Nobody lives there: who is looked for is between two households, his move broke off. In memory
// the empty one would tell everybody who asks for him that there is no such person.
bool deserted(Roster& roster, Lookups& lookups, HouseholdId household) {
  if (roster.active(household)) return false;
  const auto image = lookups.image_of(household);
  return !image || image->state.persons.empty();
}

}  // namespace

EnvelopePtr internal_mail(Command command, Instant at) {
  auto mail = std::make_shared<Envelope>();
  mail->request.origin.key.infno = "move";
  mail->request.origin.received_at = at;
  mail->request.deadline = std::chrono::steady_clock::time_point::max();
  mail->command = std::move(command);
  return mail;
}

Transfers::Transfers(JournalStore& store, JournalIndex& index, Roster& roster, Lookups& lookups,
                     std::shared_ptr<WorkerThread> librarian)
    : store_(store),
      index_(index),
      roster_(roster),
      lookups_(lookups),
      librarian_(std::move(librarian)) {}

bool Transfers::in_use(const std::vector<HouseholdId>& households) const {
  return std::find_first_of(locked_.begin(), locked_.end(), households.begin(), households.end()) !=
         locked_.end();
}

bool Transfers::awaiting(const std::vector<HouseholdId>& households) const {
  const auto open = [&] {
    const std::vector<OpenTransfer> all = index_.open_transfers();
    return std::any_of(all.begin(), all.end(), [&](const OpenTransfer& each) {
      return std::find(households.begin(), households.end(), each.to) != households.end();
    });
  };
  if (!open()) return false;
  lookups_.wait_for_journal();  // perhaps he has just arrived
  return open();
}

// Each is pinned before the next one is loaded, which might put it out of memory.
bool Transfers::hold(const std::vector<HouseholdId>& wanted, std::vector<HouseholdId>& held) {
  for (const HouseholdId household : wanted) {
    if (deserted(roster_, lookups_, household) || !lookups_.load(household)) return false;
    locked_.push_back(household);
    held.push_back(household);
    roster_.pin(household, true);
    roster_.block(household, true);
  }
  return true;
}

void Transfers::hold_fresh(HouseholdId fresh, std::vector<HouseholdId>& held) {
  roster_.open(fresh);
  locked_.push_back(fresh);
  held.push_back(fresh);
}

void Transfers::let_go(const std::vector<HouseholdId>& held) {
  for (const HouseholdId household : held) {
    roster_.block(household, false);
    roster_.pin(household, false);
    std::erase(locked_, household);
  }
  for (const auto& job : std::exchange(postponed_, {})) librarian_->post(job);
}

void Transfers::look(HouseholdId household, std::function<void(const HouseholdImage&)> then) {
  auto mail = std::make_shared<Envelope>();
  mail->peek = [librarian = librarian_, then = std::move(then)](const HouseholdImage& image) {
    librarian->post([then, image] { then(image); });
  };
  roster_.post_internal(household, mail);
}

void Transfers::move(HouseholdId from, HouseholdId to, const std::vector<PersonId>& persons,
                     Instant at, std::function<void()> then) {
  ask(from, DepartCommand{to, persons}, at, [=, this](const RecordPtr& answer) {
    const RecordPtr departure = departure_from(from, to, answer);
    if (departure == nullptr) return;
    const Household& contents = departure->event<HouseholdDeparted>()->contents;
    ask(to, ArriveCommand{contents, departure->sequence}, at, [=, this](const RecordPtr& arrival) {
      if (arrival == nullptr) return;
      if (persons.empty()) {
        roster_.merge(from, to);
        std::erase(locked_, from);
      } else {
        roster_.split(from, to, persons);
      }
      then();
    });
  });
}

// A repeated departure has no event of its own; the first one's contents are in its record.
RecordPtr Transfers::departure_from(HouseholdId from, HouseholdId to, const RecordPtr& answer) {
  if (answer == nullptr) return nullptr;
  if (answer->event<HouseholdDeparted>() != nullptr) return answer;
  lookups_.catch_up();
  for (const OpenTransfer& open : index_.open_transfers()) {
    const auto first =
        open.from == from && open.to == to ? store_.read(open.departed) : StoreError{};
    if (first && (*first)->event<HouseholdDeparted>() != nullptr) return *first;
  }
  return nullptr;
}

void Transfers::lose(HouseholdId from, HouseholdId to, const std::vector<PersonId>& persons) {
  log_event(
      LogLevel::kError, "move_broke_off",
      "Persons on the way between two households wait for a restart, which finishes the move.",
      {{"household", from.number()}});
  lookups_.catch_up();  // else who looks for them finds their old household as it was before
  const bool split = !persons.empty();
  for (const auto& mail : split ? roster_.lose(from, persons) : roster_.give_up(from))
    mail->answer(OutcomeUnknown{});
  if (!split) return;
  for (const auto& mail : roster_.give_up(to))  // who asked there would meet a stranger
    mail->answer(OutcomeUnknown{});
}

void Transfers::ask(HouseholdId household, const Command& command, Instant at, const Then& then,
                    unsigned attempts) {
  if (attempts == 0 || !lookups_.load(household)) return then(nullptr);
  const EnvelopePtr mail = internal_mail(command, at);
  mail->ticket = std::make_unique<InternalTicket>(
      [this, librarian = librarian_, household, command, at, then, attempts](RecordPtr record) {
        librarian->post([this, household, command, at, then, attempts, record = std::move(record)] {
          if (record == nullptr) return ask(household, command, at, then, attempts - 1);
          then(record->applied() ? record : nullptr);
        });
      });
  roster_.post_internal(household, mail);
}

bool Transfers::recover() {
  for (const OpenTransfer& open : index_.open_transfers())
    if (!deliver(open)) return false;
  return true;
}

bool Transfers::deliver(const OpenTransfer& open) {
  const auto record = store_.read(open.departed);
  const auto* departed = record ? (*record)->event<HouseholdDeparted>() : nullptr;
  if (departed == nullptr) return false;
  std::promise<bool> arrived;
  librarian_->post([&, at = (*record)->at] {
    ask(open.to, ArriveCommand{departed->contents, open.departed}, at,
        [&arrived](const RecordPtr& arrival) { arrived.set_value(arrival != nullptr); });
  });
  const bool done = arrived.get_future().get();
  lookups_.catch_up();  // from now on its persons are looked for, and found where they are
  return done;
}

}  // namespace gongji::actors
