// The steps of a story that the core system and the agency take. Part of story.hpp.
#include "tests/domain/support/story.hpp"
#include "tests/domain/support/story_people.hpp"

namespace gongji::test {
namespace {

Bucket read_bucket(Words& words) {
  if (words.take("current")) return Bucket::kCurrentYear;
  if (words.take("carryover")) return Bucket::kCarryover;
  throw BadStep{"current or carryover expected, not " + words.peek()};
}

int read_year(Words& words) {
  const std::string text = words.word("a year");
  if (text.size() != 4 || text.find_first_not_of("0123456789") != std::string::npos)
    throw BadStep{"a year expected, not " + text};
  return std::stoi(text);
}

// Says everything anew, the changed and the unchanged.
PersonPatch everything_of(const Person& person) {
  PersonPatch patch;
  patch.status = person.status;
  patch.area = person.card.area;
  patch.duplicate_insurance = person.duplicate_insurance;
  patch.main_account = person.main_account;
  patch.duplicate_attempts_exceeded = person.duplicate_attempts_exceeded;
  patch.account_state = person.account_state;
  patch.special_group = person.special_group;
  return patch;
}

}  // namespace

StoryAnswer Story::credit(Words& words) {
  const PersonId id{words.word("a name")};
  const Bucket bucket = read_bucket(words);
  return done_answer(run(CreditCommand{id, bucket, words.amount(), "MONTHLY"}));
}

StoryAnswer Story::debit(Words& words) {
  const PersonId id{words.word("a name")};
  const Bucket bucket = read_bucket(words);
  return done_answer(run(DebitCommand{id, bucket, words.amount(), "CORE_USE"}));
}

StoryAnswer Story::roll(Words& words) {
  RollYearCommand command{PersonId{words.word("a name")}, read_year(words), Fen{}};
  if (words.take("interest")) command.interest = words.amount();
  return done_answer(run(command));
}

StoryAnswer Story::set_account_state(Words& words, AccountState state) {
  ChangePersonCommand command{PersonId{words.word("a name")}, {}};
  command.patch.account_state = state;
  return done_answer(run(command));
}
StoryAnswer Story::freeze(Words& words) { return set_account_state(words, AccountState::kFrozen); }
StoryAnswer Story::unfreeze(Words& words) {
  return set_account_state(words, AccountState::kUsable);
}
StoryAnswer Story::close(Words& words) { return set_account_state(words, AccountState::kClosed); }

StoryAnswer Story::move(Words& words) {
  ChangePersonCommand command{PersonId{words.word("a name")}, {}};
  command.patch.area = words.word("an area");
  return done_answer(run(command));
}

StoryAnswer Story::report(Words& words) {
  Person person = books_.person(PersonId{words.word("a name")});
  read_person_details(words, person);
  return done_answer(run(ChangePersonCommand{person.id, everything_of(person)}));
}

StoryAnswer Story::transfer_out(Words& words) {
  TransferOutCommand command{PersonId{words.word("a name")}, "TRANSFER"};
  if (words.take("INHERITANCE")) command.reason = "INHERITANCE";
  const JournalRecord& record = run(command);
  const auto* left = record.event<AccountTransferredOut>();
  if (left == nullptr) return done_answer(record);
  return {{"left", to_yuan_text(left->current_year + left->carryover)}, {}};
}

}  // namespace gongji::test
