#include "app/gongjictl/progress.hpp"

#include <utility>

namespace gongji::ctl {

void Progress::show(std::uint64_t done, std::uint64_t total) {
  if (!line_.due()) return;
  const auto in_step = std::chrono::steady_clock::now() - step_start_;
  const std::string text = loadtest::progress_text(done, total, unit_.c_str(), in_step);
  line_.show(what_.empty() ? text : what_ + "  " + text);
}

void Progress::begin(std::string unit, std::string what) {
  unit_ = std::move(unit);
  what_ = std::move(what);
  step_start_ = std::chrono::steady_clock::now();
}

}  // namespace gongji::ctl
