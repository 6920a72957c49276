// The steps of a story that order premiums and products, and the words of the other parties. Part
// of story.hpp.
#include "tests/domain/support/story.hpp"

namespace gongji::test {
namespace {

const char* status_text(ContributionStatus status) {
  switch (status) {
    case ContributionStatus::kPending: return "pending";
    case ContributionStatus::kConfirmed: return "confirmed";
    case ContributionStatus::kPaid: return "paid";
    case ContributionStatus::kRefused: return "refused";
    case ContributionStatus::kReversed: return "reversed";
  }
  throw BadStep{"no such status"};
}

StoryAnswer answer_of(const Contribution& order) {
  StoryAnswer answer{{status_text(order.status), to_yuan_text(order.amount)}, {}};
  answer.facts.push_back("payer=" + order.payer.text());
  answer.facts.push_back(order.own_purchase ? "own=yes" : "own=no");
  answer.facts.push_back(order.awaits_insurer ? "insurer=asked" : "insurer=none");
  return answer;
}

bool is_year(const std::string& word) {
  return word.size() == 4 && word.find_first_not_of("0123456789") == std::string::npos;
}

bool read_word_of(Words& words) {
  if (words.take("confirms")) return true;
  if (words.take("refuses")) return false;
  throw BadStep{"confirms or refuses expected, not " + words.peek()};
}

}  // namespace

StoryAnswer Story::contribute(Words& words) {
  ContributeCommand command;
  std::string label = words.word("a person");
  command.person = PersonId{label};
  command.purpose = words.word("a purpose");
  if (!is_year(words.peek())) command.product = words.word("a product");
  command.year = std::stoi(words.word("a year"));
  if (words.take("by")) command.ordered_by = PersonId{words.word("a name")};
  if (words.take("as")) label = words.word("a label");
  const JournalRecord& record = run(command);
  const auto* ordered = record.event<ContributionOrdered>();
  if (ordered == nullptr) return done_answer(record);
  orders_[label] = {ordered->order.payer, record.sequence};
  return answer_of(ordered->order);
}

StoryAnswer Story::hear_tax(Words& words) {
  const Order& order = order_named(words);
  const bool accepted = read_word_of(words);
  return done_answer(
      run(AnswerTaxCommand{order.payer, order.sequence, accepted, "by the tax side"}));
}

StoryAnswer Story::hear_insurer(Words& words) {
  const Order& order = order_named(words);
  const bool accepted = read_word_of(words);
  const JournalRecord& record =
      run(AnswerInsurerCommand{order.payer, order.sequence, accepted, "by the insurer"});
  const auto* reversed = record.event<ContributionReversed>();
  if (reversed == nullptr) return done_answer(record);
  return {{"back", to_yuan_text(sum_of(reversed->returned))},
          {"suspense=" + to_yuan_text(sum_of(reversed->suspense))}};
}

StoryAnswer Story::see_order(Words& words) {
  const Order& order = order_named(words);
  const OrderId id = books_.record(order.sequence).event<ContributionOrdered>()->order.id;
  const Contribution* known = books_.home_of(order.payer).contribution(id);
  return compare(words.word("a status"), known == nullptr ? "gone" : status_text(known->status));
}

StoryAnswer Story::see_suspense(Words& words) {
  const PersonId owner{words.word("a name")};
  Fen waiting;
  for (const SuspenseEntry& entry : books_.home_of(owner).suspense)
    if (entry.owner == owner) waiting += entry.amount;
  return compare(to_yuan_text(words.amount()), to_yuan_text(waiting));
}

StoryAnswer Story::see_review(Words& words) {
  const Bill& bill = bill_named(words);
  bool marked = false;
  for (const Review& review : books_.home_of(bill.command.patient).reviews)
    marked |= review.settlement == bill.settled;
  return compare(words.word("yes or no"), marked ? "yes" : "no");
}

const Story::Order& Story::order_named(Words& words) const {
  const std::string label = words.word("a label");
  const auto found = orders_.find(label);
  if (found == orders_.end()) throw BadStep{"no order is called " + label};
  return found->second;
}

}  // namespace gongji::test
