// Tells a story in the language of the rule tables, one step a line, against the real decide and
// evolve (support/books.hpp), with an auditor beside it. Steps that change something; without an
// expectation they must succeed:
//
//   Shanghai [DATE TIME] | Shanxi | Beijing   where it happens; 2026-03-02 10:00 unless said
//   on DATE [TIME]                             the clock, UTC+8
//   rule KEY VALUE                             a switch of the region's profile (story_rules.cpp)
//   person NAME employee|resident|help …       enrolled; details: story_people.cpp
//   change NAME …                              the core system sends new details
//   form ORGANISER [modes PAY PREMIUM] [with MEMBER RELATION [quota A] [from D] [to D]]…
//   bind ORGANISER MEMBER RELATION [quota A] [from D] [to D]   the civil year where a window must
//   be modes ORGANISER PAY PREMIUM | unbind ORGANISER MEMBER | leave MEMBER ORGANISER disband
//   ORGANISER bill NAME AMOUNT [as LABEL] …              settled; details: story_bills.cpp quote
//   NAME AMOUNT [as LABEL] …             then `settle LABEL`, after a stale one `confirm LABEL`
//   repeat LABEL                               the same message again, after a time-out
//   cancel LABEL | undo LABEL | restore LABEL  2103, 2601, 2601 of the cancel
//
// Expected answers: own / family / cash [E_REASON], `stale own / family / cash`, `back own / family
// / cash`, `nothing`, or the E_CODE of a refusal. A label is the patient's name unless given.
// Steps that look: carryover, current, account (both) NAME AMOUNT · quota MEMBER AMOUNT left ·
// available MEMBER AMOUNT · network ORGANISER active|unconfirmed|gone · member NAME
// ORGANISER|nobody
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/domain/support/auditor.hpp"
#include "tests/domain/support/books.hpp"
#include "tests/domain/support/story_answer.hpp"
#include "tests/domain/support/story_reader.hpp"

namespace gongji::test {

class Story {
 public:
  Story();
  Story(const Story&) = delete;
  Story& operator=(const Story&) = delete;

  // Everything that went otherwise than told, one sentence each; none when the story is true.
  std::vector<std::string> tell(const std::vector<Step>& steps);

 private:
  struct Bill {
    SettleCommand command;
    Sequence settled;  // none until it is posted
    Sequence cancelled;
  };
  using Verb = StoryAnswer (Story::*)(Words& words);
  static const std::map<std::string, Verb>& verbs();

  StoryAnswer run_step(const Step& step);
  StoryAnswer set_region(Words& words);
  StoryAnswer set_clock(Words& words);
  StoryAnswer set_rule(Words& words);
  StoryAnswer add_person(Words& words);
  StoryAnswer change_person(Words& words);
  StoryAnswer form(Words& words);
  StoryAnswer bind(Words& words);
  StoryAnswer confirm_modes(Words& words);
  StoryAnswer unbind(Words& words);
  StoryAnswer leave(Words& words);
  StoryAnswer disband(Words& words);
  StoryAnswer pay(Words& words);
  StoryAnswer quote(Words& words);
  StoryAnswer settle_quoted(Words& words);
  StoryAnswer confirm_stale(Words& words);
  StoryAnswer repeat(Words& words);
  StoryAnswer cancel(Words& words);
  StoryAnswer undo(Words& words);
  StoryAnswer restore(Words& words);
  StoryAnswer see_balance(Words& words, Fen (*part)(const Person&));
  StoryAnswer see_carryover(Words& words);
  StoryAnswer see_current(Words& words);
  StoryAnswer see_account(Words& words);
  StoryAnswer see_quota(Words& words);
  StoryAnswer see_available(Words& words);
  StoryAnswer see_network(Words& words);
  StoryAnswer see_member(Words& words);

  [[nodiscard]] NewMember member_of(Words& words) const;
  StoryAnswer settle(Bill& bill);
  StoryAnswer reverse(Bill& bill, ReversalKind kind);
  Bill& bill_named(Words& words);
  const JournalRecord& run(const Command& command) { return books_.run(command, clock_); }

  ProfileBook profiles_;
  Books books_;
  Auditor auditor_;
  std::string family_ = "SH";
  std::string area_ = "310101";
  Instant clock_;
  std::map<std::string, Bill> bills_;
};

// Fails the running test with everything that went otherwise than told.
void expect_story(std::string_view text);

}  // namespace gongji::test
