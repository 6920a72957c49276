#include "app/gongjictl/journal_text.hpp"

#include <gtest/gtest.h>

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
  EXPECT_NE(line(3).find("left for household 1 with 0.00"), std::string::npos) << line(3);
  EXPECT_NE(line(7).find("household 3 arrived with 60.00"), std::string::npos) << line(7);
  EXPECT_NE(line(8).find("bound B (CHILD) to A"), std::string::npos) << line(8);
  EXPECT_NE(line(11).find("settled 80.00 = own 60.00 + family 0.00 + cash 20.00"),
            std::string::npos)
      << line(11);
  EXPECT_NE(line(10).find("cancelled record 9, returned 100.00"), std::string::npos) << line(10);
  EXPECT_NE(line(12).find("refused E_NOT_OWN_CARD"), std::string::npos) << line(12);
  EXPECT_NE(line(13).find("no household"), std::string::npos) << line(13);
  EXPECT_NE(line(13).find("nothing moved"), std::string::npos) << line(13);
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

TEST(RecordJson, can_be_written_for_every_kind_of_event) {
  const JournalBuilder story = family_story();
  for (std::uint64_t sequence = 1; sequence <= 14; ++sequence)
    EXPECT_FALSE(boost::json::serialize(record_json(*record_of(story, sequence))).empty());
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
