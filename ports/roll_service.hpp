// The year-end roll over all accounts (SH-36): one run at a time, resumable, each account once per
// year whatever happens.
#pragma once

#include <cstdint>
#include <optional>

#include "domain/record.hpp"

namespace gongji {

struct RollProgress {
  int year = 0;
  std::uint64_t accounts_total = 0;    // persons to look at
  std::uint64_t accounts_done = 0;     // looked at
  std::uint64_t accounts_rolled = 0;   // in this run
  std::uint64_t accounts_skipped = 0;  // nothing to roll, or rolled before
  std::uint64_t accounts_refused = 0;  // see the log; the run goes on
  bool running = false;
  bool complete = false;  // went through all accounts without a gap
};

class RollService {
 public:
  virtual ~RollService() = default;
  // Any thread. Starts a run over all accounts in the background, or joins the one that runs for
  // the same year; false when another year is being rolled.
  virtual bool start(int year, const Origin& ordered_by) = 0;
  // Of the latest run since the process started; nothing when there was none.
  [[nodiscard]] virtual std::optional<RollProgress> progress() const = 0;
};

}  // namespace gongji
