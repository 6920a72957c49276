#include "loadtest/run_result.hpp"

#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <thread>

namespace gongji::loadtest {
namespace {

std::string processor_name() {
  std::ifstream file{"/proc/cpuinfo"};
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name")) {
      const auto at = line.find(": ");
      if (at != std::string::npos) return line.substr(at + 2);
    }
  return "unknown processor";
}

std::string rate_text(double rate) {
  std::ostringstream text;
  text << rate << " messages/s";
  return text.str();
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

Counts RunResult::counts() const {
  Counts sum;
  for (const KindTally& tally : total.kinds) sum.add(tally.counts);
  return sum;
}

Histogram RunResult::latency() const {
  Histogram sum;
  for (const KindTally& tally : total.kinds) sum.merge(tally.latency);
  return sum;
}

std::string RunResult::title() const {
  const bool tcp = options.transport() == Transport::kTcp;
  const Address& address = tcp ? *options.tcp : *options.http;
  return std::string{to_text(options.profile)} + " over " + (tcp ? "TCP " : "HTTP ") +
         address.text() + ", " +
         (options.open_loop() ? "open loop " + rate_text(options.rate) : "closed loop") + ", " +
         std::to_string(options.connections) + " connections x " + std::to_string(options.depth) +
         " in flight, " + std::to_string(options.families) + " families";
}

std::string_view to_text(CallKind kind) {
  switch (kind) {
    case CallKind::kSettle: return "settle";
    case CallKind::kQuote: return "quote";
    case CallKind::kPersonQuery: return "person query";
    case CallKind::kPremium: return "premium";
    case CallKind::kMessageQuery: return "message query";
    case CallKind::kBalance: return "balance";
  }
  return "";
}

std::string describe_machine() {
  utsname system{};
  uname(&system);
  return std::to_string(std::thread::hardware_concurrency()) + " x " + processor_name() + ", " +
         system.sysname + " " + system.release;
}

double own_cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

// /proc/<pid>/stat: after the command's closing bracket, fields 12 and 13 are user and system
// ticks.
std::optional<double> cpu_seconds_of(int pid) {
  std::ifstream file{"/proc/" + std::to_string(pid) + "/stat"};
  std::string line;
  if (pid <= 0 || !std::getline(file, line) || line.rfind(')') == std::string::npos)
    return std::nullopt;
  std::istringstream fields{line.substr(line.rfind(')') + 2)};
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0, system = 0;
  if (!(fields >> user >> system)) return std::nullopt;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::optional<double> resident_mb_of(int pid) {
  std::ifstream file{"/proc/" + std::to_string(pid) + "/statm"};
  double all_pages = 0, resident_pages = 0;
  if (pid <= 0 || !(file >> all_pages >> resident_pages)) return std::nullopt;
  return resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

}  // namespace gongji::loadtest
