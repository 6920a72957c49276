// The control of ThreadSanitizer's runs: actors that count in a variable nobody guards. Its
// handlers are long enough to overlap; with short ones the race may never be met.
#include <caf/all.hpp>
#include <cstdint>
#include <cstdio>

namespace {

constexpr int kActors = 16;
constexpr int kMessages = 50;
constexpr int kSteps = 20'000;

std::uint64_t unguarded_count = 0;

caf::behavior counter() {
  return {[](std::uint64_t steps) {
    for (std::uint64_t i = 0; i < steps; ++i) unguarded_count += i % 7;
  }};
}

}  // namespace

int main() {
  caf::actor_system_config config;
  config.set("scheduler.max-threads", std::size_t{4});
  caf::actor_system system{config};
  {
    const caf::scoped_actor self{system};
    for (int i = 0; i < kActors; ++i) {
      const caf::actor racer = system.spawn([](caf::event_based_actor*) { return counter(); });
      for (int m = 0; m < kMessages; ++m) self->send(racer, std::uint64_t{kSteps});
    }
  }
  system.await_all_actors_done();
  std::printf("%llu\n", static_cast<unsigned long long>(unguarded_count));
}
