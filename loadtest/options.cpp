#include "loadtest/options.hpp"

#include <array>

namespace gongji::loadtest {
namespace {

struct Name {
  ProfileName profile;
  std::string_view text;
};
constexpr std::array<Name, 5> kNames{{{ProfileName::kUniform, "uniform"},
                                      {ProfileName::kOneHotFamily, "one-hot-family"},
                                      {ProfileName::kZipf, "zipf"},
                                      {ProfileName::kNation, "nation"},
                                      {ProfileName::kPharmacyPeak, "pharmacy-peak"}}};

constexpr std::string_view kDemoPharmacy = "P31010100001";
constexpr std::string_view kDemoHospital = "H31010100001";
constexpr std::uint32_t kSinglesPerFamily = 10;

}  // namespace

std::string_view to_text(ProfileName profile) {
  return kNames[static_cast<std::size_t>(profile)].text;
}

std::optional<ProfileName> profile_from_text(std::string_view text) {
  for (const Name& name : kNames)
    if (name.text == text) return name.profile;
  return std::nullopt;
}

Status<std::string> complete_options(LoadOptions& options) {
  if (!options.ops.empty())
    if (const auto ops = parse_address(options.ops); !ops) return ops.error();
  const bool nation = options.profile == ProfileName::kNation;
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
  if (options.profile == ProfileName::kPharmacyPeak &&
      !(options.rate > 0 && options.duration_s.count() > 0))
    return std::string{
        "pharmacy-peak ramps up to --rate and down again within --duration_s; give both"};
  if (!options.prepare && options.duration_s.count() == 0 && options.count == 0)
    options.duration_s = std::chrono::seconds{10};
  if (options.duration_s.count() > 0 && options.warmup_s >= options.duration_s)
    return std::string{"--warmup_s must be shorter than --duration_s"};
  if (nation && options.singles == 0) options.singles = kSinglesPerFamily * options.families;
  if (options.institution.empty()) options.institution = nation ? kDemoHospital : kDemoPharmacy;
  if (options.institution.size() > 12)
    return std::string{"--institution is a code of at most 12 characters"};
  return Done{};
}

}  // namespace gongji::loadtest
