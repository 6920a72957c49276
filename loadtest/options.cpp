#include "loadtest/options.hpp"

#include <array>

namespace gongji::loadtest {
namespace {

struct Name {
  ProfileName profile;
  std::string_view text;
};
constexpr std::array<Name, 8> kNames{{{ProfileName::kUniform, "uniform"},
                                      {ProfileName::kOneHotFamily, "one-hot-family"},
                                      {ProfileName::kZipf, "zipf"},
                                      {ProfileName::kNation, "nation"},
                                      {ProfileName::kPharmacyPeak, "pharmacy-peak"},
                                      {ProfileName::kDeadlineDay, "deadline-day"},
                                      {ProfileName::kJulyFirst, "july-first"},
                                      {ProfileName::kSoak, "soak"}}};

constexpr std::string_view kDemoPharmacy = "P31010100001";
constexpr std::string_view kDemoHospital = "H31010100001";
constexpr std::uint32_t kSinglesPerFamily = 10;

bool is_visits(ProfileName profile) {
  return profile == ProfileName::kNation || profile == ProfileName::kSoak;
}

Status<std::string> check_premiums(LoadOptions& options, CivilDate today) {
  if (options.tcp || !options.http || options.token_file.empty())
    return std::string{
        "deadline-day orders premiums through /v1; give --http and --token-file, and no --tcp"};
  if (options.rate > 0 && options.duration_s.count() == 0)
    return std::string{"deadline-day climbs to --rate within --duration_s; give both"};
  if (options.premium_year == 0) options.premium_year = static_cast<int>(today.year()) + 1;
  return Done{};
}

Status<std::string> check_roll(LoadOptions& options, CivilDate today) {
  using std::chrono::July;
  if (!options.http || options.token_file.empty())
    return std::string{"july-first orders the roll through /v1; give --http and --token-file"};
  if (options.duration_s.count() > 0 && options.roll_after_s >= options.duration_s)
    return std::string{"--roll_after_s must be shorter than --duration_s"};
  const int year = static_cast<int>(today.year());
  if (options.roll_year == 0)
    options.roll_year = today >= today.year() / July / 1 ? year : year - 1;
  return Done{};
}

Status<std::string> check_soak(LoadOptions& options) {
  if (options.count > 0 || options.duration_s.count() == 0)
    return std::string{"soak runs for a time and not to a --count; give --duration_s"};
  if (!options.http || options.token_file.empty())
    return std::string{"soak audits every --interval_s; give --http and --token-file"};
  if (options.interval_s.count() < 1 || options.warmup_s >= options.interval_s)
    return std::string{"--interval_s must be at least 1 and longer than --warmup_s"};
  if (options.growth_max_mb && options.server_pid == 0)
    return std::string{"--growth_max_mb needs the process to watch: --server_pid"};
  options.audit = true;
  return Done{};
}

// What a profile needs beside what every run needs.
Status<std::string> check_profile(LoadOptions& options, CivilDate today) {
  switch (options.profile) {
    case ProfileName::kUniform:
    case ProfileName::kOneHotFamily:
    case ProfileName::kZipf:
    case ProfileName::kNation: return Done{};
    case ProfileName::kPharmacyPeak:
      if (options.rate > 0 && options.duration_s.count() > 0) return Done{};
      return std::string{
          "pharmacy-peak ramps up to --rate and down again within --duration_s; give both"};
    case ProfileName::kDeadlineDay: return check_premiums(options, today);
    case ProfileName::kJulyFirst: return check_roll(options, today);
    case ProfileName::kSoak: return check_soak(options);
  }
  return Done{};
}

}  // namespace

CivilDate civil_today() {
  return civil_date(
      std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
}

std::string_view to_text(ProfileName profile) {
  return kNames[static_cast<std::size_t>(profile)].text;
}

std::vector<std::string> profile_names() {
  std::vector<std::string> names;
  for (const Name& name : kNames) names.emplace_back(name.text);
  return names;
}

std::optional<ProfileName> profile_from_text(std::string_view text) {
  for (const Name& name : kNames)
    if (name.text == text) return name.profile;
  return std::nullopt;
}

Status<std::string> complete_options(LoadOptions& options, CivilDate today) {
  if (!options.ops.empty())
    if (const auto ops = parse_address(options.ops); !ops) return ops.error();
  const bool visits = is_visits(options.profile);
  if (!options.http && !options.tcp && !options.list_families)
    return std::string{"nowhere to send to; give --http ADDR:PORT or --tcp ADDR:PORT"};
  if ((options.prepare || options.audit) && !options.http)
    return std::string{"--prepare and --audit speak HTTP; give --http ADDR:PORT beside --tcp"};
  if ((options.prepare || options.audit) && options.token_file.empty())
    return std::string{"--prepare and --audit need the token of an agency: --token-file FILE"};
  if (options.connections == 0 || options.depth == 0 || options.threads == 0 ||
      options.families == 0)
    return std::string{"--connections, --depth, --threads and --families must be at least 1"};
  if (options.threads > options.connections)
    return std::string{"--threads must not exceed --connections: each thread needs one at least"};
  if (options.count > 0 && options.count < options.threads)
    return std::string{"--count must be at least --threads"};
  const bool loads = !options.prepare_only() && !options.list_families;
  if (loads)
    if (auto fits = check_profile(options, today); !fits) return fits;
  if (!options.prepare && options.duration_s.count() == 0 && options.count == 0)
    options.duration_s = std::chrono::seconds{10};
  if (options.duration_s.count() > 0 && options.warmup_s >= options.duration_s)
    return std::string{"--warmup_s must be shorter than --duration_s"};
  if (visits && options.singles == 0) options.singles = kSinglesPerFamily * options.families;
  if (options.institution.empty()) options.institution = visits ? kDemoHospital : kDemoPharmacy;
  if (options.institution.size() > 12)
    return std::string{"--institution is a code of at most 12 characters"};
  return Done{};
}

}  // namespace gongji::loadtest
