#include "monitoring/process_figures.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

namespace gongji::monitoring {
namespace {

double as_seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// The fields of /proc/self/stat behind the name, which may itself contain blanks; [0] is the state.
std::vector<double> stat_fields() {
  std::ifstream file{"/proc/self/stat"};
  std::string text;
  std::getline(file, text);
  std::istringstream rest{text.substr(std::min(text.rfind(')') + 1, text.size()))};
  std::vector<double> fields{0};
  std::string state;
  rest >> state;
  for (double field = 0; rest >> field;) fields.push_back(field);
  return fields;
}

double count_open_fds() {
  std::error_code failure;
  double count = 0;
  for (auto entry = std::filesystem::directory_iterator{"/proc/self/fd", failure};
       !failure && entry != std::filesystem::directory_iterator{}; entry.increment(failure))
    ++count;
  return count;
}

double uptime_seconds() {
  double seconds = 0;
  std::ifstream{"/proc/uptime"} >> seconds;
  return seconds;
}

// Places in the list of proc(5), from the state on.
constexpr std::size_t kThreads = 17;
constexpr std::size_t kStartTicks = 19;
constexpr std::size_t kResidentPages = 21;

double start_time_now(const std::vector<double>& fields) {
  const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
  const double started = fields[kStartTicks] / static_cast<double>(sysconf(_SC_CLK_TCK));
  return now.count() - (uptime_seconds() - started);
}

}  // namespace

ProcessFigures process_figures() {
  ProcessFigures figures;
  const std::vector<double> fields = stat_fields();
  if (fields.size() > kResidentPages) {
    figures.threads = fields[kThreads];
    figures.resident_bytes = fields[kResidentPages] * static_cast<double>(sysconf(_SC_PAGESIZE));
    // Worked out once: a figure that wavers would look like a restart.
    static const double start_time_seconds = start_time_now(fields);
    figures.start_time_seconds = start_time_seconds;
  }
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) == 0)
    figures.cpu_seconds = as_seconds(usage.ru_utime) + as_seconds(usage.ru_stime);
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) figures.max_fds = static_cast<double>(limit.rlim_cur);
  figures.open_fds = count_open_fds();
  return figures;
}

}  // namespace gongji::monitoring
