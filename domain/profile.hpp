// A policy profile: the parameters of one province's rules for one period. Profiles are data
// (config/policies/*.toml), dated and immutable once used; every journal record names the profile
// that decided it and its hash (GX-11). The defaults here are those of a region without a profile:
// own account only, no family fund.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/money.hpp"
#include "domain/time.hpp"

namespace gongji {

enum class Relation : std::uint8_t {
  kOther,
  kSpouse,
  kParent,
  kChild,
  kSibling,
  kGrandparent,
  kGrandchild,
  kParentInLaw,
};
enum class Scheme : std::uint8_t { kEmployee, kResident, kHelpPlan };  // 310, 390, HELP
enum class Mode : std::uint8_t { kPay, kPremium };
enum class Bucket : std::uint8_t { kCurrentYear, kCarryover };
enum class Channel : std::uint8_t { kHospital, kPharmacy };
enum class QuotaKind : std::uint8_t { kNone, kCumulative, kPerSettlement };
enum class OnQuoteChange : std::uint8_t { kStale, kPostRecomputed };
enum class AccountPays : std::uint8_t { kInScope, kAllPersonal };
enum class AreaOfUse : std::uint8_t { kAnywhere, kProfileArea };  // inside `Profile::area`
enum class FundModel : std::uint8_t { kLiveDraw, kPooledAccount, kWallet };
enum class LinkOrder : std::uint8_t { kRegistration };

// An own-pay item the family fund may buy for a time (SH-30).
struct AllowedItem {
  std::string med_list_codg;
  DateWindow valid;
  bool operator==(const AllowedItem&) const = default;
};

struct YearPrice {
  int year = 0;
  Fen amount;
  bool operator==(const YearPrice&) const = default;
};

// What a contribution may be for (SH-26, SX-27..33).
struct PremiumRule {
  std::string purpose;                      // "RESIDENT_PREMIUM", "COMMERCIAL", …
  std::string product;                      // "" or "HUHUIBAO"
  std::vector<YearPrice> prices;            // a year without a price is refused (GX-15)
  std::vector<YearPrice> group_prices;      // the special groups' own price, where it differs
  std::vector<Scheme> schemes;              // of the person it is for; empty = any (GX-15)
  std::optional<Fen> floor;                 // in place of the profile's floor for this purpose
  bool own_purchase = false;                // SH-44: from the holder's own money, no network asked
  bool insurer = false;                     // an insurer confirms the policy after payment
  bool quota_strict = false;                // SX-30: quota must be greater than the price
  std::vector<std::string> special_groups;  // SX-32
  bool tax_withdrawal = false;              // SX-33

  // What the person has to pay for that year; nothing when the profile has no price.
  [[nodiscard]] std::optional<Fen> price_in(int year, bool special_group) const;
  bool operator==(const PremiumRule&) const = default;
};

struct Profile {
  std::string id = "NONE";  // "SH-2025"
  std::string family;       // "SH"
  std::string area;         // prefix of the area codes it governs: "31"
  DateWindow valid;
  std::string hash;  // lower-case hex SHA-256 of the profile file, set by whoever loads it

  std::vector<Relation> relations;
  std::vector<Scheme> organiser_schemes{Scheme::kEmployee};
  std::vector<Scheme> member_schemes;
  Fen organiser_fund_min;                    // SH-02: 0.01; on the fund buckets, at formation
  bool bind_needs_organiser_account = true;  // SH-03
  bool bind_needs_normal_status = true;      // SX-04, both sides
  bool use_needs_member_status = true;       // statuses 2 and 4 at settlement
  bool use_needs_organiser_status = false;
  bool duplicates_block = false;  // SX-19, SX-20: duplicate insurance, either side

  FundModel fund_model = FundModel::kLiveDraw;
  std::vector<Bucket> fund_buckets{Bucket::kCarryover};  // SH-08, SH-09
  std::vector<Bucket> own_buckets{Bucket::kCarryover};   // SH-24; SX: the whole account
  Fen floor;                                             // SX-05
  std::vector<YearPrice> floor_by_year;                  // overrides `floor` for that civil year

  QuotaKind quota_kind = QuotaKind::kNone;
  bool quota_required = false;
  bool quota_sum_checked = false;  // SX-09
  bool window_required = false;
  bool future_window_allowed = true;               // SX-14
  std::optional<unsigned> authorisers_per_member;  // 1; nothing = any number (Beijing)
  std::optional<unsigned> members_max;             // of one organiser
  bool roles_exclusive = true;                     // SH-11, SX-15, SX-16
  bool role_is_network_wide = false;  // SH-12: organising or belonging anywhere bars joining
  bool member_may_leave = true;
  LinkOrder link_order = LinkOrder::kRegistration;

  bool mode_confirmation = false;  // SH-21
  std::vector<Mode> modes{Mode::kPay, Mode::kPremium};
  std::optional<CivilDate> service_start;  // SH-41

  AreaOfUse area_of_use = AreaOfUse::kAnywhere;
  OnQuoteChange on_quote_change = OnQuoteChange::kStale;
  AccountPays account_pays = AccountPays::kInScope;
  bool acct_pay_includes_mulaid = true;
  std::vector<AllowedItem> allowed_items;
  bool place_change_blocks_pay = false;  // SX-23
  bool place_change_blocks_premium = false;

  std::optional<bool> counts_relief;               // SH-27; nothing = unset
  std::optional<bool> counts_deductible_hospital;  // SH-29
  std::optional<bool> counts_deductible_pharmacy;

  std::vector<PremiumRule> premiums;
  bool member_may_order = false;  // SH-43; in Shanxi only the authoriser orders (SX-41)
  bool has_year_roll = false;     // SH-36
  std::string year_start = "01-01";
  bool fund_balance_shown_to_member = false;  // SH-18

  [[nodiscard]] bool allows(Relation relation) const;
  [[nodiscard]] bool admits_member(Scheme scheme) const;
  [[nodiscard]] bool admits_organiser(Scheme scheme) const;
  [[nodiscard]] Fen floor_in(CivilDate day) const;
  [[nodiscard]] bool item_allowed(std::string_view med_list_codg, CivilDate day) const;
  [[nodiscard]] std::optional<bool> counts_deductible(Channel channel) const;
  [[nodiscard]] const PremiumRule* premium_rule(std::string_view purpose,
                                                std::string_view product) const;
  // The insurance year a day belongs to, named by the year of its closing day (SH-35).
  [[nodiscard]] int insurance_year(CivilDate day) const;
  bool operator==(const Profile&) const = default;
};

// Names a profile in a journal record.
struct ProfileRef {
  std::string id;
  std::string hash;
  bool operator==(const ProfileRef&) const = default;
};

// All loaded profiles. Immutable; a reload makes a new book. Shared by any number of threads.
class ProfileBook {
 public:
  ProfileBook() = default;
  explicit ProfileBook(std::vector<Profile> profiles);

  // The member of `family` valid on that day; the neutral profile when there is none.
  [[nodiscard]] const Profile& of_family(std::string_view family, CivilDate day) const;
  // The profile whose area is the longest prefix of `area_code` and that is valid on that day.
  [[nodiscard]] const Profile& of_area(std::string_view area_code, CivilDate day) const;
  [[nodiscard]] const Profile* by_id(std::string_view id) const;
  [[nodiscard]] bool knows_family(std::string_view family) const;
  [[nodiscard]] const std::vector<Profile>& all() const { return profiles_; }

 private:
  std::vector<Profile> profiles_;
  Profile neutral_;
};

std::string_view to_text(Relation relation);  // "CHILD"
std::optional<Relation> relation_from_text(std::string_view text);
std::string_view to_text(Mode mode);  // "PAY"
std::optional<Mode> mode_from_text(std::string_view text);
std::string_view to_text(Bucket bucket);  // "carryover"
std::optional<Bucket> bucket_from_text(std::string_view text);
std::string_view to_insutype(Scheme scheme);  // "310"
std::optional<Scheme> scheme_from_insutype(std::string_view text);

}  // namespace gongji
