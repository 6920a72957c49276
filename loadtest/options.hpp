// What a run is: filled from the command line by main.cpp, checked by check_options().
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/result.hpp"
#include "domain/time.hpp"
#include "loadtest/client/address.hpp"

namespace gongji::loadtest {

enum class ProfileName : std::uint8_t {
  kUniform,
  kOneHotFamily,
  kZipf,
  kNation,
  kPharmacyPeak,
  kDeadlineDay,
  kJulyFirst,
  kSoak
};
enum class Transport : std::uint8_t { kHttp, kTcp };
enum class Arrivals : std::uint8_t { kEven, kPoisson };

struct LoadOptions {
  std::optional<Address> http;  // load when there is no tcp; always prepare and balances
  std::optional<Address> tcp;
  std::string disk;                       // folder on the disk to watch meanwhile; "" = none
  std::chrono::milliseconds stall_ms{5};  // a sync of that disk that takes as long is a stall
  std::string ops;  // ADDR:PORT to read once a second while the load runs; "" = nowhere

  unsigned connections = 64;
  unsigned depth = 1;  // messages in flight on one connection
  unsigned threads = 1;
  std::chrono::seconds duration_s{0};  // 0 = until `count`
  std::uint64_t count = 0;             // messages; 0 = until `duration_s`
  std::chrono::seconds warmup_s{0};    // sent and audited, not reported
  double rate = 0;                     // messages a second; 0 = closed loop
  Arrivals arrivals = Arrivals::kEven;
  std::chrono::milliseconds timeout_ms{10'000};  // a message without answer counts as unknown
  std::chrono::milliseconds grace_ms{10'000};    // to wait for answers after the end

  ProfileName profile = ProfileName::kUniform;
  std::uint32_t families = 1000;
  std::uint32_t singles = 0;  // 0 = ten for each family in `nation`, none elsewhere
  double zipf_skew = 0.99;
  int premium_year = 0;                   // deadline-day; 0 = the next calendar year
  int roll_year = 0;                      // july-first; 0 = the one that closed last
  std::chrono::seconds roll_after_s{0};   // july-first: load alone before the roll
  std::chrono::seconds roll_wait_s{600};  // july-first: for its end, when the load is over
  std::chrono::seconds interval_s{600};   // soak: between two audits
  std::optional<double> growth_max_mb;    // soak: fails when memory grew by more
  std::optional<double> drift_max;        // soak: fails when p99 became so many times as long
  std::uint64_t seed = 1;

  std::string institution;  // "" = the demo pharmacy, or for `nation` the demo hospital
  std::string area = "310101";

  bool prepare = false;
  bool list_families = false;  // print who they are, for another generator, and end
  bool audit = false;
  std::uint64_t audit_max = 100'000;  // messages asked for again, and accounts compared
  std::string token_file;
  int server_pid = 0;  // for processor time per message; 0 = not measured
  std::string json_file;
  std::string html_file;
  std::string command_line;  // for the report

  [[nodiscard]] Transport transport() const { return tcp ? Transport::kTcp : Transport::kHttp; }
  [[nodiscard]] bool open_loop() const { return rate > 0; }
  // Only `--prepare` was asked for.
  [[nodiscard]] bool prepare_only() const {
    return prepare && duration_s.count() == 0 && count == 0;
  }
};

CivilDate civil_today();
std::string_view to_text(ProfileName profile);
std::vector<std::string> profile_names();
std::optional<ProfileName> profile_from_text(std::string_view text);

// Fills what follows from other options and refuses what does not fit together; the error names the
// option and says what to give instead. `today` is the civil date, for the years.
Status<std::string> complete_options(LoadOptions& options, CivilDate today = civil_today());

}  // namespace gongji::loadtest
