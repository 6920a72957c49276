#include "domain/profile.hpp"

#include <algorithm>
#include <array>

namespace gongji {
namespace {

template <class Value>
struct Name {
  Value value;
  std::string_view text;
};

constexpr std::array<Name<Relation>, 8> kRelations{{{Relation::kOther, "OTHER"},
                                                    {Relation::kSpouse, "SPOUSE"},
                                                    {Relation::kParent, "PARENT"},
                                                    {Relation::kChild, "CHILD"},
                                                    {Relation::kSibling, "SIBLING"},
                                                    {Relation::kGrandparent, "GRANDPARENT"},
                                                    {Relation::kGrandchild, "GRANDCHILD"},
                                                    {Relation::kParentInLaw, "PARENT_IN_LAW"}}};
constexpr std::array<Name<Mode>, 2> kModes{{{Mode::kPay, "PAY"}, {Mode::kPremium, "PREMIUM"}}};
constexpr std::array<Name<Bucket>, 2> kBuckets{
    {{Bucket::kCurrentYear, "current_year"}, {Bucket::kCarryover, "carryover"}}};
constexpr std::array<Name<Scheme>, 3> kSchemes{
    {{Scheme::kEmployee, "310"}, {Scheme::kResident, "390"}, {Scheme::kHelpPlan, "HELP"}}};

template <class Value, std::size_t N>
std::string_view name_of(const std::array<Name<Value>, N>& table, Value value) {
  return table[static_cast<std::size_t>(value)].text;
}

template <class Value, std::size_t N>
std::optional<Value> value_of(const std::array<Name<Value>, N>& table, std::string_view text) {
  for (const auto& entry : table)
    if (entry.text == text) return entry.value;
  return std::nullopt;
}

template <class T>
bool contains(const std::vector<T>& values, const T& wanted) {
  return std::find(values.begin(), values.end(), wanted) != values.end();
}

}  // namespace

bool Profile::allows(Relation relation) const { return contains(relations, relation); }
bool Profile::admits_member(Scheme scheme) const { return contains(member_schemes, scheme); }
bool Profile::admits_organiser(Scheme scheme) const { return contains(organiser_schemes, scheme); }

Fen Profile::floor_in(CivilDate day) const {
  for (const YearPrice& entry : floor_by_year)
    if (entry.year == static_cast<int>(day.year())) return entry.amount;
  return floor;
}

std::optional<Fen> PremiumRule::price_in(int year, bool special_group) const {
  const auto in = [year](const std::vector<YearPrice>& table) -> std::optional<Fen> {
    for (const YearPrice& entry : table)
      if (entry.year == year) return entry.amount;
    return {};
  };
  const auto reduced = special_group ? in(group_prices) : std::nullopt;
  return reduced ? reduced : in(prices);
}

const PremiumRule* Profile::premium_rule(std::string_view purpose, std::string_view product) const {
  for (const PremiumRule& rule : premiums)
    if (rule.purpose == purpose && rule.product == product) return &rule;
  return nullptr;
}

int Profile::insurance_year(CivilDate day) const {
  const int year = static_cast<int>(day.year());
  if (year_start == "01-01") return year;
  return to_text(day).substr(5) >= year_start ? year + 1 : year;
}

bool Profile::item_allowed(std::string_view med_list_codg, CivilDate day) const {
  return std::any_of(allowed_items.begin(), allowed_items.end(), [&](const AllowedItem& item) {
    return item.med_list_codg == med_list_codg && item.valid.contains(day);
  });
}

std::optional<bool> Profile::counts_deductible(Channel channel) const {
  return channel == Channel::kPharmacy ? counts_deductible_pharmacy : counts_deductible_hospital;
}

ProfileBook::ProfileBook(std::vector<Profile> profiles) : profiles_(std::move(profiles)) {}

const Profile& ProfileBook::of_family(std::string_view family, CivilDate day) const {
  for (const Profile& profile : profiles_)
    if (profile.family == family && profile.valid.contains(day)) return profile;
  return neutral_;
}

const Profile& ProfileBook::of_area(std::string_view area_code, CivilDate day) const {
  const Profile* best = &neutral_;
  for (const Profile& profile : profiles_) {
    const bool governs = !profile.area.empty() && area_code.starts_with(profile.area);
    if (governs && profile.valid.contains(day) && profile.area.size() > best->area.size())
      best = &profile;
  }
  return *best;
}

const Profile* ProfileBook::by_id(std::string_view id) const {
  for (const Profile& profile : profiles_)
    if (profile.id == id) return &profile;
  return nullptr;
}

bool ProfileBook::knows_family(std::string_view family) const {
  return std::any_of(profiles_.begin(), profiles_.end(),
                     [&](const Profile& profile) { return profile.family == family; });
}

std::string_view to_text(Relation relation) { return name_of(kRelations, relation); }
std::optional<Relation> relation_from_text(std::string_view text) {
  return value_of(kRelations, text);
}
std::string_view to_text(Mode mode) { return name_of(kModes, mode); }
std::optional<Mode> mode_from_text(std::string_view text) { return value_of(kModes, text); }
std::string_view to_text(Bucket bucket) { return name_of(kBuckets, bucket); }
std::optional<Bucket> bucket_from_text(std::string_view text) { return value_of(kBuckets, text); }
std::string_view to_insutype(Scheme scheme) { return name_of(kSchemes, scheme); }
std::optional<Scheme> scheme_from_insutype(std::string_view text) {
  return value_of(kSchemes, text);
}

}  // namespace gongji
