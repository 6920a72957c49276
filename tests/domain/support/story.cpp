#include "tests/domain/support/story.hpp"

#include <gtest/gtest.h>

#include "domain/transactions/family_funds.hpp"
#include "tests/domain/support/profiles.hpp"
#include "tests/domain/support/story_people.hpp"
#include "tests/domain/support/story_rules.hpp"
#include "tests/domain/support/yuan.hpp"

namespace gongji::test {
namespace {

struct Region {
  std::string family;
  std::string area;
};

const std::map<std::string, Region> kRegions{
    {"Shanghai", {"SH", "310101"}}, {"Shanxi", {"SX", "140107"}},  {"Beijing", {"BJ", "110101"}},
    {"Shenzhen", {"SZ", "440303"}}, {"Jiangsu", {"JS", "320102"}}, {"Fujian", {"FJ", "350102"}}};

const StoryAnswer kOk{{"ok"}, {}};

}  // namespace

Story::Story()
    : profiles_(shipped_profiles()),
      books_(profiles_),
      auditor_(profiles_),
      clock_(civil("2026-03-02 10:00")) {
  books_.observe([this](const Household& before, const JournalRecord& record,
                        const Household& after) { auditor_.see(before, record, after); });
}

std::vector<std::string> Story::tell(const std::vector<Step>& steps) {
  std::vector<std::string> complaints;
  for (const Step& step : steps) {
    std::string complaint;
    try {
      complaint = run_step(step).differs_from(step.expected.empty() ? std::vector<std::string>{"ok"}
                                                                    : step.expected);
    } catch (const std::exception& error) {
      complaint = error.what();
    }
    if (!complaint.empty())
      complaints.push_back("line " + std::to_string(step.line) + ": " + step.text + "\n    " +
                           complaint);
    clock_ += std::chrono::milliseconds{1};
  }
  for (const Complaint& complaint : auditor_.complaints())
    complaints.push_back("the auditor: " + complaint.text);
  return complaints;
}

StoryAnswer Story::run_step(const Step& step) {
  Words words{step.words};
  if (kRegions.count(words.peek()) != 0) return set_region(words);
  const std::string name = words.word("a step");
  const auto found = verbs().find(name);
  if (found == verbs().end()) throw BadStep{"no such step: " + name};
  StoryAnswer answer = (this->*found->second)(words);
  words.end();
  return answer;
}

StoryAnswer Story::set_region(Words& words) {
  const Region& region = kRegions.at(words.word("a region"));
  family_ = region.family;
  area_ = region.area;
  return words.done() ? kOk : set_clock(words);
}

StoryAnswer Story::set_clock(Words& words) {
  std::string text = words.word("a date");
  if (!words.done()) text += " " + words.word("a time");
  clock_ = civil(text);
  return kOk;
}

StoryAnswer Story::set_rule(Words& words) {
  const Profile& current = profiles_.of_family(family_, civil_date(clock_));
  Profile changed = current;
  read_rule(words, changed);
  std::vector<Profile> all = profiles_.all();
  for (Profile& profile : all)
    if (profile.id == changed.id) profile = changed;
  profiles_ = ProfileBook{std::move(all)};
  return kOk;
}

StoryAnswer Story::see_balance(Words& words, Fen (*part)(const Person&)) {
  const PersonId id{words.word("a name")};
  return compare(to_yuan_text(words.amount()), to_yuan_text(part(books_.person(id))));
}
StoryAnswer Story::see_carryover(Words& words) {
  return see_balance(words, [](const Person& person) { return person.carryover; });
}
StoryAnswer Story::see_current(Words& words) {
  return see_balance(words, [](const Person& person) { return person.current_year; });
}
StoryAnswer Story::see_account(Words& words) {
  return see_balance(words, [](const Person& person) { return person.total(); });
}

StoryAnswer Story::see_quota(Words& words) {
  const PersonId id{words.word("a name")};
  const auto funds = funds_of(books_.home_of(id), id);
  if (funds.empty()) return {{"no link"}, {}};
  return compare(to_yuan_text(words.amount()), to_yuan_text(funds.front().link->quota_left));
}

StoryAnswer Story::see_available(Words& words) {
  const PersonId id{words.word("a name")};
  const Fen available =
      family_available(books_.home_of(id), books_.person(id), {clock_, profiles_, nullptr});
  return compare(to_yuan_text(words.amount()), to_yuan_text(available));
}

StoryAnswer Story::see_network(Words& words) {
  const PersonId id{words.word("a name")};
  const Network* network = books_.home_of(id).network_of(id);
  if (network == nullptr) return compare(words.word("a state"), "gone");
  return compare(words.word("a state"), network->modes_confirmed ? "active" : "unconfirmed");
}

StoryAnswer Story::see_member(Words& words) {
  const PersonId id{words.word("a name")};
  std::string organisers;
  for (const FundView& fund : funds_of(books_.home_of(id), id))
    organisers += (organisers.empty() ? "" : ",") + fund.network->organiser.text();
  return compare(words.word("an organiser"), organisers.empty() ? "nobody" : organisers);
}

void expect_story(std::string_view text) {
  Story story;
  for (const std::string& complaint : story.tell(read_steps(text))) ADD_FAILURE() << complaint;
}

}  // namespace gongji::test
