#include "loadtest/profiles.hpp"

#include <gtest/gtest.h>

#include <set>

namespace gongji::loadtest {
namespace {

constexpr Population kPopulation{100, 1000};

TEST(Profiles, are_the_same_for_the_same_seed) {
  for (const ProfileName name :
       {ProfileName::kUniform, ProfileName::kOneHotFamily, ProfileName::kZipf, ProfileName::kNation,
        ProfileName::kPharmacyPeak, ProfileName::kDeadlineDay, ProfileName::kJulyFirst,
        ProfileName::kSoak}) {
    const auto one = make_profile({name, kPopulation});
    const auto same = make_profile({name, kPopulation});
    Random chance{9}, same_chance{9};
    for (int i = 0; i < 300; ++i) {
      const Call call = one->next(chance);
      const Call again = same->next(same_chance);
      EXPECT_EQ(call.kind, again.kind);
      EXPECT_EQ(call.purchase.patient, again.purchase.patient);
      EXPECT_EQ(call.purchase.amount, again.purchase.amount);
    }
  }
}

TEST(Profiles, uniform_reaches_every_family_with_positive_amounts) {
  const auto profile = make_profile({ProfileName::kUniform, kPopulation});
  Random random{1};
  std::set<std::uint32_t> families;
  for (int i = 0; i < 5000; ++i) {
    const Call call = profile->next(random);
    EXPECT_EQ(call.kind, CallKind::kSettle);
    EXPECT_EQ(call.purchase.patient.role, PersonRole::kChild);
    EXPECT_GE(call.purchase.amount, Fen{100});
    families.insert(call.purchase.patient.index);
  }
  EXPECT_EQ(families.size(), kPopulation.families);
}

TEST(Profiles, one_hot_family_is_one_family) {
  const auto profile = make_profile({ProfileName::kOneHotFamily, kPopulation});
  Random random{1};
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(profile->next(random).purchase.patient.index, 0u);
}

TEST(Profiles, zipf_prefers_the_first_families) {
  const auto profile = make_profile({ProfileName::kZipf, kPopulation});
  Random random{1};
  int first = 0;
  for (int i = 0; i < 10'000; ++i)
    first += profile->next(random).purchase.patient.index == 0 ? 1 : 0;
  EXPECT_GT(first, 1500);  // a fifth, where uniform would give a hundredth
}

TEST(Profiles, nation_is_query_quote_and_settlement_of_one_visit) {
  const auto profile = make_profile({ProfileName::kNation, kPopulation});
  Random random{1};
  for (int visit = 0; visit < 500; ++visit) {
    const Call query = profile->next(random);
    const Call quote = profile->next(random);
    const Call settle = profile->next(random);
    EXPECT_EQ(query.kind, CallKind::kPersonQuery);
    EXPECT_EQ(quote.kind, CallKind::kQuote);
    EXPECT_EQ(settle.kind, CallKind::kSettle);
    EXPECT_EQ(query.purchase.patient, settle.purchase.patient);
    EXPECT_EQ(quote.purchase.amount, settle.purchase.amount);
    EXPECT_LT(settle.purchase.pooled, settle.purchase.amount);
  }
}

TEST(Profiles, deadline_day_asks_a_premium_for_every_child_once_and_purchases_between) {
  const auto even = make_profile({ProfileName::kDeadlineDay, kPopulation, 0.99, 0, 2});
  const auto odd = make_profile({ProfileName::kDeadlineDay, kPopulation, 0.99, 1, 2});
  Random random{1};
  std::set<std::uint32_t> paid;
  for (unsigned call = 0; call < 3 * kPopulation.families / 2; ++call)
    for (const auto& profile : {even.get(), odd.get()}) {
      const Call each = profile->next(random);
      EXPECT_EQ(each.kind, call % 3 == 0 ? CallKind::kPremium : CallKind::kSettle);
      EXPECT_EQ(each.purchase.patient.role, PersonRole::kChild);
      if (each.kind == CallKind::kPremium) {
        EXPECT_TRUE(paid.insert(each.purchase.patient.index).second) << "twice";
      }
    }
  EXPECT_EQ(paid.size(), kPopulation.families);
}

TEST(Profiles, nation_has_the_national_mean_and_few_families) {
  const auto profile = make_profile({ProfileName::kNation, kPopulation});
  Random random{1};
  constexpr int kVisits = 100'000;
  double yuan = 0;
  int families = 0;
  for (int visit = 0; visit < kVisits; ++visit) {
    profile->next(random);
    profile->next(random);
    const Call settle = profile->next(random);
    yuan += static_cast<double>(settle.purchase.amount.count()) / 100;
    families += settle.purchase.patient.role == PersonRole::kChild ? 1 : 0;
  }
  EXPECT_NEAR(yuan / kVisits, 148, 3);
  EXPECT_NEAR(families, 0.07 * kVisits, 400);
}

}  // namespace
}  // namespace gongji::loadtest
