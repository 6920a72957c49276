// Tells a story in the language of the rule tables, one step a line, against the real decide and
// evolve (support/books.hpp), with an auditor beside it. Steps that change something; without an
// expectation they must succeed:
//
//   Shanghai [DATE TIME] | Shanxi | Beijing …  where it happens; 2026-03-02 10:00 unless said
//   on DATE [TIME]                             the clock, UTC+8
//   rule KEY VALUE                             a switch of the region's profile (story_rules.cpp)
//   person NAME employee|resident|help …       enrolled; details: story_people.cpp
//   change NAME …                              the core system sends new details
//   form ORGANISER [modes PAY PREMIUM] [with MEMBER RELATION [quota A] [from D] [to D]]…
//   bind ORGANISER MEMBER RELATION [quota A] [from D] [to D] [for MODE…]
//                                              the civil year where a window must be; rebind alike
//   relation ORGANISER MEMBER RELATION         corrects what was declared
//   modes ORGANISER PAY PREMIUM | unbind ORGANISER MEMBER | leave MEMBER ORGANISER
//   disband ORGANISER
//   bill NAME AMOUNT [as LABEL] …              settled; details: story_bills.cpp
//   quote NAME AMOUNT [as LABEL] …             then `settle LABEL`, or `confirm LABEL` when stale
//   repeat LABEL                               the same message again, after a time-out
//   cancel LABEL | undo LABEL | restore LABEL  2103, 2601, 2601 of the cancel
//   refund LABEL AMOUNT                        GX-07: AMOUNT is what remains of the bill
//   review LABEL | lift LABEL                  supervision marks the settlement (SH-34)
//   credit|debit NAME current|carryover AMOUNT · roll NAME YEAR [interest A]
//   freeze NAME | unfreeze NAME | close NAME | move NAME AREA | report NAME DETAIL…
//   transfer-out NAME [INHERITANCE]
//   contribute NAME PURPOSE [PRODUCT] YEAR [by NAME] [as LABEL]   by: the acting person
//   tax LABEL confirms|refuses | insurer LABEL confirms|refuses   the other party's word
//
// Expected answers: own / family / cash [E_REASON], `stale own / family / cash`, `back own / family
// / cash`, `paid A`, `pending A`, `left A`, `nothing`, or the E_CODE of a refusal. A label is the
// person's name unless given.
// Steps that look: carryover, current, account (both) NAME AMOUNT · quota MEMBER AMOUNT left ·
// available MEMBER AMOUNT · network ORGANISER active|unconfirmed|gone · member NAME
// ORGANISER|nobody · order LABEL STATUS · suspense NAME AMOUNT · reviewed LABEL yes|no
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
  struct Order {
    PersonId payer;
    Sequence sequence;
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
  StoryAnswer rebind(Words& words);
  StoryAnswer correct_relation(Words& words);
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
  StoryAnswer refund(Words& words);
  StoryAnswer review(Words& words);
  StoryAnswer lift_review(Words& words);
  StoryAnswer credit(Words& words);
  StoryAnswer debit(Words& words);
  StoryAnswer roll(Words& words);
  StoryAnswer freeze(Words& words);
  StoryAnswer unfreeze(Words& words);
  StoryAnswer close(Words& words);
  StoryAnswer move(Words& words);
  StoryAnswer report(Words& words);
  StoryAnswer transfer_out(Words& words);
  StoryAnswer contribute(Words& words);
  StoryAnswer hear_tax(Words& words);
  StoryAnswer hear_insurer(Words& words);
  StoryAnswer see_balance(Words& words, Fen (*part)(const Person&));
  StoryAnswer see_carryover(Words& words);
  StoryAnswer see_current(Words& words);
  StoryAnswer see_account(Words& words);
  StoryAnswer see_quota(Words& words);
  StoryAnswer see_available(Words& words);
  StoryAnswer see_network(Words& words);
  StoryAnswer see_member(Words& words);
  StoryAnswer see_order(Words& words);
  StoryAnswer see_suspense(Words& words);
  StoryAnswer see_review(Words& words);

  [[nodiscard]] NewMember member_of(Words& words) const;
  StoryAnswer settle(Bill& bill);
  StoryAnswer reverse(Bill& bill, ReversalKind kind);
  StoryAnswer set_account_state(Words& words, AccountState state);
  StoryAnswer mark(Words& words, bool under_review);
  Bill& bill_named(Words& words);
  const Order& order_named(Words& words) const;
  const JournalRecord& run(const Command& command) { return books_.run(command, clock_); }

  ProfileBook profiles_;
  Books books_;
  Auditor auditor_;
  std::string family_ = "SH";
  std::string area_ = "310101";
  Instant clock_;
  std::map<std::string, Bill> bills_;
  std::map<std::string, Order> orders_;
};

// Fails the running test with everything that went otherwise than told.
void expect_story(std::string_view text);

}  // namespace gongji::test
