#include "app/gongjictl/replay.hpp"

#include <algorithm>

#include "app/gongjictl/event_view.hpp"
#include "app/gongjictl/journal_text.hpp"
#include "app/gongjictl/json_view.hpp"

namespace gongji::ctl {
namespace {

constexpr std::uint64_t kProgressEvery = 1024;
constexpr Split kNobodysQuote{Fen{-1}, Fen{}, Fen{}};

// Under a proposed profile the terminal would have been quoted by that profile too. Where the quote
// was stale, it is stale again, and the new splits are compared.
Command as_asked_under_proposed(const JournalRecord& record) {
  Command command = record.command;
  auto* settle = std::get_if<SettleCommand>(&command);
  if (settle == nullptr) return command;
  const Refusal* refusal = record.refusal();
  settle->quoted.reset();
  if (refusal != nullptr && refusal->reason == Reason::kQuoteStale) settle->quoted = kNobodysQuote;
  return command;
}

class Replay {
 public:
  Replay(const JournalStore& journal, const ReplayQuestion& question, const ReplayHooks& hooks)
      : journal_(journal),
        question_(question),
        hooks_(hooks),
        shelf_(question.policies, question.proposed),
        redecider_(journal, books_) {}

  ReplayResult run() {
    const Sequence head = journal_.head().durable;
    const Sequence end = question_.to.is_none() ? head : std::min(question_.to, head);
    const auto scanned = journal_.scan(Sequence{1}, [&](const RecordPtr& record) {
      if (record->sequence > end) return false;
      visit(*record);
      const std::uint64_t done = record->sequence.number();
      if (hooks_.on_progress && done % kProgressEvery == 0) hooks_.on_progress(done, end.number());
      return result_.damage.empty();
    });
    if (!scanned) result_.damage = "reading the journal: " + scanned.error().message;
    result_.misses = shelf_.misses();
    keep_home();
    return std::move(result_);
  }

 private:
  void visit(const JournalRecord& record) {
    if (wanted(record)) take_again(record);
    if (!result_.damage.empty()) return;
    if (const auto applied = books_.apply(record); !applied)
      result_.damage = applied.error();
    else
      result_.last = record.sequence;
  }

  // Before the record is applied: on the books as its decision found them.
  void take_again(const JournalRecord& record) {
    const auto choice = shelf_.choose(record, books_.household(record.household));
    const bool proposed = question_.proposed.has_value();
    auto decided =
        redecider_.decide_again(record, proposed ? as_asked_under_proposed(record) : record.command,
                                proposed ? *choice.proposed : *choice.then);
    if (!decided) {
      result_.damage = decided.error();
      return;
    }
    const bool same = decided->outcome == record.outcome;
    count(Replayed{record, std::move(decided->outcome), decided->ground, same, choice.exact});
  }

  bool wanted(const JournalRecord& record) const {
    if (!question_.person) return true;
    const auto home = books_.home_of(*question_.person);
    return (home && *home == record.household) || concerns(record, *question_.person);
  }

  void count(const Replayed& replayed) {
    ++result_.decisions;
    if (replayed.ground == Ground::kKeys) ++result_.by_keys;
    const Fen was = family_money(replayed.record.outcome);
    const Fen would_be = family_money(replayed.again);
    result_.family_was += was;
    result_.family_would_be += would_be;
    if (!replayed.same) {
      ++result_.different;
      ReplayChange& change =
          result_.changes[{outcome_word(replayed.record.outcome), outcome_word(replayed.again)}];
      ++change.decisions;
      change.family_was += was;
      change.family_would_be += would_be;
    }
    if (hooks_.on_decision) hooks_.on_decision(replayed);
  }

  void keep_home() {
    if (!question_.person) return;
    if (const auto home = books_.home_of(*question_.person)) result_.home = books_.household(*home);
  }

  const JournalStore& journal_;
  const ReplayQuestion& question_;
  const ReplayHooks& hooks_;
  Books books_;
  ProfileShelf shelf_;
  Redecider redecider_;
  ReplayResult result_;
};

}  // namespace

ReplayResult replay_journal(const JournalStore& journal, const ReplayQuestion& question,
                            const ReplayHooks& hooks) {
  return Replay{journal, question, hooks}.run();
}

std::string outcome_word(const Outcome& outcome) {
  if (const auto* refusal = std::get_if<Refusal>(&outcome))
    return std::string{code(refusal->reason)};
  const Events& events = std::get<Events>(outcome);
  if (events.empty()) return "nothing";
  const auto* settled = std::get_if<Settled>(&events.back());
  if (settled != nullptr && settled->zero_reason != Reason::kNone)
    return std::string{code(settled->zero_reason)};
  return text_at(event_json(events.back()), "type");
}

Fen family_money(const Outcome& outcome) {
  Fen sum;
  const auto* events = std::get_if<Events>(&outcome);
  if (events == nullptr) return sum;
  for (const Event& event : *events) {
    if (const auto* settled = std::get_if<Settled>(&event)) sum += sum_of(settled->family);
    const auto* ordered = std::get_if<ContributionOrdered>(&event);
    if (ordered != nullptr && !ordered->order.own_purchase) sum += sum_of(ordered->order.legs);
  }
  return sum;
}

}  // namespace gongji::ctl
