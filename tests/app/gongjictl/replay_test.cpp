#include "app/gongjictl/replay.hpp"

#include <gtest/gtest.h>

#include "app/gongjictl/replay_text.hpp"
#include "tests/app/gongjictl/support/journal_builder.hpp"

namespace gongji::ctl {
namespace {

struct Seen {
  std::vector<std::uint64_t> sequences;
  std::vector<std::uint64_t> different;
  std::string text;
};

ReplayQuestion question() {
  ReplayQuestion asked;
  asked.policies = JournalBuilder::policies();
  return asked;
}

ReplayResult replay(const JournalStore& journal, const ReplayQuestion& asked,
                    Seen* seen = nullptr) {
  const ReplayHooks hooks{[&](const Replayed& replayed) {
                            if (seen == nullptr) return;
                            const std::uint64_t at = replayed.record.sequence.number();
                            seen->sequences.push_back(at);
                            if (!replayed.same) seen->different.push_back(at);
                            seen->text += replayed_text(replayed, asked.proposed.has_value());
                          },
                          {}};
  return replay_journal(journal, asked, hooks);
}

Profile changed(const char* id, const std::function<void(Profile&)>& change) {
  Profile profile = *JournalBuilder::policies().by_id(id);
  profile.id += "-proposed";
  profile.hash = "new";
  change(profile);
  return profile;
}

TEST(Replay, comes_out_as_recorded_for_every_kind_of_decision) {
  for (const auto story : {year_story, tax_story}) {
    const JournalBuilder told = story();
    Seen seen;
    const ReplayResult result = replay(told.journal(), question(), &seen);
    EXPECT_TRUE(result.proves()) << result.damage << seen.text;
    EXPECT_EQ(result.decisions, told.journal().head().durable.number());
  }
}

TEST(Replay, ends_at_the_sequence_asked_for) {
  const JournalBuilder story = year_story();
  ReplayQuestion asked = question();
  asked.to = Sequence{kSettleB};
  asked.person = PersonId{"A"};
  const ReplayResult result = replay(story.journal(), asked);
  EXPECT_EQ(result.last, Sequence{kSettleB});
  ASSERT_TRUE(result.home.has_value());
  EXPECT_EQ(result.home->find(PersonId{"A"})->carryover, Fen{900'00});
  const std::string text = household_text(*result.home, *asked.person, result.last);
  EXPECT_NE(text.find("Household 1 after record 7"), std::string::npos) << text;
  EXPECT_NE(text.find("900.00"), std::string::npos) << text;
}

TEST(Replay, follows_a_person_from_household_to_household) {
  const JournalBuilder story = year_story();
  ReplayQuestion asked = question();
  asked.person = PersonId{"B"};
  Seen seen;
  const ReplayResult result = replay(story.journal(), asked, &seen);
  EXPECT_TRUE(result.proves()) << seen.text;
  // Not A's enrolment before B came, nor the closing of A's account while B lived elsewhere.
  std::vector<std::uint64_t> expected;
  for (std::uint64_t at = kEnrolB; at <= kYearStoryEnd; ++at)
    if (at != kClose) expected.push_back(at);
  EXPECT_EQ(seen.sequences, expected);
  EXPECT_NE(seen.text.find("[SH-2025]  as recorded"), std::string::npos) << seen.text;
}

TEST(Replay, says_that_the_person_is_between_two_households) {
  const JournalBuilder story = year_story();
  ReplayQuestion asked = question();
  asked.person = PersonId{"B"};
  asked.to = Sequence{kSplitB};
  const ReplayResult result = replay(story.journal(), asked);
  ASSERT_TRUE(result.home.has_value());
  EXPECT_EQ(household_text(*result.home, *asked.person, result.last),
            "\nAfter record 20 B is on the way from household 1 to another one.\n");
}

TEST(Replay, knows_nothing_of_a_stranger) {
  const JournalBuilder story = year_story();
  ReplayQuestion asked = question();
  asked.person = PersonId{"X"};
  const ReplayResult result = replay(story.journal(), asked);
  EXPECT_EQ(result.decisions, 0u);
  EXPECT_FALSE(result.home.has_value());
}

// What is done to which record, so that it is not what the rules decided any more.
struct Fault {
  const char* name;
  std::uint64_t at;
  std::function<void(JournalRecord&)> tamper;
};

std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.name; }

class ReplayFault : public testing::TestWithParam<Fault> {};

TEST_P(ReplayFault, is_found) {
  const JournalBuilder story = year_story();
  const TamperedJournal tampered{story.journal(), [](JournalRecord& record) {
                                   if (record.sequence.number() == GetParam().at)
                                     GetParam().tamper(record);
                                   return true;
                                 }};
  Seen seen;
  const ReplayResult result = replay(tampered, question(), &seen);
  EXPECT_FALSE(result.proves());
  EXPECT_TRUE(result.different > 0 || !result.damage.empty());
  if (!seen.different.empty()) {
    EXPECT_EQ(seen.different.front(), GetParam().at);
    EXPECT_NE(seen.text.find("COMES OUT DIFFERENTLY"), std::string::npos);
  }
}

std::vector<Fault> faults() {
  return {
      {"a_refusal_that_was_no_rule", kCredit,
       [](JournalRecord& r) {
         r.outcome = Refusal{Reason::kField, "amount", {}, {}};
         r.balances.clear();
       }},
      {"a_flag_that_was_turned", kSettleB,
       [](JournalRecord& r) { event_in<Settled>(r).counts_relief = true; }},
      {"a_bill_that_was_larger", kSettleB,
       [](JournalRecord& r) { std::get<SettleCommand>(r.command).parts.medfee_sum += Fen{1}; }},
      {"a_time_before_the_closing_day", kRoll,
       [](JournalRecord& r) { r.at -= std::chrono::hours{24 * 30}; }},
      {"another_interest", kRoll,
       [](JournalRecord& r) { std::get<RollYearCommand>(r.command).interest += Fen{1}; }},
      {"a_relation_that_was_not_declared", kForm,
       [](JournalRecord& r) { event_in<MemberBound>(r).link.relation = Relation::kSpouse; }},
      {"a_reversal_of_another_settlement", kUndoB,
       [](JournalRecord& r) { std::get<ReverseCommand>(r.command).original = Sequence{kSettleB}; }},
      {"money_to_somebody_else", kDebit,
       [](JournalRecord& r) { event_in<AccountDebited>(r).person = PersonId{"X"}; }},
  };
}

INSTANTIATE_TEST_SUITE_P(Faults, ReplayFault, testing::ValuesIn(faults()),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST(Replay, names_a_profile_whose_text_is_not_the_one_that_decided) {
  const JournalBuilder story = year_story();
  const TamperedJournal other{story.journal(), [](JournalRecord& record) {
                                if (record.profile.id == "SH-2025") record.profile.hash = "before";
                                return true;
                              }};
  Seen seen;
  const ReplayResult result = replay(other, question(), &seen);
  EXPECT_FALSE(result.proves());
  EXPECT_EQ(result.different, 0u);
  ASSERT_EQ(result.misses.size(), 1u);
  EXPECT_EQ(result.misses[0].journaled, (ProfileRef{"SH-2025", "before"}));
  EXPECT_NE(replay_summary(result, false).find("SH-2025 with hash before"), std::string::npos);
  EXPECT_NE(replay_summary(result, false).find("cannot be exact"), std::string::npos);
  EXPECT_NE(seen.text.find("by another text of the profile"), std::string::npos);
}

// A region gets its first profile while the gateway runs: what was decided before stays explained.
TEST(Replay, leaves_out_a_profile_that_was_added_later) {
  JournalBuilder story;
  Person person;
  person.id = PersonId{"P"};
  person.card.scheme = Scheme::kEmployee;
  person.card.area = "990101";
  person.carryover = Fen{100'00};
  story.decide(1, EnrolCommand{person});
  story.decide(1, CreditCommand{person.id, Bucket::kCarryover, Fen{1}, "MONTHLY"});
  ReplayQuestion asked = question();
  std::vector<Profile> profiles = asked.policies.all();
  Profile added;
  added.id = "NEW-2027";
  added.family = "NEW";
  added.area = "99";
  added.has_year_roll = true;
  profiles.push_back(added);
  asked.policies = ProfileBook{profiles};
  const ReplayResult result = replay(story.journal(), asked);
  EXPECT_TRUE(result.proves()) << replay_summary(result, false);
}

TEST(Replay, judges_a_refused_binding_with_the_household_of_the_other_one) {
  JournalBuilder story = year_story();
  Person c;
  c.id = PersonId{"C"};
  c.card.scheme = Scheme::kEmployee;
  c.card.area = "310101";
  c.carryover = Fen{5'00};
  Person d = c;
  d.id = PersonId{"D"};
  d.card.scheme = Scheme::kResident;
  story.decide(5, EnrolCommand{c});
  story.decide(6, EnrolCommand{d});
  const NewMember member{d.id, Relation::kOther, {}, {}};
  const Sequence refused =
      story.refuse_together(5, {6}, FormNetworkCommand{c.id, "SH", {Mode::kPay}, {member}});
  ReplayQuestion asked = question();
  asked.person = c.id;
  Seen seen;
  const ReplayResult result = replay(story.journal(), asked, &seen);
  EXPECT_TRUE(result.proves()) << seen.text;
  EXPECT_EQ(seen.sequences.back(), refused.number());
  EXPECT_NE(seen.text.find("refused E_REL_NOT_ALLOWED"), std::string::npos) << seen.text;
  EXPECT_NE(seen.text.find("looking at several households"), std::string::npos) << seen.text;
}

// GX-14: that the bill was settled anew is known from its keys, not from the household.
TEST(Replay, takes_what_other_messages_answered_as_recorded) {
  JournalBuilder story = year_story();
  story.add(1, ReapplyCommand{PersonId{"A"}, Sequence{kSettleA}, Sequence{kCancelA}},
            Refusal{Reason::kPossibleDuplicate, "", {}, {}});
  const ReplayResult result = replay(story.journal(), question());
  EXPECT_TRUE(result.proves());
  EXPECT_EQ(result.by_keys, 1u);
  EXPECT_NE(replay_summary(result, false).find("1 of them were answered from other messages"),
            std::string::npos);
}

// SH-44: two relatives buy the same product; the one who paid may be on the way between households.
TEST(Replay, knows_who_paid_wherever_he_is) {
  JournalBuilder story = year_story();
  Person c;
  c.id = PersonId{"C"};
  c.card.scheme = Scheme::kEmployee;
  c.card.area = "310101";
  c.carryover = Fen{500'00};
  story.decide(5, EnrolCommand{c});
  const auto refused = [&] {
    story.add(5, ContributeCommand{PersonId{"A"}, c.id, "COMMERCIAL", "HUHUIBAO", 2027},
              Refusal{Reason::kAlreadyPaid, "", {}, {}});
  };
  refused();
  story.depart(1, 7, {PersonId{"A"}});
  refused();
  story.arrive(1, 7);
  refused();
  Seen seen;
  const ReplayResult result = replay(story.journal(), question(), &seen);
  EXPECT_TRUE(result.proves()) << result.damage << seen.text;
  EXPECT_EQ(result.by_keys, 3u);
}

// A business fact told again under another message id was answered with the first one's record.
TEST(Replay, takes_a_repeat_as_recorded) {
  JournalBuilder story = year_story();
  SettleCommand again;
  again.patient = PersonId{"A"};
  const Sequence repeat = story.add(0, again, Events{});
  const TamperedJournal journal{story.journal(), [repeat](JournalRecord& record) {
                                  if (record.sequence == repeat)
                                    record.previous = Sequence{kSettleA};
                                  return true;
                                }};
  const ReplayResult result = replay(journal, question());
  EXPECT_TRUE(result.proves()) << replay_summary(result, false);
  EXPECT_EQ(result.by_keys, 1u);
}

TEST(Replay, stops_where_the_journal_contradicts_itself) {
  const JournalBuilder story = year_story();
  const TamperedJournal torn{story.journal(), [](JournalRecord& record) {
                               if (record.sequence.number() == kDebit)
                                 record.previous = Sequence{2};
                               return true;
                             }};
  const ReplayResult result = replay(torn, question());
  EXPECT_FALSE(result.proves());
  EXPECT_NE(result.damage.find("contradicts itself"), std::string::npos) << result.damage;
  EXPECT_EQ(result.last, Sequence{kDebit - 1});
}

TEST(ProposedProfile, changes_nothing_when_it_is_the_same) {
  const JournalBuilder story = year_story();
  ReplayQuestion asked = question();
  asked.proposed = changed("SH-2025", [](Profile&) {});
  const ReplayResult result = replay(story.journal(), asked);
  EXPECT_EQ(result.different, 0u);
  EXPECT_EQ(result.family_was, Fen{560'00});  // 100.00 + 60.00 for bills, 400.00 for a premium
  EXPECT_EQ(result.family_would_be, Fen{560'00});
}

TEST(ProposedProfile, lists_what_would_be_different_and_the_money_it_moves) {
  const JournalBuilder story = year_story();
  ReplayQuestion asked = question();
  asked.proposed = changed("SH-2025", [](Profile& profile) {
    profile.floor = Fen{950'00};
    profile.valid.from = parse_date("2030-01-01");  // it decides all the same
  });
  Seen seen;
  const ReplayResult result = replay(story.journal(), asked, &seen);
  EXPECT_EQ(seen.different, (std::vector<std::uint64_t>{kSettleB, kPremiumB, kRefundB}));
  // 50.00 of the 1000.00 above the floor; nothing for the premium; at the refund 831.00 + 100.00
  // is below it.
  EXPECT_EQ(result.family_was, Fen{560'00});
  EXPECT_EQ(result.family_would_be, Fen{50'00});
  EXPECT_EQ((result.changes.at({"settled", "settled"}).family_would_be), Fen{50'00});
  EXPECT_EQ((result.changes.at({"settled", "E_FLOOR"}).decisions), 1u);
  EXPECT_EQ((result.changes.at({"contribution_ordered", "E_INSUFFICIENT_PREMIUM"}).family_was),
            Fen{400'00});
  EXPECT_NE(seen.text.find("would be: settled 100.00 = own 0.00 + family 50.00 + cash 50.00"),
            std::string::npos)
      << seen.text;
  const std::string summary = replay_summary(result, true);
  EXPECT_NE(summary.find("3 would come out differently"), std::string::npos) << summary;
  EXPECT_NE(summary.find("560.00 was paid, 50.00 would be, difference -510.00"), std::string::npos)
      << summary;
}

TEST(ProposedProfile, leaves_other_families_alone) {
  const JournalBuilder story = tax_story();
  ReplayQuestion asked = question();
  asked.proposed = changed("SH-2025", [](Profile& profile) { profile.floor = Fen{950'00}; });
  EXPECT_EQ(replay(story.journal(), asked).different, 0u);
  asked.proposed = changed("SX-2025", [](Profile& profile) { profile.floor = Fen{1700'00}; });
  const ReplayResult result = replay(story.journal(), asked);
  EXPECT_EQ(result.family_was - result.family_would_be, Fen{400'00});
}

// The terminal would have been quoted by the proposed profile too.
TEST(ProposedProfile, does_not_call_a_quote_stale_because_the_old_rules_made_it) {
  JournalBuilder story = year_story();
  SettleCommand quoted =
      std::get<SettleCommand>((*story.journal().read(Sequence{kSettleB}))->command);
  quoted.quoted = Split{Fen{1}, Fen{1}, Fen{1}};
  const Sequence stale = story.decide(1, quoted);
  ASSERT_EQ((*story.journal().read(stale))->refusal()->reason, Reason::kQuoteStale);
  ReplayQuestion asked = question();
  asked.proposed = changed("SH-2025", [](Profile&) {});
  EXPECT_EQ(replay(story.journal(), asked).different, 0u);
}

TEST(OutcomeWord, is_the_reason_or_the_last_event) {
  EXPECT_EQ(outcome_word(Events{}), "nothing");
  EXPECT_EQ(outcome_word(Refusal{Reason::kQuota, "", {}, {}}), "E_QUOTA");
  Settled settled;
  EXPECT_EQ(outcome_word(Events{settled}), "settled");
  settled.zero_reason = Reason::kFloor;
  EXPECT_EQ(outcome_word(Events{settled}), "E_FLOOR");
}

}  // namespace
}  // namespace gongji::ctl
