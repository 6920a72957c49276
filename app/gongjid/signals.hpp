// Signals are taken by the main thread, one at a time, outside any handler.
#pragma once

namespace gongji::app {

enum class Signal { kDrain, kReload };

class Signals {
 public:
  // Before any thread starts: every thread inherits the mask. SIGPIPE is ignored.
  Signals();
  // Waits for the next TERM, INT (drain) or HUP (reload).
  [[nodiscard]] Signal wait() const;
  // From now on a second TERM or INT ends the process at once with code 1.
  void end_at_next() const;
};

}  // namespace gongji::app
