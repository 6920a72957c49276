// How far something long is, and how much longer it takes: one changing line on a terminal, now and
// then a whole line anywhere else (loadtest/client/progress_line.hpp). One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "loadtest/client/progress_line.hpp"

namespace gongji::ctl {

class Progress {
 public:
  // `unit` in the plural: "records", "lines". `what` stands before the bar: "copying", "" =
  // nothing.
  explicit Progress(std::string unit, std::string what = "")
      : unit_(std::move(unit)), what_(std::move(what)) {}

  // So much was done before we came, which is no measure of the speed. Before show().
  void found_done(std::uint64_t done) { found_done_ = done; }
  // Cheap to call often. `total` 0 = unknown.
  void show(std::uint64_t done, std::uint64_t total);
  // The next step of the same work; its time left is measured anew.
  void begin(std::string unit, std::string what);
  void interrupt() { line_.interrupt(); }  // something else is printed now
  [[nodiscard]] std::chrono::duration<double> elapsed() const {
    return std::chrono::steady_clock::now() - start_;
  }

 private:
  std::string unit_;
  std::string what_;
  std::uint64_t found_done_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point step_start_ = start_;
  loadtest::ProgressLine line_;
};

// What Progress shows; `elapsed` since `found_done` were done.
std::string progress_text_since(std::uint64_t found_done, std::uint64_t done, std::uint64_t total,
                                const char* unit, std::chrono::duration<double> elapsed);

}  // namespace gongji::ctl
