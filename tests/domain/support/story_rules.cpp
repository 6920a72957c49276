#include "tests/domain/support/story_rules.hpp"

#include <functional>
#include <map>

namespace gongji::test {
namespace {

using Switch = std::function<void(Profile&, Words&)>;

bool yes_or_no(Words& words) {
  if (words.take("yes")) return true;
  if (words.take("no")) return false;
  throw BadStep{"yes or no expected, not " + words.peek()};
}

Switch flag(bool Profile::*member) {
  return [=](Profile& profile, Words& words) { profile.*member = yes_or_no(words); };
}

void set_quota_kind(Profile& profile, Words& words) {
  if (words.take("none")) profile.quota_kind = QuotaKind::kNone;
  if (words.take("cumulative")) profile.quota_kind = QuotaKind::kCumulative;
  if (words.take("per_settlement")) profile.quota_kind = QuotaKind::kPerSettlement;
}

YearPrice read_year_amount(Words& words) {
  const int year = std::stoi(words.word("a year"));
  return {year, words.amount()};
}

PremiumRule& premium(Profile& profile, Words& words) {
  const std::string purpose = words.word("a purpose");
  for (PremiumRule& rule : profile.premiums)
    if (rule.purpose == purpose) return rule;
  throw BadStep{"no premium of that purpose: " + purpose};
}

const std::map<std::string, Switch>& switches() {
  static const std::map<std::string, Switch> table{
      {"quota_kind", set_quota_kind},
      {"quota_sum_checked", flag(&Profile::quota_sum_checked)},
      {"future_window_allowed", flag(&Profile::future_window_allowed)},
      {"member_may_leave", flag(&Profile::member_may_leave)},
      {"place_change_blocks_pay", flag(&Profile::place_change_blocks_pay)},
      {"use_needs_member_status", flag(&Profile::use_needs_member_status)},
      {"use_needs_organiser_status", flag(&Profile::use_needs_organiser_status)},
      {"member_may_order", flag(&Profile::member_may_order)},
      {"floor_in",
       [](Profile& profile, Words& words) {
         profile.floor_by_year.insert(profile.floor_by_year.begin(), read_year_amount(words));
       }},
      {"quota_strict",
       [](Profile& profile, Words& words) {
         const bool strict = yes_or_no(words);
         for (PremiumRule& rule : profile.premiums) rule.quota_strict = strict;
       }},
      {"price",
       [](Profile& profile, Words& words) {
         PremiumRule& rule = premium(profile, words);
         rule.prices.push_back(read_year_amount(words));
       }},
      {"group_price",
       [](Profile& profile, Words& words) {
         PremiumRule& rule = premium(profile, words);
         rule.group_prices.push_back(read_year_amount(words));
       }},
      {"premium_floor",
       [](Profile& profile, Words& words) {
         PremiumRule& rule = premium(profile, words);
         rule.floor = words.amount();
       }},
      {"on_quote_change",
       [](Profile& profile, Words& words) {
         if (words.take("post_recomputed"))
           profile.on_quote_change = OnQuoteChange::kPostRecomputed;
       }},
      {"area_of_use",
       [](Profile& profile, Words& words) {
         if (words.take("anywhere")) profile.area_of_use = AreaOfUse::kAnywhere;
       }},
      {"account_pays",
       [](Profile& profile, Words& words) {
         if (words.take("all_personal")) profile.account_pays = AccountPays::kAllPersonal;
       }},
      {"allowed_items",
       [](Profile& profile, Words& words) {
         if (words.take("none")) profile.allowed_items.clear();
       }},
  };
  return table;
}

}  // namespace

void read_rule(Words& words, Profile& profile) {
  const std::string name = words.word("a switch");
  const auto found = switches().find(name);
  if (found == switches().end()) throw BadStep{"no switch of a profile: " + name};
  found->second(profile, words);
  words.end();
}

}  // namespace gongji::test
