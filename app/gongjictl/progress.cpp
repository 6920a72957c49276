#include "app/gongjictl/progress.hpp"

#include <algorithm>
#include <utility>

namespace gongji::ctl {

void Progress::show(std::uint64_t done, std::uint64_t total) {
  if (!line_.due()) return;
  const auto in_step = std::chrono::steady_clock::now() - step_start_;
  const std::string text = progress_text_since(found_done_, done, total, unit_.c_str(), in_step);
  line_.show(what_.empty() ? text : what_ + "  " + text);
}

void Progress::begin(std::string unit, std::string what) {
  unit_ = std::move(unit);
  what_ = std::move(what);
  found_done_ = 0;
  step_start_ = std::chrono::steady_clock::now();
}

std::string progress_text_since(std::uint64_t found_done, std::uint64_t done, std::uint64_t total,
                                const char* unit, std::chrono::duration<double> elapsed) {
  if (total > 0) done = std::min(done, total);  // totals are estimates
  const auto ours = static_cast<double>(done - std::min(found_done, done));
  const double scale = ours > 0 ? static_cast<double>(done) / ours : 0;
  return loadtest::progress_text(done, total, unit, elapsed * scale);
}

}  // namespace gongji::ctl
