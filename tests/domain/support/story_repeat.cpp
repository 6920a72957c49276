// The step `repeat LABEL`: the domain knows no message ids, so the story so far is told once more
// to the real directory, journal writer and store, and there the labelled bill is sent again with
// the same id. Part of story.hpp.
#include "tests/actors/actors_harness.hpp"
#include "tests/domain/support/story.hpp"
#include "tests/domain/support/story_bills.hpp"

namespace gongji::test {
namespace {

using actors::test::ActorsHarness;

Request request_of(const JournalRecord& record) {
  const std::string msgid = "story-" + std::to_string(record.sequence.number());
  Request request = actors::test::message("2102", msgid, msgid);
  request.origin.received_at = record.at;
  if (const auto* settle = std::get_if<SettleCommand>(&record.command)) {
    request.ask = *settle;
  } else {
    request.ask = AdminRequest{record.command};
  }
  return request;
}

// The two steps of a move are the directory's own business.
bool is_move(const Command& command) {
  return std::holds_alternative<DepartCommand>(command) ||
         std::holds_alternative<ArriveCommand>(command);
}

RecordPtr recorded(Reply reply, bool as_replay) {
  const auto* recorded = std::get_if<Recorded>(&reply);
  if (recorded == nullptr || recorded->replayed != as_replay || !recorded->record->applied())
    throw BadStep{as_replay ? "the repeated message was not answered with its first answer"
                            : "the directory decided otherwise than the story"};
  return recorded->record;
}

void expect_same_money(ActorsHarness& gateway, const Books& books) {
  for (const auto& [id, image] : books.households())
    for (const Person& person : image.state.persons) {
      const Person there = gateway.look_up(person.id.text()).person;
      if (there.carryover != person.carryover || there.current_year != person.current_year)
        throw BadStep{person.id.text() + " has " + to_yuan_text(there.carryover) +
                      " after the repetition, not " + to_yuan_text(person.carryover)};
    }
}

}  // namespace

StoryAnswer Story::repeat(Words& words) {
  const Bill& bill = bill_named(words);
  ActorsHarness gateway;
  RecordPtr first;
  for (const RecordPtr& record : books_.journal()) {
    if (is_move(record->command)) continue;
    const RecordPtr told = recorded(gateway.ask(request_of(*record)), false);
    if (record->sequence == bill.settled) first = told;
  }
  const RecordPtr again = recorded(gateway.ask(request_of(books_.record(bill.settled))), true);
  if (first == nullptr || again->sequence != first->sequence)
    throw BadStep{"the repetition made a record of its own"};
  expect_same_money(gateway, books_);
  const Settled& settled = *again->event<Settled>();
  return answer_of(settled, all_cash(bill.command.parts, settled.split()));
}

}  // namespace gongji::test
