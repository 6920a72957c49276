#include "tests/domain/support/story_answer.hpp"

#include <algorithm>

namespace gongji::test {
namespace {

std::string flag(const std::optional<bool>& value) {
  if (!value) return "unset";
  return *value ? "yes" : "no";
}

std::string fact(std::string name, std::string_view value) {
  return std::move(name.append("=").append(value));
}

void add_split(std::vector<std::string>& said, Fen own, Fen family, Fen cash) {
  for (const Fen part : {own, family, cash}) said.push_back(to_yuan_text(part));
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

bool is_fact(const std::string& word) { return word.find('=') != std::string::npos; }

}  // namespace

std::string StoryAnswer::text() const { return joined(said) + " (" + joined(facts) + ")"; }

std::string StoryAnswer::differs_from(const std::vector<std::string>& expected) const {
  std::vector<std::string> words;
  bool facts_hold = true;
  for (const std::string& word : expected) {
    if (!is_fact(word))
      words.push_back(word);
    else
      facts_hold &= std::find(facts.begin(), facts.end(), word) != facts.end();
  }
  if (facts_hold && words == said) return {};
  return "expected " + joined(expected) + ", was " + text();
}

StoryAnswer answer_of(const Settled& settled, Fen all_cash) {
  StoryAnswer answer;
  add_split(answer.said, sum_of(settled.own), sum_of(settled.family), all_cash);
  if (settled.zero_reason != Reason::kNone) {
    answer.said.emplace_back(code(settled.zero_reason));
    answer.facts.push_back(fact("next", to_text(info(settled.zero_reason).next_step)));
  }
  answer.facts.push_back(fact("relief", flag(settled.counts_relief)));
  answer.facts.push_back(fact("deductible", flag(settled.counts_deductible)));
  return answer;
}

StoryAnswer answer_of(const SettlementReversed& reversed) {
  Fen own;
  Fen family;
  for (const Leg& leg : reversed.returned) (leg.link.is_none() ? own : family) += leg.amount;
  StoryAnswer answer{{"back"}, {}};
  add_split(answer.said, own, family, reversed.cash_back);
  answer.facts.push_back(fact("suspense", to_yuan_text(sum_of(reversed.suspense))));
  return answer;
}

StoryAnswer answer_of(const Refusal& refusal) {
  StoryAnswer answer;
  if (refusal.new_split) {
    const Split& split = *refusal.new_split;
    answer.said.emplace_back("stale");
    add_split(answer.said, split.own, split.family, split.cash);
  } else {
    answer.said.emplace_back(code(refusal.reason));
  }
  answer.facts.push_back(fact("reason", code(refusal.reason)));
  if (refusal.limit) answer.facts.push_back(fact("limit", to_yuan_text(*refusal.limit)));
  const NextStep next = refusal.next_step.value_or(info(refusal.reason).next_step);
  answer.facts.push_back(fact("next", to_text(next)));
  return answer;
}

StoryAnswer compare(const std::string& expected, const std::string& actual) {
  if (expected == actual) return {{"ok"}, {}};
  return {{"found", actual, "instead"}, {}};
}

StoryAnswer done_answer(const JournalRecord& record) {
  if (const Refusal* refusal = record.refusal()) return answer_of(*refusal);
  return {{std::get<Events>(record.outcome).empty() ? "nothing" : "ok"}, {}};
}

}  // namespace gongji::test
