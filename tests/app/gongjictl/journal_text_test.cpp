#include "app/gongjictl/journal_text.hpp"

#include <gtest/gtest.h>

#include <set>

#include "app/gongjictl/event_view.hpp"
#include "tests/app/gongjictl/support/journal_builder.hpp"

namespace gongji::ctl {
namespace {

RecordPtr record_of(const JournalBuilder& story, std::uint64_t sequence) {
  return *story.journal().read(Sequence{sequence});
}

TEST(RecordLine, says_what_happened) {
  const JournalBuilder story = family_story();
  const auto line = [&](std::uint64_t sequence) {
    return record_line(*record_of(story, sequence));
  };
  EXPECT_NE(line(1).find("enrolled A with 1000.00"), std::string::npos) << line(1);
  EXPECT_NE(line(3).find("B left for household 1 with 0.00"), std::string::npos) << line(3);
  EXPECT_NE(line(7).find("C of household 3 arrived with 60.00"), std::string::npos) << line(7);
  EXPECT_NE(line(8).find("bound B (CHILD) to A"), std::string::npos) << line(8);
  EXPECT_NE(line(11).find("settled 80.00 = own 60.00 + family 0.00 + cash 20.00"),
            std::string::npos)
      << line(11);
  EXPECT_NE(line(10).find("cancelled record 9, returned 100.00"), std::string::npos) << line(10);
  EXPECT_NE(line(12).find("refused E_NOT_OWN_CARD"), std::string::npos) << line(12);
  EXPECT_NE(line(13).find("no household"), std::string::npos) << line(13);
  EXPECT_NE(line(13).find("nothing moved"), std::string::npos) << line(13);
}

TEST(RecordLine, tells_a_clerk_what_happened_to_accounts_and_contributions) {
  const JournalBuilder story = year_story();
  const std::pair<std::uint64_t, const char*> expected[] = {
      {kCredit, "credited A with 50.00 of current-year money (MONTHLY)"},
      {kPremiumB, "paid 400.00 from A's account: RESIDENT_PREMIUM 2027 for B"},
      {kDebit, "debited A by 20.00 of carry-over (CORE_USE)"},
      {kProductA,
       "paid 129.00 from A's account: COMMERCIAL HUHUIBAO 2027 for A, own purchase, waits for the "
       "insurer"},
      {kInsurerNo, "the insurer refused order"},
      {kSettleA,
       "settled 10.00 = own 10.00 + family 0.00 + cash 0.00, current-year money before it "
       "40.00"},
      {kRoll, "rolled year 2027 of A: 310.00 became carry-over, interest 1.00"},
      {kRefundB, "cancelled record 7, returned 100.00; settled 60.00"},
      {kInsurerYes, "the insurer took order"},
      {kReview, "record 15 of B is under review (seen twice)"},
      {kSplitB, "B left for household 3 with 0.00"},
      {kClose, "closed the account of A (TRANSFER), 742.00 left it; disbanded network of A"},
      {kUndoB, "undid record 15, returned 0.00, 60.00 waits for its owner"}};
  for (const auto& [sequence, words] : expected) {
    const std::string line = record_line(*record_of(story, sequence));
    EXPECT_NE(line.find(words), std::string::npos) << line;
  }
  const JournalBuilder tax = tax_story();
  EXPECT_NE(record_line(*record_of(tax, 6)).find("waits for the tax side"), std::string::npos);
  EXPECT_NE(record_line(*record_of(tax, 7)).find("the tax side cleared order"), std::string::npos);
}

TEST(RecordLine, says_what_amount_would_have_passed) {
  JournalBuilder story = year_story();
  const Sequence refused =
      story.add(1, DebitCommand{}, Refusal{Reason::kField, "amount", {}, {}, Fen{12'00}});
  const RecordPtr record = record_of(story, refused.number());
  EXPECT_NE(record_line(*record).find("refused E_FIELD amount (12.00 would have passed)"),
            std::string::npos)
      << record_line(*record);
  EXPECT_EQ(record_json(*record).at("refused").at("limit"), "12.00");
}

TEST(RecordJson, has_message_events_and_balances) {
  const JournalBuilder story = family_story();
  const boost::json::value json =
      boost::json::parse(boost::json::serialize(record_json(*record_of(story, 14))));
  EXPECT_EQ(json.at("seq").to_number<int>(), 14);
  EXPECT_EQ(json.at("msgid"), "m14");
  EXPECT_EQ(json.at("events").at(0).at("type"), "settled");
  EXPECT_EQ(json.at("events").at(0).at("family").at(0).at("psn_no"), "A");
  EXPECT_EQ(json.at("balances").at(1).at("carryover"), "970.00");
  const boost::json::value refused = record_json(*record_of(story, 12));
  EXPECT_EQ(refused.at("refused").at("code"), "E_NOT_OWN_CARD");
}

TEST(RecordJson, names_every_kind_of_event) {
  std::set<std::string> types;
  const auto collect = [&](const JournalBuilder& story) {
    const std::uint64_t end = story.journal().head().durable.number();
    for (std::uint64_t sequence = 1; sequence <= end; ++sequence) {
      const RecordPtr record = record_of(story, sequence);
      EXPECT_FALSE(boost::json::serialize(record_json(*record)).empty());
      if (const auto* events = std::get_if<Events>(&record->outcome))
        for (const Event& event : *events)
          types.insert(event_json(event).at("type").as_string().c_str());
    }
  };
  collect(family_story());
  collect(year_story());
  collect(tax_story());
  for (const char* type : {"settled",
                           "cancelled",
                           "undone",
                           "enrolled",
                           "network_formed",
                           "modes_confirmed",
                           "member_bound",
                           "member_unbound",
                           "network_disbanded",
                           "household_departed",
                           "contents_arrived",
                           "credited",
                           "debited",
                           "year_rolled",
                           "transferred_out",
                           "contribution_ordered",
                           "contribution_answered",
                           "contribution_insured",
                           "contribution_reversed",
                           "review_marked"})
    EXPECT_TRUE(types.contains(type)) << type;
}

TEST(Concerns, finds_a_person_as_patient_payer_member_and_inhabitant) {
  const JournalBuilder story = family_story();
  const auto records_of = [&](const char* person) {
    std::vector<std::uint64_t> found;
    for (std::uint64_t sequence = 1; sequence <= 14; ++sequence)
      if (concerns(*record_of(story, sequence), PersonId{person})) found.push_back(sequence);
    return found;
  };
  EXPECT_EQ(records_of("A"), (std::vector<std::uint64_t>{1, 8, 9, 10, 14}));
  EXPECT_EQ(records_of("B"), (std::vector<std::uint64_t>{2, 3, 4, 8, 9, 10, 12, 14}));
  EXPECT_EQ(records_of("C"), (std::vector<std::uint64_t>{5, 6, 7, 8, 11}));
  EXPECT_TRUE(records_of("X").empty());
}

}  // namespace
}  // namespace gongji::ctl
