#include "tests/simulation/world/operator.hpp"

namespace gongji::simulation {
namespace {

constexpr Time kConvenient{std::chrono::seconds{2}};

}  // namespace

bool Operator::wants(LogLevel level) const noexcept { return level >= LogLevel::kWarn; }

void Operator::write(const LogEvent& event) noexcept {
  world_.trace().line(world_.schedule(), [&] {
    return "log: " + std::string{event.name} + ": " + std::string{event.sentence};
  });
  if (event.name == "move_broke_off") world_.restart_within(kConvenient);
}

}  // namespace gongji::simulation
