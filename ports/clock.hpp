// The wall clock, read once per command at admission (GX-13). Tests and the simulator bring theirs.
#pragma once

#include "domain/time.hpp"

namespace gongji {

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;  // any thread, never blocks
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace gongji
