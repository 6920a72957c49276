// The product against the reference model: random histories of everything that can be asked, over
// dozens of persons in two provinces, compared operation by operation in answers, balances and
// quotas. GONGJI_SEED repeats a run; GONGJI_OPERATIONS changes its length. The controls plant
// faults, in the model's rules and in the product's parameters, and demand that each is found.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <map>
#include <sstream>

#include "tests/domain/rules/model/author.hpp"
#include "tests/domain/rules/model/product.hpp"
#include "tests/domain/support/profiles.hpp"

namespace gongji::model {
namespace {

constexpr int kOperations = 100'000;
constexpr int kOperationsOfHistory = 1'000;
constexpr int kOperationsUntilFound = 60'000;

std::uint64_t number_from(const char* variable, std::uint64_t fallback) {
  const char* given = std::getenv(variable);
  return given == nullptr ? fallback : std::strtoull(given, nullptr, 10);
}

struct History {
  std::uint64_t seed = 0;
  int played = 0;
  std::string difference;  // "" = none
};

// The first word of an answer, and every reason in it.
void count(const std::string& answer, std::map<std::string, int>& answers) {
  std::istringstream words{answer};
  bool first = true;
  for (std::string word; words >> word; first = false)
    if (first || word.substr(0, 2) == "E_") ++answers[word];
}

std::string last_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = lines.size() > 12 ? lines.size() - 12 : 0; i < lines.size(); ++i)
    text += "  " + lines[i] + "\n";
  return text;
}

History play(std::uint64_t seed, const ProfileBook& profiles, Twist twist,
             std::map<std::string, int>* answers = nullptr) {
  Author author{seed};
  LedgerModel model{author.cast(), twist};
  Product product{author.cast(), profiles};
  History history{seed, 0, {}};
  std::vector<std::string> lines;
  while (history.played < kOperationsOfHistory) {
    const Operation op = author.next(model);
    ++history.played;
    const std::string by_model = model.run(op);
    const std::string by_product = product.run(op);
    lines.push_back(text_of(op) + " -> " + by_product);
    if (answers != nullptr) count(by_product, *answers);
    history.difference = by_model == by_product
                             ? product.differs_from(model, author.neighbours(op.who))
                             : "the model answers " + by_model;
    if (history.difference.empty()) continue;
    history.difference += "\n" + last_lines(lines);
    return history;
  }
  return history;
}

TEST(LedgerModel, agrees_with_the_product_in_every_operation) {
  const std::uint64_t seed = number_from("GONGJI_SEED", std::random_device{}());
  const auto wanted = static_cast<int>(number_from("GONGJI_OPERATIONS", kOperations));
  std::cout << "GONGJI_SEED=" << seed << "\n";
  std::map<std::string, int> answers;
  int played = 0;
  for (std::uint64_t number = 0; played < wanted; ++number) {
    const History history = play(seed + number, test::shipped_profiles(), Twist::kNone, &answers);
    played += history.played;
    ASSERT_EQ(history.difference, "") << "repeat with GONGJI_SEED=" << history.seed;
  }
  std::cout << played << " operations without a difference:";
  for (const auto& [answer, count] : answers) std::cout << " " << answer << " " << count;
  std::cout << "\n";
  if (wanted < kOperations) return;
  // A history in which nothing happens would agree as well.
  for (const char* reached : {"own",
                              "back",
                              "stale",
                              "paid",
                              "pending",
                              "left",
                              "ok",
                              "nothing",
                              "E_NOT_EMPLOYEE",
                              "E_NO_CARRYOVER",
                              "E_ACCOUNT_UNUSABLE",
                              "E_REL_NOT_ALLOWED",
                              "E_SELF",
                              "E_NOT_INSURED",
                              "E_SUSPENDED",
                              "E_ALREADY_IN_NETWORK",
                              "E_ALREADY_BOUND",
                              "E_CHAIN_AUTH",
                              "E_CHAIN_BENEF",
                              "E_MODE_EMPTY",
                              "E_MODE_UNCONFIRMED",
                              "E_MODE_OFF",
                              "E_NO_NETWORK",
                              "E_WINDOW",
                              "E_FUND_EMPTY",
                              "E_FLOOR",
                              "E_QUOTA",
                              "E_QUOTA_OVER_SHAREABLE",
                              "E_REBIND_REQUIRED",
                              "E_PURPOSE",
                              "E_INSUFFICIENT_PREMIUM",
                              "E_TAX_PENDING",
                              "E_DUP_INSURED",
                              "E_WRONG_MAIN",
                              "E_PLACE_CHANGED",
                              "E_OUT_OF_PROVINCE",
                              "E_NOT_DESIGNATED",
                              "E_NOT_OWN_CARD",
                              "E_ALREADY_REVERSED",
                              "E_ALREADY_PAID",
                              "E_FORBIDDEN",
                              "E_FIELD",
                              "E_IDENTITY"})
    EXPECT_GT(answers[reached], 0) << reached << " never happened";
}

int operations_until_found(const ProfileBook& profiles, Twist twist) {
  int played = 0;
  for (std::uint64_t seed = 1; played < kOperationsUntilFound; ++seed) {
    const History history = play(seed, profiles, twist);
    played += history.played;
    if (!history.difference.empty()) return played;
  }
  return -1;
}

class PlantedInTheModel : public testing::TestWithParam<int> {};

TEST_P(PlantedInTheModel, a_rule_read_wrongly_is_found) {
  const int played =
      operations_until_found(test::shipped_profiles(), static_cast<Twist>(GetParam()));
  EXPECT_GT(played, 0) << "not found within " << kOperationsUntilFound << " operations";
  std::cout << "found after " << played << " operations\n";
}

// In the order of the enumeration.
constexpr std::array<const char*, kTwists> kTwistNames{"none",
                                                       "floor_one_fen_lower",
                                                       "floor_binds_the_holder",
                                                       "current_year_money_shared",
                                                       "own_current_year_first",
                                                       "newest_year_first",
                                                       "quota_never_runs_down",
                                                       "quota_not_refilled",
                                                       "window_ends_aday_early",
                                                       "unconfirmed_modes_pay",
                                                       "link_modes_ignored",
                                                       "suspended_authoriser_pays",
                                                       "frozen_fund_pays",
                                                       "moved_member_pays",
                                                       "duplicates_forgotten",
                                                       "usable_anywhere",
                                                       "second_network",
                                                       "chain_of_authorisers",
                                                       "second_authoriser",
                                                       "quota_above_shareable",
                                                       "rebind_in_place",
                                                       "empty_handed_organiser",
                                                       "roll_takes_the_new_year",
                                                       "roll_twice",
                                                       "refund_to_the_old_year",
                                                       "closed_account_refunded",
                                                       "reversed_twice",
                                                       "reapply_below_the_floor",
                                                       "premium_without_quota",
                                                       "premium_in_part",
                                                       "premium_for_employees",
                                                       "premium_twice",
                                                       "tax_side_forgotten",
                                                       "member_orders_in_shanxi",
                                                       "no_own_purchase",
                                                       "insurers_refusal_kept",
                                                       "list_forgotten",
                                                       "deductible_at_pharmacies"};

INSTANTIATE_TEST_SUITE_P(Twists, PlantedInTheModel, testing::Range(1, kTwists),
                         [](const testing::TestParamInfo<int>& twist) {
                           return std::string{
                               kTwistNames.at(static_cast<std::size_t>(twist.param))};
                         });

struct Parameter {
  const char* name;
  const char* profile;
  void (*change)(Profile&);
};
void PrintTo(const Parameter& parameter, std::ostream* out) { *out << parameter.name; }

class PlantedInTheProduct : public testing::TestWithParam<Parameter> {};

TEST_P(PlantedInTheProduct, a_wrong_parameter_is_found) {
  Profile changed = test::shipped(GetParam().profile);
  GetParam().change(changed);
  const ProfileBook book = test::shipped_but(changed);
  const int played = operations_until_found(book, Twist::kNone);
  EXPECT_GT(played, 0) << GetParam().name << " not found within " << kOperationsUntilFound;
  std::cout << GetParam().name << " found after " << played << " operations\n";
}

INSTANTIATE_TEST_SUITE_P(
    Parameters, PlantedInTheProduct,
    testing::Values(
        Parameter{"floor", "SX-2025", [](Profile& p) { p.floor = Fen{100'001}; }},
        Parameter{"quota kind", "SX-2025",
                  [](Profile& p) { p.quota_kind = QuotaKind::kPerSettlement; }},
        Parameter{"quota sum", "SX-2025", [](Profile& p) { p.quota_sum_checked = true; }},
        Parameter{"quota required", "SX-2025", [](Profile& p) { p.quota_required = false; }},
        Parameter{"window required", "SX-2025", [](Profile& p) { p.window_required = false; }},
        Parameter{"later windows", "SX-2025", [](Profile& p) { p.future_window_allowed = false; }},
        Parameter{"authoriser's status", "SX-2025",
                  [](Profile& p) { p.use_needs_organiser_status = false; }},
        Parameter{"place and premiums", "SX-2025",
                  [](Profile& p) { p.place_change_blocks_premium = false; }},
        Parameter{"place and bills", "SX-2025",
                  [](Profile& p) { p.place_change_blocks_pay = false; }},
        Parameter{"duplicates", "SX-2025", [](Profile& p) { p.duplicates_block = false; }},
        Parameter{"strict quota", "SX-2025",
                  [](Profile& p) { p.premiums.front().quota_strict = true; }},
        Parameter{"special groups", "SX-2025",
                  [](Profile& p) { p.premiums.front().special_groups = {"DIBAO"}; }},
        Parameter{"who orders, Shanxi", "SX-2025", [](Profile& p) { p.member_may_order = true; }},
        Parameter{"who orders, Shanghai", "SH-2025",
                  [](Profile& p) { p.member_may_order = false; }},
        Parameter{"least carry-over", "SH-2025",
                  [](Profile& p) { p.organiser_fund_min = Fen{60}; }},
        Parameter{"relations", "SH-2025", [](Profile& p) { p.relations.pop_back(); }},
        Parameter{"own buckets", "SH-2025",
                  [](Profile& p) { p.own_buckets.push_back(Bucket::kCurrentYear); }},
        Parameter{"fund buckets", "SH-2025",
                  [](Profile& p) { p.fund_buckets.push_back(Bucket::kCurrentYear); }},
        Parameter{"confirmation", "SH-2025", [](Profile& p) { p.mode_confirmation = false; }},
        Parameter{"start of the year", "SH-2025", [](Profile& p) { p.year_start = "07-09"; }},
        Parameter{"area of use", "SH-2025",
                  [](Profile& p) { p.area_of_use = AreaOfUse::kAnywhere; }},
        Parameter{"relief", "SH-2025", [](Profile& p) { p.counts_relief.reset(); }},
        Parameter{"price", "SH-2025",
                  [](Profile& p) { p.premiums.front().prices.back().amount = Fen{40'001}; }},
        Parameter{"insurer", "SH-2025", [](Profile& p) { p.premiums.back().insurer = false; }}));

}  // namespace
}  // namespace gongji::model
