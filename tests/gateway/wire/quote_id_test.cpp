#include "gateway/wire/quote_id.hpp"

#include <gtest/gtest.h>

#include "tests/gateway/wire/wire_bench.hpp"

namespace gongji::gateway::wire {
namespace {

const InstitutionCode kInstitution{"P44010600123"};
const PersonId kPerson{"4401"};
const QuoteBinding kBinding{kInstitution, kPerson, Fen{8650}};
const Split kSplit{Fen{2000}, Fen{4650}, Fen{2000}};

TEST(QuoteId, GivesTheSplitBackToItsOwnSale) {
  const std::string id = make_quote_id(testing::test_quote_key(), kBinding, kSplit);
  EXPECT_EQ(id.substr(0, 17), "Q1.2000.4650.2000");
  EXPECT_EQ(read_quote_id(testing::test_quote_key(), kBinding, id), kSplit);
  EXPECT_EQ(make_quote_id(testing::test_quote_key(), kBinding, kSplit), id);
}

TEST(QuoteId, IsWorthlessForAnythingElse) {
  const std::string id = make_quote_id(testing::test_quote_key(), kBinding, kSplit);
  const InstitutionCode other_institution{"P44010600124"};
  const PersonId other_person{"4402"};
  const QuoteKey other_key{};
  EXPECT_FALSE(
      read_quote_id(testing::test_quote_key(), {other_institution, kPerson, Fen{8650}}, id));
  EXPECT_FALSE(
      read_quote_id(testing::test_quote_key(), {kInstitution, other_person, Fen{8650}}, id));
  EXPECT_FALSE(read_quote_id(testing::test_quote_key(), {kInstitution, kPerson, Fen{8651}}, id));
  EXPECT_FALSE(read_quote_id(other_key, kBinding, id));
}

TEST(QuoteId, EveryChangedCharacterBreaksIt) {
  const std::string id = make_quote_id(testing::test_quote_key(), kBinding, kSplit);
  for (std::size_t at = 0; at < id.size(); ++at) {
    std::string changed = id;
    changed[at] = changed[at] == '1' ? '2' : '1';
    EXPECT_FALSE(read_quote_id(testing::test_quote_key(), kBinding, changed)) << changed;
    EXPECT_FALSE(read_quote_id(testing::test_quote_key(), kBinding, id.substr(0, at)));
  }
  for (const char* text : {"", "Q1", "Q1.", "Q1.1.2", "Q1.1.2.3", "Q1.1.2.3.", "Q1.-1.2.3.00",
                           "Q1.99999999999999999999.0.0.00", "Q2.2000.4650.2000.00"})
    EXPECT_FALSE(read_quote_id(testing::test_quote_key(), kBinding, text)) << text;
  EXPECT_FALSE(read_quote_id(testing::test_quote_key(), kBinding, id + "0"));
}

}  // namespace
}  // namespace gongji::gateway::wire
