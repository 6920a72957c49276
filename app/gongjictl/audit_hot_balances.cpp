#include "app/gongjictl/audit_hot_balances.hpp"

#include <algorithm>
#include <deque>
#include <unordered_map>
#include <utility>

#include "domain/transactions/family_funds.hpp"
#include "loadtest/client/progress_line.hpp"
#include "ports/hot_answer.hpp"

namespace gongji::ctl {
namespace {

constexpr std::size_t kAskedAtOnce = 512;

using Images = std::unordered_map<HouseholdId, HouseholdImage>;
using HouseholdAnswer = HotAnswer<std::optional<HotHousehold>>;
using PersonAnswer = HotAnswer<std::optional<HotPersonFound>>;

Images fold_all(const JournalStore& journal, ProblemList& problems) {
  Images images;
  const auto scanned = journal.scan(Sequence{1}, [&](const RecordPtr& record) {
    if (record->household.is_none()) return true;
    HouseholdImage& image = images[record->household];
    auto folded = fold(std::move(image), *record);
    if (!folded) return problems.add("the journal contradicts itself: " + folded.error()), false;
    image = std::move(*folded);
    return true;
  });
  if (!scanned) problems.add("reading the journal: " + scanned.error().message);
  return images;
}

// One household and its persons, asked for and not yet compared.
struct Question {
  const HouseholdImage* image;
  HouseholdAnswer household;
  std::deque<PersonAnswer> persons;
};

class Comparer {
 public:
  Comparer(HotComparison& result, const Context& context) : result_(result), context_(context) {}

  void compare(Question& question) {
    image_ = question.image;
    name_ = "household " + std::to_string(image_->state.id.number());
    ++result_.households;
    const auto household = question.household.wait();
    std::vector<Result<std::optional<HotPersonFound>, StoreError>> persons;
    for (PersonAnswer& answer : question.persons) persons.push_back(answer.wait());
    if (!household) return problem("cannot be read: " + household.error().message);
    if (!*household) {
      if (!image_->state.persons.empty()) problem("is not in the copy");
      return;
    }
    if ((*household)->sequence > image_->last_sequence) return static_cast<void>(++result_.newer);
    compare_household(household->value());
    for (std::size_t i = 0; i < persons.size(); ++i)
      compare_person(image_->state.persons[i], persons[i]);
  }

 private:
  void problem(const std::string& what) { result_.problems.add(name_ + " " + what); }
  template <class Value>
  void same(const PersonId& person, const char* field, const Value& copy, const Value& journal) {
    if (!(copy == journal)) problem("person " + person.text() + ": " + field + " differs");
  }
  // Family money and roles turn with the calendar; the copy says until when it speaks for them.
  [[nodiscard]] bool holds_today(CivilDate until) const { return until >= civil_date(context_.at); }

  void compare_household(const HotHousehold& copy) {
    const Household& state = image_->state;
    if (copy.persons.size() != state.persons.size())
      return problem("shows " + std::to_string(copy.persons.size()) + " persons, has " +
                     std::to_string(state.persons.size()));
    for (const Person& person : state.persons) {
      const auto found = std::find_if(copy.persons.begin(), copy.persons.end(),
                                      [&](const HotPerson& each) { return each.id == person.id; });
      if (found == copy.persons.end()) {
        problem("does not show person " + person.id.text());
        continue;
      }
      same(person.id, "current_year", found->current_year, person.current_year);
      same(person.id, "carryover", found->carryover, person.carryover);
      if (holds_today(copy.until))
        same(person.id, "family", found->family, family_available(state, person, context_));
    }
  }

  void compare_person(const Person& person,
                      const Result<std::optional<HotPersonFound>, StoreError>& answer) {
    ++result_.persons;
    if (!answer || !*answer) return problem("lacks the entry of person " + person.id.text());
    const HotPersonFound& copy = answer->value();
    same(person.id, "household", copy.household, image_->state.id);
    same(person.id, "current_year of his entry", copy.current_year, person.current_year);
    same(person.id, "carryover of his entry", copy.carryover, person.carryover);
    same(person.id, "card", copy.details.card, person.card);
    same(person.id, "psn_insu_stas", copy.details.status, person.status);
    same(person.id, "account_state", copy.details.account_state, person.account_state);
    if (holds_today(copy.details.until)) same(person.id, "role", copy.details.role, role(person));
  }

  [[nodiscard]] std::string role(const Person& person) const {
    if (is_organiser(image_->state, person.id, context_)) return "ORGANISER";
    return funds_of(image_->state, person.id).empty() ? "" : "MEMBER";
  }

  HotComparison& result_;
  const Context& context_;
  const HouseholdImage* image_ = nullptr;
  std::string name_;
};

void ask(HotBalances& hot, Question& question) {
  const Household& state = question.image->state;
  hot.find_household(state.id, question.household.then());
  for (const Person& person : state.persons)
    hot.find_person(person.id, {}, question.persons.emplace_back().then());
}

}  // namespace

HotComparison compare_hot_balances(const JournalStore& journal, const ProfileBook& profiles,
                                   HotBalances& hot, Instant now) {
  HotComparison result;
  const Images images = fold_all(journal, result.problems);
  const Context context{now, profiles, nullptr};
  Comparer comparer{result, context};
  std::deque<Question> asked;
  const auto compare_first = [&] {
    comparer.compare(asked.front());
    asked.pop_front();
  };
  for (const auto& [id, image] : images) {
    ask(hot, asked.emplace_back(Question{&image, {}, {}}));
    if (asked.size() >= kAskedAtOnce) compare_first();
  }
  while (!asked.empty()) compare_first();
  return result;
}

std::string comparison_text(const HotComparison& comparison) {
  const auto number = [](std::uint64_t n) { return loadtest::with_thousands(n); };
  std::string text = "hot balances: " + number(comparison.households) + " households and " +
                     number(comparison.persons) + " persons compared";
  if (comparison.newer > 0) text += ", " + number(comparison.newer) + " newer than this journal";
  if (comparison.problems.count == 0) return text + "; every field agrees.\n";
  text += "; " + number(comparison.problems.count) + " problems, the first:\n";
  for (const std::string& problem : comparison.problems.first) text += "  " + problem + "\n";
  return text;
}

}  // namespace gongji::ctl
