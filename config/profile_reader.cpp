#include "config/profile_reader.hpp"

#include <algorithm>

namespace gongji::config {
namespace {

enum class Status { kNormal, kAny };
enum class Area { kCity, kProvince, kAnywhere };
enum class Roll { kNone, kToCarryover };
enum class FundBucket { kCarryover, kCurrentYear, kTotal };

const Names<Relation> kRelations{{"SPOUSE", Relation::kSpouse},
                                 {"PARENT", Relation::kParent},
                                 {"CHILD", Relation::kChild},
                                 {"SIBLING", Relation::kSibling},
                                 {"GRANDPARENT", Relation::kGrandparent},
                                 {"GRANDCHILD", Relation::kGrandchild},
                                 {"PARENT_IN_LAW", Relation::kParentInLaw}};
const Names<Scheme> kSchemes{{"EMPLOYEE", Scheme::kEmployee},
                             {"RESIDENT", Scheme::kResident},
                             {"HELP_PLAN", Scheme::kHelpPlan}};
const Names<Status> kStatuses{{"NORMAL", Status::kNormal}, {"ANY", Status::kAny}};
const Names<Area> kAreas{
    {"CITY", Area::kCity}, {"PROVINCE", Area::kProvince}, {"ANYWHERE", Area::kAnywhere}};
const Names<FundModel> kFundModels{{"LIVE_DRAW", FundModel::kLiveDraw},
                                   {"POOLED_ACCOUNT", FundModel::kPooledAccount},
                                   {"WALLET", FundModel::kWallet}};
const Names<FundBucket> kBuckets{{"CARRYOVER", FundBucket::kCarryover},
                                 {"CURRENT_YEAR", FundBucket::kCurrentYear},
                                 {"TOTAL", FundBucket::kTotal}};
const Names<QuotaKind> kQuotaKinds{{"NONE", QuotaKind::kNone},
                                   {"CUMULATIVE", QuotaKind::kCumulative},
                                   {"PER_SETTLEMENT", QuotaKind::kPerSettlement}};
const Names<LinkOrder> kLinkOrders{{"REGISTRATION", LinkOrder::kRegistration}};
const Names<Mode> kModes{{"PAY", Mode::kPay}, {"PREMIUM", Mode::kPremium}};
const Names<OnQuoteChange> kOnQuoteChange{{"STALE", OnQuoteChange::kStale},
                                          {"POST_RECOMPUTED", OnQuoteChange::kPostRecomputed}};
const Names<AccountPays> kAccountPays{{"IN_SCOPE", AccountPays::kInScope},
                                      {"ALL_PERSONAL", AccountPays::kAllPersonal}};
const Names<Roll> kRolls{{"NONE", Roll::kNone}, {"TO_CARRYOVER", Roll::kToCarryover}};

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// TOTAL = the whole account, current-year money first.
std::vector<Bucket> to_buckets(const std::vector<FundBucket>& written) {
  std::vector<Bucket> buckets;
  for (const FundBucket each : written) {
    if (each != FundBucket::kCarryover) buckets.push_back(Bucket::kCurrentYear);
    if (each != FundBucket::kCurrentYear) buckets.push_back(Bucket::kCarryover);
  }
  return buckets;
}

std::vector<Bucket> read_buckets(TableReader& table, std::string_view key) {
  std::vector<Bucket> buckets = to_buckets(table.choices(key, kBuckets));
  std::vector<Bucket> sorted = buckets;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end())
    table.wrong(key, "names the same money twice");
  return buckets;
}

// The engine compares a place with the profile's own area prefix, so the word must fit the prefix.
Area read_area(TableReader& table, std::string_view key, const std::string& prefix, Area fallback) {
  const Area area = table.choice_or(key, kAreas, fallback);
  if (area == Area::kProvince && prefix.size() != 2)
    table.wrong(key, "PROVINCE needs a two-digit area, this profile governs " + prefix);
  return area;
}

void read_head(TableReader& file, Profile& profile) {
  profile.id = file.text("id");
  profile.family = file.text("family");
  profile.area = file.text("area");
  const bool area_fits =
      is_digits(profile.area) && profile.area.size() % 2 == 0 && profile.area.size() <= 6;
  if (!profile.area.empty() && !area_fits)
    file.wrong("area", "must be the first 2, 4 or 6 digits of the area codes it governs");
  profile.relations = file.choices("relations", kRelations);
  profile.service_start = file.date_or_none("service_start");
  profile.duplicates_block = file.flag_or("duplicate_insurance_blocks", false);
}

void read_valid(TableReader valid, Profile& profile) {
  profile.valid.from = valid.date("from");
  profile.valid.to = valid.date_or_none("to");
  if (profile.valid.from && profile.valid.to && *profile.valid.to < *profile.valid.from)
    valid.wrong("to", "lies before valid.from");
}

// One switch covers both sides at binding (SX-04), so organiser and member must agree on it.
void read_people(TableReader organiser, TableReader member, Profile& profile) {
  profile.organiser_schemes = organiser.choices("schemes", kSchemes);
  profile.member_schemes = member.choices("schemes", kSchemes);
  const Status at_bind = organiser.choice("status", kStatuses);
  if (member.choice("status", kStatuses) != at_bind)
    member.wrong("status", "must be the same as organiser.status");
  profile.bind_needs_normal_status = at_bind == Status::kNormal;
  profile.use_needs_organiser_status =
      organiser.choice_or("status_at_use", kStatuses, Status::kAny) == Status::kNormal;
  profile.use_needs_member_status =
      member.choice_or("status_at_use", kStatuses, Status::kNormal) == Status::kNormal;
  profile.organiser_fund_min = organiser.money_or("min_fund_at_bind", Fen{0});
  profile.bind_needs_organiser_account = organiser.flag_or("account_usable", true);
  if (read_area(member, "area", profile.area, Area::kCity) == Area::kAnywhere)
    member.wrong("area", "must be CITY or PROVINCE");
}

// In place of the floor for bills: what must stay when that purpose is paid for.
void read_floor_by_purpose(TableReader& floor, Profile& profile) {
  for (const auto& [purpose, amount] : floor.amounts_or_none("by_purpose")) {
    bool known = false;
    for (PremiumRule& rule : profile.premiums) {
      if (rule.purpose != purpose) continue;
      rule.floor = amount;
      known = true;
    }
    if (!known) floor.wrong("by_purpose", "no [[premium]] has the purpose " + purpose);
  }
}

// The premiums are read before it.
void read_floor(TableReader floor, Profile& profile) {
  profile.floor = floor.money("default");
  profile.floor_by_year = floor.yearly_or_none("by_year");
  read_floor_by_purpose(floor, profile);
}

void read_fund(TableReader fund, Profile& profile) {
  profile.fund_model = fund.choice("model", kFundModels);
  profile.fund_buckets = read_buckets(fund, "buckets");
  read_floor(fund.table("floor"), profile);
}

void read_quota(TableReader quota, Profile& profile) {
  profile.quota_kind = quota.choice_or("kind", kQuotaKinds, QuotaKind::kNone);
  profile.quota_required = quota.flag_or("required", false);
  profile.quota_sum_checked = quota.flag_or("sum_checked", false);
  quota.only_text("max_at_bind", "SHAREABLE");
  quota.only_text("edit", "REBIND");
  const bool asks = profile.quota_required || profile.quota_sum_checked;
  if (profile.quota_kind == QuotaKind::kNone && asks)
    quota.wrong("kind", "is NONE, so no quota can be required or summed");
}

void read_window(TableReader window, Profile& profile) {
  profile.window_required = window.flag_or("required", false);
  profile.future_window_allowed = window.flag_or("future_allowed", true);
  window.only_flag("end_inclusive", true);
  window.only_text("tz", "+08:00");
}

std::optional<unsigned> read_limit(TableReader& table, std::string_view key) {
  const auto number = table.number_or_none(key, 1, 1'000);
  if (!number) return std::nullopt;
  return static_cast<unsigned>(*number);
}

void read_links(TableReader links, Profile& profile) {
  profile.authorisers_per_member = read_limit(links, "authorisers_per_member");
  profile.members_max = read_limit(links, "members_per_organiser");
  profile.roles_exclusive = links.flag_or("roles_exclusive", true);
  profile.role_is_network_wide = links.flag_or("role_is_network_wide", false);
  profile.member_may_leave = links.flag_or("member_may_leave", true);
  profile.member_may_order = links.flag_or("member_may_order", false);
  profile.link_order = links.choice_or("order", kLinkOrders, LinkOrder::kRegistration);
  links.none_yet("changes_per_year");
}

void read_modes(TableReader modes, Profile& profile) {
  profile.mode_confirmation = modes.flag_or("confirmation", false);
  profile.modes = modes.choices_or("set", kModes, {Mode::kPay, Mode::kPremium});
  if (profile.modes.empty()) modes.wrong("set", "must name at least one mode");
}

void read_allowed_items(TableReader& pay, Profile& profile) {
  pay.each_table("allowed_items", [&](TableReader& item) {
    item.note("name");
    profile.allowed_items.push_back(
        {item.text("med_list_codg"), {item.date("from"), item.date_or_none("to")}});
  });
}

void read_pay(TableReader pay, Profile& profile) {
  profile.own_buckets = read_buckets(pay, "own_first");
  const Area area = read_area(pay, "area_of_use", profile.area, Area::kAnywhere);
  profile.area_of_use = area == Area::kAnywhere ? AreaOfUse::kAnywhere : AreaOfUse::kProfileArea;
  profile.on_quote_change = pay.choice_or("on_quote_change", kOnQuoteChange, OnQuoteChange::kStale);
  profile.account_pays = pay.choice_or("account_pays", kAccountPays, AccountPays::kInScope);
  pay.only_flag("partial", true);
  pay.only_texts("channels", {"HOSPITAL", "PHARMACY"});
  read_allowed_items(pay, profile);
}

void read_special_groups(TableReader groups, PremiumRule& rule) {
  rule.special_groups = groups.texts_or_none("codes");
  rule.group_prices = groups.yearly_or_none("price");
  rule.tax_withdrawal = groups.flag_or("tax_withdrawal", false);
  groups.note("wait_days");  // what people are told; the tax side's confirmation decides (SX-33)
  const bool for_nobody = rule.special_groups.empty();
  if (for_nobody && (rule.tax_withdrawal || !rule.group_prices.empty()))
    groups.wrong("", "names no codes, so it concerns nobody");
}

PremiumRule read_premium(TableReader& premium) {
  PremiumRule rule;
  rule.purpose = premium.text("purpose");
  rule.product = premium.text_or("product", "");
  rule.prices = premium.yearly_or_none("price");
  rule.schemes = premium.choices_or("schemes", kSchemes, {});
  rule.quota_strict = premium.flag_or("quota_strict", false);
  rule.own_purchase = premium.flag_or("own_purchase", false);
  rule.insurer = premium.flag_or("insurer", false);
  premium.only_flag("partial", false);
  read_special_groups(premium.table_or_empty("special_groups"), rule);
  return rule;
}

void read_premiums(TableReader& file, Profile& profile) {
  file.each_table("premium", [&](TableReader& premium) {
    PremiumRule rule = read_premium(premium);
    const bool repeated = std::any_of(
        profile.premiums.begin(), profile.premiums.end(), [&](const PremiumRule& other) {
          return other.purpose == rule.purpose && other.product == rule.product;
        });
    if (repeated) premium.wrong("purpose", "is listed twice for the same product");
    profile.premiums.push_back(std::move(rule));
  });
}

void read_place_change(TableReader change, Profile& profile) {
  change.only_text("level", "COUNTY");
  for (const Mode mode : change.choices_or("blocks", kModes, {})) {
    profile.place_change_blocks_pay |= mode == Mode::kPay;
    profile.place_change_blocks_premium |= mode == Mode::kPremium;
  }
}

void read_year(TableReader year, Profile& profile) {
  profile.year_start = year.text_or("start", "01-01");
  if (!parse_date("2000-" + profile.year_start))
    year.wrong("start", "must be a day of the year such as \"07-01\"");
  profile.has_year_roll = year.choice_or("roll", kRolls, Roll::kNone) == Roll::kToCarryover;
}

void read_counts(TableReader counts, Profile& profile) {
  profile.counts_relief = counts.flag_or_unset("relief");
  TableReader deductible = counts.table_or_empty("deductible");
  profile.counts_deductible_hospital = deductible.flag_or_unset("HOSPITAL");
  profile.counts_deductible_pharmacy = deductible.flag_or_unset("PHARMACY");
}

void read_view(TableReader view, Profile& profile) {
  view.only_texts("member_sees", {"ORGANISER", "SELF"});
  view.only_texts("organiser_sees", {"MEMBERS", "SPENDING"});
  profile.fund_balance_shown_to_member = view.flag_or("fund_balance_to_member", false);
}

void read_adapter(TableReader adapter, Profile& profile) {
  profile.acct_pay_includes_mulaid = adapter.flag_or("acct_pay_includes_mulaid", true);
}

}  // namespace

Profile read_profile(const TomlDocument& document, Findings& findings) {
  Profile profile;
  profile.hash = sha256_hex(document.bytes);
  TableReader file{document, findings};
  read_head(file, profile);
  read_valid(file.table("valid"), profile);
  read_people(file.table("organiser"), file.table("member"), profile);
  read_premiums(file, profile);
  read_fund(file.table("fund"), profile);
  read_quota(file.table_or_empty("quota"), profile);
  read_window(file.table_or_empty("window"), profile);
  read_links(file.table_or_empty("links"), profile);
  read_modes(file.table_or_empty("modes"), profile);
  read_pay(file.table("pay"), profile);
  read_place_change(file.table_or_empty("place_change"), profile);
  read_year(file.table_or_empty("year"), profile);
  read_counts(file.table_or_empty("counts"), profile);
  read_view(file.table_or_empty("view"), profile);
  read_adapter(file.table_or_empty("adapter"), profile);
  return profile;
}

}  // namespace gongji::config
