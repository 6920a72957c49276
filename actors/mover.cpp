#include "actors/mover.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

#include "domain/decide.hpp"
#include "domain/evolve.hpp"
#include "domain/transactions/reverse.hpp"
#include "ports/log.hpp"
#include "ports/thread_turn.hpp"

namespace gongji::actors {

std::vector<PersonId> concerned(const Envelope& mail) {
  std::vector<PersonId> persons{subject_of(*mail.command)};
  if (const auto* form = std::get_if<FormNetworkCommand>(&*mail.command))
    for (const NewMember& member : form->members) persons.push_back(member.id);
  else if (const auto* bind = std::get_if<BindCommand>(&*mail.command))
    persons.push_back(bind->member.id);
  else if (const auto* rebind = std::get_if<RebindCommand>(&*mail.command))
    persons.push_back(rebind->member.id);
  else if (mail.original != nullptr)
    for (PersonId& owner : owners_in(*mail.original)) persons.push_back(std::move(owner));
  return persons;
}

namespace {

bool contains(const std::vector<HouseholdId>& all, HouseholdId wanted) {
  return std::find(all.begin(), all.end(), wanted) != all.end();
}

// As if they had all arrived.
Household combine(Household into, const std::vector<Household>& others) {
  for (const Household& other : others)
    into = evolve(std::move(into), Event{ContentsArrived{other, {}}});
  return into;
}

}  // namespace

// Holds its households; whoever drops a move without finishing it sets them free.
struct Mover::Move {
  explicit Move(Mover& owner) : transfers(owner.transfers_), librarian(owner.librarian_) {}
  ~Move() {
    if (held.empty()) return;
    librarian->post([t = &transfers, held = held, departing = departing, target = target] {
      if (!departing.is_none()) t->lose(departing, target, {});
      t->let_go(held);
    });
  }
  Move(const Move&) = delete;
  Move& operator=(const Move&) = delete;

  Transfers& transfers;  // used by the librarian's jobs only, which end before it does
  const std::shared_ptr<WorkerThread> librarian;
  EnvelopePtr mail;
  std::vector<PersonId> persons;  // all it concerns who are in the books
  HouseholdId target;
  std::vector<HouseholdId> sources;  // still to come
  std::vector<HouseholdId> held;     // kept in memory, their mail waits
  HouseholdId departing;             // a source whose contents have not arrived yet
  Instant at;                        // not before any of the households' last record (GX-13)
  std::vector<Household> visitors;   // the sources as they stand
  Household seen;                    // the target as it stands
};

Mover::Mover(const HouseholdTools& tools, Roster& roster, Lookups& lookups, Transfers& transfers,
             std::shared_ptr<WorkerThread> librarian, ToPerson to_person)
    : tools_(tools),
      roster_(roster),
      lookups_(lookups),
      transfers_(transfers),
      librarian_(std::move(librarian)),
      to_person_(std::move(to_person)) {}

void Mover::gather(const EnvelopePtr& mail) {
  librarian_->post([this, mail] { begin(mail); });
}

void Mover::begin(const EnvelopePtr& mail) {
  if (mail->expired(std::chrono::steady_clock::now())) return mail->refuse(Reason::kDeadline);
  const auto move = std::make_shared<Move>(*this);
  if (!plan(*move, mail)) return;
  if (move->sources.empty()) return to_person_(subject_of(*mail->command), mail);
  std::vector<HouseholdId> wanted = move->sources;
  wanted.push_back(move->target);
  if (transfers_.in_use(wanted)) return transfers_.postpone([this, mail] { begin(mail); });
  if (transfers_.awaiting(move->sources)) return mail->answer(OutcomeUnknown{});
  if (decide_asleep(*move)) return;
  if (transfers_.hold(wanted, move->held)) return look(move);
  mail->answer(OutcomeUnknown{});
}

// Finds the households; false when the message is answered already.
bool Mover::plan(Move& move, const EnvelopePtr& mail) {
  mail->names_stranger = false;
  const std::vector<PersonId> persons = concerned(*mail);
  for (const PersonId& person : persons) {
    const auto household = lookups_.household_of(person);
    if (!household) return mail->answer(OutcomeUnknown{}), false;
    if (!*household) {
      if (mail->original != nullptr) return mail->answer(OutcomeUnknown{}), false;  // he had money
      mail->names_stranger = true;
      continue;
    }
    move.persons.push_back(person);
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

// Looks at the sources one after the other, at the target last.
void Mover::look(const MovePtr& move) {
  const std::size_t seen = move->visitors.size();
  const bool last = seen == move->sources.size();
  transfers_.look(last ? move->target : move->sources[seen],
                  [this, move, last](const HouseholdImage& image) {
                    move->at = std::max(move->at, image.last_at);
                    if (last) {
                      move->seen = image.state;
                      return judge(move);
                    }
                    move->visitors.push_back(image.state);
                    look(move);
                  });
}

// Somebody may be between two households: his move broke off, or is not indexed yet. Then nothing
// can be decided, and dropping the move says so.
bool Mover::all_there(const Move& move) {
  return std::all_of(move.persons.begin(), move.persons.end(), [&](const PersonId& person) {
    const auto lives_in = [&](const Household& each) { return each.find(person) != nullptr; };
    return lives_in(move.seen) || std::any_of(move.visitors.begin(), move.visitors.end(), lives_in);
  });
}

// Over all of them as they stand. False when nobody can say; a refusal is the message's verdict.
bool Mover::decide(Move& move) {
  if (!all_there(move)) return false;
  const std::shared_ptr<const Policy> policy = tools_.policies.current();
  const Context context{move.at, policy->profiles, move.mail->original};
  try {
    const Decision decision =
        gongji::decide(combine(move.seen, move.visitors), *move.mail->command, context);
    if (!decision) move.mail->verdict = decision.error();
    return true;
  } catch (const std::exception& error) {  // harms this one message, as in a household
    log_event(LogLevel::kError, "move_not_judged",
              "A message that concerns several households could not be decided.",
              {{"error", error.what()}});
    return false;
  }
}

void Mover::judge(const MovePtr& move) {
  if (decide(*move)) move->mail->verdict ? finish(move) : next(move);
}

// ---- nobody is awake ----

// The sources and, last, the target, when all of them sleep; else nothing.
std::vector<HouseholdImage> Mover::sleeping(const Move& move) {
  std::vector<HouseholdId> households = move.sources;
  households.push_back(move.target);
  std::vector<HouseholdImage> images;
  for (const HouseholdId household : households) {
    if (roster_.active(household)) return {};
    auto image = lookups_.image_of(household);
    if (!image || !lookups_.all_asleep(*image)) return {};
    images.push_back(std::move(image).value());
  }
  return images;
}

// False: somebody is awake, or cannot be read, and nothing was done.
bool Mover::decide_asleep(Move& move) {
  std::vector<HouseholdImage> images = sleeping(move);
  if (images.empty()) return false;
  for (const HouseholdImage& image : images) {
    move.at = std::max(move.at, image.last_at);
    move.visitors.push_back(image.state);
  }
  move.seen = std::move(move.visitors.back());
  move.visitors.pop_back();
  if (decide(move)) move_asleep(move, std::move(images));
  return true;
}

void Mover::move_asleep(Move& move, std::vector<HouseholdImage> images) {
  const Lookups::DecidingAsleep deciding{lookups_};
  if (!step_by_step(move, std::move(images))) lookups_.wait_for_journal();
}

// Everything of it stands together in the journal. After each step those concerned are remembered
// as that step left them. False when one threw: it may have recorded something first, and nobody
// may look for these households before the index knows.
bool Mover::step_by_step(Move& move, std::vector<HouseholdImage> images) {
  const ThreadTurn turn{ThreadTurn::Mail::kLeftToOthers};
  HouseholdDesk target{tools_, std::move(images.back())};
  images.pop_back();
  if (move.mail->verdict) images.clear();
  try {
    for (std::size_t i = 0; i < images.size(); ++i) {
      HouseholdDesk source{tools_, std::move(images[i])};
      source.handle(internal_mail(DepartCommand{move.target, {}}, move.at));
      lookups_.remember(source.image());
      if (source.image().state.moved_to != move.target)  // or his money would be there twice
        throw std::logic_error{"a household that did not depart cannot arrive"};
      target.handle(
          internal_mail(ArriveCommand{move.visitors[i], source.image().last_sequence}, move.at));
      lookups_.remember(target.image());
    }
    target.snapshot_soon();  // who wakes it reads that, not the records of all who came
    const Handled handled = target.handle(move.mail);
    lookups_.remember(target.image());
    if (handled == Handled::kLoosened) lookups_.loosened(move.target);
    if (handled == Handled::kOthersNeeded) to_person_(subject_of(*move.mail->command), move.mail);
    return true;
  } catch (const std::exception& error) {
    log_event(LogLevel::kError, "move_broke_off",
              "A move of sleeping households could not be finished; a restart does.",
              {{"household", move.target.number()}, {"error", error.what()}});
    return false;
  }
}

void Mover::next(const MovePtr& move) {
  if (move->sources.empty()) return finish(move);
  const HouseholdId source = move->sources.back();
  move->departing = source;  // from here on it may have
  transfers_.move(source, move->target, {}, move->at, [this, move, source] {
    move->departing = {};
    std::erase(move->held, source);
    std::erase(move->sources, source);
    next(move);
  });
}

// The command is decided before the mail that waited, on exactly what was judged. The others wait
// until its record has its place in the journal: what they do next stands behind it, so that a
// replay finds them as they were judged.
void Mover::finish(const MovePtr& move) {
  roster_.post_internal(move->target, std::exchange(move->mail, nullptr));
  transfers_.look(move->target, [this, move](const HouseholdImage&) {
    transfers_.let_go(std::exchange(move->held, {}));
  });
}

}  // namespace gongji::actors
