// Following the year-end roll that a gateway runs over all accounts: how far it is, and how it
// ended. The gateway rolls on its own; whoever stops watching stops nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "domain/result.hpp"

namespace gongji::ctl {

struct RollState {
  int year = 0;
  std::uint64_t total = 0;  // accounts, about
  std::uint64_t done = 0;
  std::uint64_t rolled = 0;
  std::uint64_t skipped = 0;  // nothing to roll, or rolled before
  std::uint64_t refused = 0;
  bool running = false;
  bool complete = false;  // went through all accounts
};

// The gateway's answer, or what it says instead, in words.
Result<RollState, std::string> parse_roll_state(unsigned http_status, const std::string& body);

struct RollEnd {
  RollState last;
  bool interrupted = false;  // by the operator; the roll goes on
  std::string trouble;       // why nothing more is known; "" = the roll ended
  [[nodiscard]] bool good() const {
    return !interrupted && trouble.empty() && last.complete && last.refused == 0;
  }
};

struct RollHooks {
  std::function<Result<RollState, std::string>()> poll;
  std::function<bool()> pause;  // between two polls; false: the operator wants to go
  std::function<void(const RollState&)> on_progress;
};

// Watches until the roll has ended. A gateway that does not answer is asked again a few times: it
// may be busy.
RollEnd watch_roll(RollState started, const RollHooks& hooks);

// How it ended, and what to do when it did not end well.
std::string roll_text(const RollEnd& end);

}  // namespace gongji::ctl
