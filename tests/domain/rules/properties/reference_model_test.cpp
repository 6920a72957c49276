// The product's split against the reference model's, on random situations of three provinces.
#include "tests/domain/reference_model.hpp"

#include <gtest/gtest.h>

#include <map>

#include "domain/transactions/settle.hpp"
#include "tests/domain/rules/properties/situation.hpp"
#include "tests/domain/support/profiles.hpp"

namespace gongji::test {
namespace {

constexpr int kCases = 20'000;

using reference::Situation;
using reference::Verdict;

Verdict verdict_of(const Situation& situation, const ProfileBook& profiles) {
  const Staged staged = stage(situation);
  const auto settled = would_settle(staged.home, staged.bill, {staged.at, profiles, nullptr});
  Verdict verdict;
  verdict.from_fund.assign(situation.funds.size(), 0);
  if (!settled) {
    verdict.refused = true;
    verdict.reason = code(settled.error().reason);
    return verdict;
  }
  verdict.reason = code(settled->zero_reason);
  verdict.own = sum_of(settled->own).count();
  verdict.cash = settled->cash.count();
  for (std::size_t i = 0; i < situation.funds.size(); ++i)
    for (const Leg& leg : settled->family)
      if (leg.owner == organiser_of_fund(i)) verdict.from_fund[i] += leg.amount.count();
  return verdict;
}

std::string text_of(const Verdict& verdict) {
  std::string text = (verdict.refused ? "refused " : "") + verdict.reason + " own " +
                     std::to_string(verdict.own) + " funds";
  for (const reference::Amount amount : verdict.from_fund) text += " " + std::to_string(amount);
  return text + " cash " + std::to_string(verdict.cash);
}

// "" when both agree.
std::string compare(const Situation& situation, const ProfileBook& profiles) {
  Verdict expected = reference::judge(situation);
  Verdict actual = verdict_of(situation, profiles);
  if (expected.reason == "?") expected.reason = actual.reason;
  if (text_of(expected) == text_of(actual)) return "";
  return "reference: " + text_of(expected) + "\n  product: " + text_of(actual);
}

TEST(ReferenceModel, agrees_with_the_product) {
  expect_for_all_situations(kCases,
                            [](const Situation& s) { return compare(s, shipped_profiles()); });
}

TEST(ReferenceModel, the_situations_reach_every_reason) {
  std::map<std::string, int> reached;
  expect_for_all_situations(kCases / 2, [&](const Situation& s) {
    ++reached[reference::judge(s).reason];
    return std::string{};
  });
  for (const char* reason :
       {"", "?", "E_NO_NETWORK", "E_WINDOW", "E_NOT_INSURED", "E_SUSPENDED", "E_DUP_INSURED",
        "E_WRONG_MAIN", "E_PLACE_CHANGED", "E_ACCOUNT_UNUSABLE", "E_MODE_UNCONFIRMED", "E_MODE_OFF",
        "E_NOT_DESIGNATED", "E_OUT_OF_PROVINCE", "E_FUND_EMPTY", "E_FLOOR", "E_QUOTA", "E_FIELD",
        "E_IDENTITY"})
    EXPECT_GT(reached[reason], 0) << "no situation ended with '" << reason << "'";
}

// Controls: a product that is wrong by one fen, one switch or one rule is found out.
TEST(ReferenceModel, notices_a_wrong_product) {
  const auto is_noticed = [](void (*change)(Profile&)) {
    std::vector<Profile> profiles = shipped_profiles().all();
    for (Profile& profile : profiles) change(profile);
    const ProfileBook book{std::move(profiles)};
    return some_situation_breaks(kCases, [&](const Situation& s) { return compare(s, book); });
  };
  EXPECT_TRUE(is_noticed([](Profile& profile) {
    if (profile.family == "SX") profile.floor -= Fen{1};
  }));
  EXPECT_TRUE(is_noticed([](Profile& profile) {
    if (profile.family == "SH") profile.fund_buckets.push_back(Bucket::kCurrentYear);
  }));
  EXPECT_TRUE(is_noticed([](Profile& profile) { profile.allowed_items.clear(); }));
  EXPECT_TRUE(is_noticed([](Profile& profile) { profile.place_change_blocks_pay = false; }));
  EXPECT_TRUE(is_noticed([](Profile& profile) {
    if (profile.family == "SX") profile.quota_kind = QuotaKind::kPerSettlement;
  }));
}

}  // namespace
}  // namespace gongji::test
