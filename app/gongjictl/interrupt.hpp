// Interrupt: Ctrl-C as a question instead of an end, for commands that only watch something. One
// at a time.
#pragma once

#include <chrono>

namespace gongji::ctl {

class Interrupt {
 public:
  Interrupt();   // from now on SIGINT and SIGTERM are only noted
  ~Interrupt();  // they end the process again
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  // False as soon as one came.
  [[nodiscard]] bool sleep(std::chrono::milliseconds pause_ms) const;
};

}  // namespace gongji::ctl
