#include "config/policies.hpp"

#include <gtest/gtest.h>

#include "tests/config/scratch_folder.hpp"
#include "tests/test_places.hpp"

namespace gongji::config {
namespace {

const std::filesystem::path kPolicies =
    std::filesystem::path{GONGJI_SOURCE_DIR} / "config/policies";

CivilDate day(const char* text) { return *parse_date(text); }

const ProfileBook& shipped() {
  static const ProfileBook book = [] {
    auto loaded = load_policies(kPolicies);
    EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : loaded.error().text());
    return loaded.ok() ? std::move(*loaded) : ProfileBook{};
  }();
  return book;
}

const Profile& profile(const char* id) {
  static const Profile none;
  const Profile* found = shipped().by_id(id);
  EXPECT_NE(found, nullptr) << id;
  return found == nullptr ? none : *found;
}

TEST(Policies, the_shipped_folder_loads_all_provinces) {
  for (const char* id :
       {"SH-2022", "SH-2025", "SX-2025", "JS-2025", "BJ-2025", "SZ-2025", "FJ-2025"})
    EXPECT_EQ(profile(id).id, id);
  EXPECT_EQ(shipped().all().size(), 7U);
}

TEST(Policies, the_dated_profile_of_a_family_applies) {
  EXPECT_EQ(shipped().of_family("SH", day("2022-06-30")).id, "NONE");
  EXPECT_EQ(shipped().of_family("SH", day("2022-07-01")).id, "SH-2022");
  EXPECT_EQ(shipped().of_family("SH", day("2024-12-31")).id, "SH-2022");
  EXPECT_EQ(shipped().of_family("SH", day("2025-01-01")).id, "SH-2025");
  EXPECT_EQ(shipped().of_family("SX", day("2023-12-31")).id, "NONE");
  EXPECT_EQ(shipped().of_family("SX", day("2024-01-01")).id, "SX-2025");
  EXPECT_EQ(shipped().of_area("310115", day("2026-01-01")).id, "SH-2025");
  EXPECT_EQ(shipped().of_area("140105", day("2026-01-01")).id, "SX-2025");
  EXPECT_EQ(shipped().of_area("440100", day("2026-01-01")).id, "NONE");
  EXPECT_EQ(shipped().of_area("440305", day("2026-01-01")).id, "SZ-2025");
}

TEST(Policies, shanghai_2022) {
  const Profile& p = profile("SH-2022");
  EXPECT_TRUE(p.allows(Relation::kSpouse) && p.allows(Relation::kParent) &&
              p.allows(Relation::kChild));
  EXPECT_FALSE(p.allows(Relation::kSibling)) << "W26";
  EXPECT_TRUE(p.admits_member(Scheme::kHelpPlan) && p.admits_member(Scheme::kResident));
  EXPECT_FALSE(p.admits_organiser(Scheme::kResident));
  EXPECT_EQ(p.organiser_fund_min, Fen{1});
  EXPECT_TRUE(p.bind_needs_organiser_account && p.bind_needs_normal_status);
  EXPECT_EQ(p.fund_buckets, std::vector{Bucket::kCarryover});
  EXPECT_EQ(p.own_buckets, std::vector{Bucket::kCarryover});
  EXPECT_EQ(p.floor, Fen{0});
  EXPECT_EQ(p.quota_kind, QuotaKind::kNone);
  EXPECT_FALSE(p.quota_required || p.window_required);
  EXPECT_TRUE(p.role_is_network_wide && p.roles_exclusive && p.mode_confirmation);
  EXPECT_EQ(p.authorisers_per_member, 1U);
  EXPECT_EQ(p.members_max, std::nullopt);
  EXPECT_EQ(p.service_start, day("2022-08-01"));
  EXPECT_EQ(p.area_of_use, AreaOfUse::kProfileArea);
  EXPECT_EQ(p.counts_relief, false);
  EXPECT_EQ(p.counts_deductible(Channel::kHospital), true);
  EXPECT_EQ(p.counts_deductible(Channel::kPharmacy), false);
  EXPECT_TRUE(p.has_year_roll);
  EXPECT_EQ(p.year_start, "07-01");
  EXPECT_FALSE(p.fund_balance_shown_to_member || p.duplicates_block);
  EXPECT_TRUE(p.acct_pay_includes_mulaid);
  EXPECT_EQ(p.on_quote_change, OnQuoteChange::kStale);
  EXPECT_EQ(p.account_pays, AccountPays::kInScope);
  EXPECT_TRUE(p.item_allowed("C14030000000000000201", day("2022-08-01")));
  EXPECT_FALSE(p.item_allowed("C14030000000000000201", day("2022-07-31")));
  EXPECT_FALSE(p.item_allowed("XA00000000000000000001", day("2022-08-01")));
}

TEST(Policies, shanghai_2025_differs_by_relations_dates_and_prices_only) {
  Profile p = profile("SH-2025");
  EXPECT_TRUE(p.allows(Relation::kSibling) && p.allows(Relation::kGrandparent) &&
              p.allows(Relation::kGrandchild));
  EXPECT_FALSE(p.allows(Relation::kParentInLaw) || p.allows(Relation::kOther));
  EXPECT_EQ(p.service_start, std::nullopt);
  const Profile& old = profile("SH-2022");
  p.id = old.id, p.hash = old.hash, p.valid = old.valid, p.relations = old.relations;
  p.service_start = old.service_start, p.allowed_items = old.allowed_items;
  p.premiums = old.premiums;
  EXPECT_EQ(p, old);
}

TEST(Policies, shanghai_sells_the_commercial_product_at_129_yuan) {
  for (const char* id : {"SH-2022", "SH-2025"}) {
    const PremiumRule* rule = profile(id).premium_rule("COMMERCIAL", "HUHUIBAO");
    ASSERT_NE(rule, nullptr) << id;
    EXPECT_EQ(rule->prices.front().amount, Fen{12900});
    EXPECT_TRUE(rule->own_purchase) << "SH-44";
    EXPECT_TRUE(rule->insurer && rule->schemes.empty());
  }
}

TEST(Policies, whom_the_resident_premium_is_for_and_who_may_order_it) {
  const PremiumRule* shanghai = profile("SH-2025").premium_rule("RESIDENT_PREMIUM", "");
  ASSERT_NE(shanghai, nullptr);
  EXPECT_EQ(shanghai->schemes, (std::vector{Scheme::kResident, Scheme::kHelpPlan})) << "GX-15";
  EXPECT_FALSE(shanghai->own_purchase || shanghai->insurer);
  EXPECT_TRUE(profile("SH-2025").member_may_order) << "SH-43";
  EXPECT_FALSE(profile("SX-2025").member_may_order) << "SX-41";
  EXPECT_EQ(profile("SX-2025").premiums.front().schemes, std::vector{Scheme::kResident});
}

TEST(Policies, shanxi) {
  const Profile& p = profile("SX-2025");
  EXPECT_EQ(p.floor_in(day("2026-05-05")), Fen{100'000});
  EXPECT_EQ(p.quota_kind, QuotaKind::kCumulative);
  EXPECT_TRUE(p.quota_required && p.window_required && p.future_window_allowed);
  EXPECT_FALSE(p.quota_sum_checked || p.mode_confirmation || p.role_is_network_wide);
  EXPECT_TRUE(p.duplicates_block) << "SX-19";
  EXPECT_TRUE(p.roles_exclusive && p.member_may_leave);
  EXPECT_EQ(p.fund_buckets, (std::vector{Bucket::kCurrentYear, Bucket::kCarryover}));
  EXPECT_EQ(p.own_buckets, p.fund_buckets);
  EXPECT_TRUE(p.place_change_blocks_pay && p.place_change_blocks_premium);
  EXPECT_TRUE(p.use_needs_member_status && p.use_needs_organiser_status);
  EXPECT_FALSE(p.admits_member(Scheme::kHelpPlan));
  EXPECT_EQ(p.counts_relief, std::nullopt);
  EXPECT_EQ(p.counts_deductible(Channel::kPharmacy), std::nullopt);
  ASSERT_EQ(p.premiums.size(), 1U);
  const PremiumRule& premium = p.premiums.front();
  EXPECT_EQ(premium.purpose, "RESIDENT_PREMIUM");
  EXPECT_EQ(premium.prices, (std::vector{YearPrice{2026, Fen{40'000}}}));
  EXPECT_EQ(premium.special_groups.size(), 5U);
  EXPECT_TRUE(premium.tax_withdrawal);
  EXPECT_FALSE(premium.quota_strict);
}

TEST(Policies, the_sketches_say_what_is_special_about_their_province) {
  EXPECT_EQ(profile("BJ-2025").authorisers_per_member, std::nullopt);
  EXPECT_FALSE(profile("BJ-2025").roles_exclusive);
  EXPECT_EQ(profile("SZ-2025").floor_in(day("2026-01-01")), Fen{558'540});
  EXPECT_NE(profile("BJ-2025").premium_rule("LONG_TERM_CARE", ""), nullptr);
  EXPECT_EQ(profile("FJ-2025").fund_model, FundModel::kPooledAccount);
  EXPECT_EQ(profile("FJ-2025").floor, Fen{200'000});
  EXPECT_TRUE(profile("JS-2025").use_needs_organiser_status);
  EXPECT_EQ(profile("JS-2025").quota_kind, QuotaKind::kNone);
  EXPECT_EQ(profile("JS-2025").floor, Fen{0});
  EXPECT_EQ(profile("JS-2025").own_buckets,
            (std::vector{Bucket::kCurrentYear, Bucket::kCarryover}));
}

// The smallest file that is accepted; errors are made by changing it.
constexpr const char* kMinimal = R"(id = "ZJ-1"
family = "ZJ"
area = "33"
relations = ["CHILD"]
[valid]
from = 2025-01-01
[organiser]
schemes = ["EMPLOYEE"]
status = "NORMAL"
[member]
schemes = ["RESIDENT"]
status = "NORMAL"
[fund]
model = "LIVE_DRAW"
buckets = ["CARRYOVER"]
floor = { default = "0.00" }
[pay]
own_first = ["CARRYOVER"]
)";

std::string changed(const std::string& from, const std::string& to) {
  std::string text = kMinimal;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Policies, a_profile_is_hashed_over_the_bytes_of_its_file) {
  const ScratchFolder folder;
  const auto one = load_profile(folder.write("one.toml", kMinimal));
  ASSERT_TRUE(one.ok()) << one.error().text();
  const auto same = load_profile(folder.write("same.toml", kMinimal));
  const auto other = load_profile(folder.write("other.toml", std::string{kMinimal} + "\n"));
  EXPECT_EQ(one->hash, same->hash);
  EXPECT_NE(one->hash, other->hash);
  EXPECT_EQ(one->hash.size(), 64U);
  const auto empty = load_profile(folder.write("empty.toml", ""));
  EXPECT_FALSE(empty.ok());
}

TEST(Policies, the_hash_is_sha_256) {
  const ScratchFolder folder;
  const auto file = folder.write("a.toml", kMinimal);
  const std::string command = "sha256sum " + file;
  FILE* pipe = popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr) << "sha256sum (coreutils) is missing";
  std::string digest(64, ' ');
  EXPECT_EQ(fread(digest.data(), 1, digest.size(), pipe), digest.size());
  EXPECT_EQ(pclose(pipe), 0);
  EXPECT_EQ(load_profile(file)->hash, digest);
}

TEST(Policies, money_may_be_written_quoted_or_bare_and_is_exact) {
  const ScratchFolder folder;
  for (const auto& [written, fen] :
       std::vector<std::pair<std::string, std::int64_t>>{{"\"0.07\"", 7},
                                                         {"0.07", 7},
                                                         {"1000.00", 100'000},
                                                         {"1000", 100'000},
                                                         {"\"1000\"", 100'000},
                                                         {"\"12.5\"", 1250},
                                                         {"4503599627370.49", -1}}) {
    const auto loaded =
        load_profile(folder.write("m.toml", changed("default = \"0.00\"", "default = " + written)));
    if (fen < 0)
      EXPECT_FALSE(loaded.ok()) << written;
    else
      EXPECT_EQ(loaded.ok() ? loaded->floor : Fen{-1}, Fen{fen}) << written;
  }
}

TEST(Policies, a_premium_says_whom_it_is_for_and_what_it_costs) {
  const ScratchFolder folder;
  const std::string premium = R"([[premium]]
purpose = "COMMERCIAL"
product = "P"
price = { 2026 = "120.00" }
schemes = ["EMPLOYEE", "HELP_PLAN"]
own_purchase = true
insurer = true
special_groups = { codes = ["DIBAO"], price = { 2026 = "60.00" }, tax_withdrawal = true }
[links]
member_may_order = true
[pay])";
  std::string text = changed("[pay]", premium);
  const std::string floor = "default = \"0.00\"";
  text.insert(text.find(floor) + floor.size(), ", by_purpose = { COMMERCIAL = \"4000.00\" }");
  const auto loaded = load_profile(folder.write("p.toml", text));
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  const PremiumRule& rule = loaded->premiums.at(0);
  EXPECT_EQ(rule.schemes, (std::vector{Scheme::kEmployee, Scheme::kHelpPlan}));
  EXPECT_TRUE(rule.own_purchase && rule.insurer && rule.tax_withdrawal);
  EXPECT_EQ(rule.price_in(2026, false), Fen{12'000});
  EXPECT_EQ(rule.price_in(2026, true), Fen{6'000});
  EXPECT_EQ(rule.price_in(2027, true), std::nullopt);
  EXPECT_EQ(rule.floor, Fen{400'000});
  EXPECT_TRUE(loaded->member_may_order);
}

struct BadProfile {
  std::string from;
  std::string to;
  std::string error;  // starts with
};

class PolicyErrors : public testing::TestWithParam<BadProfile> {};

TEST_P(PolicyErrors, name_file_line_and_key) {
  const ScratchFolder folder;
  const BadProfile& bad = GetParam();
  const auto result = load_profile(folder.write("p.toml", changed(bad.from, bad.to)));
  ASSERT_FALSE(result.ok());
  const std::string text = without_folder(result.error().text(), folder.path());
  EXPECT_EQ(text.substr(0, bad.error.size()), bad.error);
}

INSTANTIATE_TEST_SUITE_P(
    Files, PolicyErrors,
    testing::Values(
        BadProfile{"id = \"ZJ-1\"\n", "", "p.toml:1: id: missing"},
        BadProfile{"\"ZJ-1\"", "\"\"", "p.toml:1: id: must not be empty"},
        BadProfile{"\"ZJ-1\"", "7", "p.toml:1: id: must be text in quotes"},
        BadProfile{"area = \"33\"", "area = \"3\"", "p.toml:3: area: must be the first 2, 4 or 6"},
        BadProfile{"[\"CHILD\"]", "[\"CHILDREN\"]",
                   "p.toml:4: relations: must be one of SPOUSE, PARENT, CHILD"},
        BadProfile{"[\"CHILD\"]", "\"CHILD\"", "p.toml:4: relations: must be a list"},
        BadProfile{"from = 2025-01-01", "from = \"2025-02-30\"",
                   "p.toml:6: valid.from: must be a date"},
        BadProfile{"from = 2025-01-01", "from = 2025-01-01\nto = 2024-12-31",
                   "p.toml:7: valid.to: lies before valid.from"},
        BadProfile{"from = 2025-01-01", "form = 2025-01-01",
                   "p.toml:6: valid.form: unknown key; did you mean from?"},
        BadProfile{"[valid]\nfrom = 2025-01-01\n", "", "p.toml:1: valid: missing"},
        BadProfile{"[pay]\nown_first", "[payment]\nown_first", "p.toml:17: payment: unknown key"},
        BadProfile{"buckets = [\"CARRYOVER\"]", "bucket = [\"CARRYOVER\"]",
                   "p.toml:15: fund.bucket: unknown key; did you mean buckets?"},
        BadProfile{"buckets = [\"CARRYOVER\"]", "buckets = [\"CARRYOVER\", \"TOTAL\"]",
                   "p.toml:15: fund.buckets: names the same money twice"},
        BadProfile{"default = \"0.00\"", "default = \"0.001\"",
                   "p.toml:16: fund.floor.default: must be an amount"},
        BadProfile{"default = \"0.00\"", "default = -1.00",
                   "p.toml:16: fund.floor.default: must be an amount"},
        BadProfile{"default = \"0.00\"", "default = 1e3",
                   "p.toml:16: fund.floor.default: must be an amount"},
        BadProfile{"default = \"0.00\"", "default = \"0.00\", by_year = { next = \"1.00\" }",
                   "p.toml:16: fund.floor.by_year.next: must be named by a year"},
        BadProfile{"default = \"0.00\"", "default = \"0.00\", by_purpose = { COMMERCIAL = 4000 }",
                   "p.toml:16: fund.floor.by_purpose: no [[premium]] has the purpose COMMERCIAL"},
        BadProfile{"default = \"0.00\"", "default = \"0.00\", by_purpose = 4000",
                   "p.toml:16: fund.floor.by_purpose: must be a table of amounts"},
        BadProfile{"default = \"0.00\"", "default = \"0.00\", by_purpose = { A = \"free\" }",
                   "p.toml:16: fund.floor.by_purpose.A: must be an amount"},
        BadProfile{"[pay]", "[[premium]]\npurpose = \"A\"\nschemes = [\"310\"]\n[pay]",
                   "p.toml:19: premium.schemes: must be one of EMPLOYEE, RESIDENT, HELP_PLAN"},
        BadProfile{"[pay]", "[[premium]]\npurpose = \"A\"\ninsurer = \"yes\"\n[pay]",
                   "p.toml:19: premium.insurer: must be true or false"},
        BadProfile{"[pay]", "[[premium]]\npurpose = \"A\"\nown_purchase = 1\n[pay]",
                   "p.toml:19: premium.own_purchase: must be true or false"},
        BadProfile{"[pay]",
                   "[[premium]]\npurpose = \"A\"\nspecial_groups = { price = { 26 = 4 } }\n[pay]",
                   "p.toml:19: premium.special_groups.price.26: must be named by a year"},
        BadProfile{
            "[pay]",
            "[[premium]]\npurpose = \"A\"\nspecial_groups = { tax_withdrawal = true }\n[pay]",
            "p.toml:19: premium.special_groups: names no codes"},
        BadProfile{"[pay]", "[links]\nmember_may_order = \"no\"\n[pay]",
                   "p.toml:18: links.member_may_order: must be true or false"},
        BadProfile{"[pay]", "[quota]\nkind = \"PER_DAY\"\n[pay]",
                   "p.toml:18: quota.kind: must be one of NONE, CUMULATIVE, PER_SETTLEMENT"},
        BadProfile{"[pay]", "[quota]\nkind = \"NONE\"\nrequired = true\n[pay]",
                   "p.toml:18: quota.kind: is NONE, so no quota"},
        BadProfile{"[pay]", "[quota]\nkin = \"PER_SETTLEMENT\"\nrequired = true\n[pay]",
                   "p.toml:18: quota.kin: unknown key; did you mean kind?"},
        BadProfile{"[pay]", "[links]\nchanges_per_year = 3\n[pay]",
                   "p.toml:18: links.changes_per_year: no rule of the engine"},
        BadProfile{"[pay]", "[window]\nrequired = \"yes\"\n[pay]",
                   "p.toml:18: window.required: must be true or false"},
        BadProfile{"[pay]", "[year]\nstart = \"02-30\"\n[pay]",
                   "p.toml:18: year.start: must be a day of the year"},
        BadProfile{"[pay]", "[counts]\nrelief = \"no\"\n[pay]",
                   "p.toml:18: counts.relief: must be true, false or \"unset\""},
        BadProfile{"[pay]", "[view]\nmember_sees = [\"MEMBERS\"]\n[pay]",
                   "p.toml:18: view.member_sees: only [\"ORGANISER\", \"SELF\"] is known"},
        BadProfile{"[pay]", "[[premium]]\npurpose = \"A\"\n[[premium]]\npurpose = \"A\"\n[pay]",
                   "p.toml:20: premium.purpose: is listed twice"},
        BadProfile{"[pay]", "[[premium]]\npurpose = \"A\"\npartial = true\n[pay]",
                   "p.toml:19: premium.partial: only false is known"},
        BadProfile{"[\"RESIDENT\"]\nstatus = \"NORMAL\"", "[\"RESIDENT\"]\nstatus = \"ANY\"",
                   "p.toml:12: member.status: must be the same as organiser.status"}));

TEST(Policies, a_province_wide_use_needs_a_province_as_area) {
  const ScratchFolder folder;
  std::string text = changed("area = \"33\"", "area = \"3301\"");
  text += "area_of_use = \"PROVINCE\"\n";
  const auto result = load_profile(folder.write("p.toml", text));
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(without_folder(result.error().text(), folder.path()),
            "p.toml:19: pay.area_of_use: PROVINCE needs a two-digit area, this profile governs "
            "3301");
}

std::string dated(const std::string& id, const std::string& family, const std::string& area,
                  const std::string& valid) {
  std::string text = kMinimal;
  for (const auto& [from, to] : {std::pair<std::string, std::string>{"\"ZJ-1\"", id},
                                 {"\"ZJ\"", family},
                                 {"\"33\"", area},
                                 {"from = 2025-01-01", valid}})
    text.replace(text.find(from), from.size(), from.starts_with('"') ? '"' + to + '"' : to);
  return text;
}

TEST(Policies, profiles_of_one_family_must_not_overlap) {
  const ScratchFolder folder;
  folder.write("a.toml", dated("A", "ZJ", "33", "from = 2024-01-01\nto = 2025-01-01"));
  folder.write("b.toml", dated("B", "ZJ", "33", "from = 2025-01-01"));
  const auto result = load_policies(folder.path());
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(without_folder(result.error().text(), folder.path()),
            "b.toml:5: valid: overlaps A (a.toml) of the same family or area");
  folder.write("a.toml", dated("A", "ZJ", "33", "from = 2024-01-01\nto = 2024-12-31"));
  EXPECT_TRUE(load_policies(folder.path()).ok()) << "the next day is free";
}

TEST(Policies, two_families_must_not_govern_one_area_on_one_day) {
  const ScratchFolder folder;
  folder.write("a.toml", dated("A", "ZJ", "33", "from = 2024-01-01"));
  folder.write("b.toml", dated("B", "ZK", "33", "from = 2025-01-01"));
  EXPECT_FALSE(load_policies(folder.path()).ok());
  folder.write("b.toml", dated("B", "ZK", "3302", "from = 2025-01-01"));
  EXPECT_TRUE(load_policies(folder.path()).ok()) << "the longer prefix is the more special one";
}

TEST(Policies, ids_are_unique) {
  const ScratchFolder folder;
  folder.write("a.toml", dated("A", "ZJ", "33", "from = 2024-01-01"));
  folder.write("b.toml", dated("A", "ZK", "34", "from = 2024-01-01"));
  const auto result = load_policies(folder.path());
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(without_folder(result.error().text(), folder.path()),
            "b.toml:1: id: A is already used by a.toml");
}

TEST(Policies, an_empty_or_missing_folder_is_an_error) {
  const ScratchFolder folder;
  EXPECT_FALSE(load_policies(folder.path()).ok());
  EXPECT_FALSE(load_policies(folder.path() / "nowhere").ok());
}

}  // namespace
}  // namespace gongji::config
