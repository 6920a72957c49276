// Who watches the gateway's log, as docs/operating.md asks: after `move_broke_off` the gateway is
// restarted when convenient. Set as the log sink of a run.
#pragma once

#include "ports/log.hpp"
#include "tests/simulation/world/world.hpp"

namespace gongji::simulation {

class Operator final : public LogSink {
 public:
  explicit Operator(World& world) : world_(world) { set_log_sink(this); }
  ~Operator() override { set_log_sink(nullptr); }
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;

  [[nodiscard]] bool wants(LogLevel level) const noexcept override;
  void write(const LogEvent& event) noexcept override;

 private:
  World& world_;
};

}  // namespace gongji::simulation
