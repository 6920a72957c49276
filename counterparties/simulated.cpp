#include "counterparties/simulated.hpp"

#include <utility>

namespace gongji::counterparties {
namespace {

constexpr std::uint32_t kPerMille = 1'000;

}  // namespace

Simulated::Simulated(SimulationOptions options)
    : options_(options), chance_(options.seed), thread_([this] { run(); }) {}

Simulated::~Simulated() { stop(); }

void Simulated::withdraw(const std::string& request, const Contribution&, OnAnswer on_answer) {
  take(request, std::move(on_answer));
}

void Simulated::insure(const std::string& request, const Contribution&, OnAnswer on_answer) {
  take(request, std::move(on_answer));
}

void Simulated::take(const std::string& request, OnAnswer on_answer) {
  ++asked_;
  {
    const std::lock_guard lock{mutex_};
    if (chance_() % kPerMille < options_.lost_per_mille) {
      ++lost_;
      return;
    }
    due_.emplace(
        Clock::now() + options_.delay_ms,
        [answer = verdict_on(request), on_answer = std::move(on_answer)] { on_answer(answer); });
  }
  wake_.notify_one();
}

CounterpartyAnswer Simulated::verdict_on(const std::string& request) const {
  std::seed_seq mixed(request.begin(), request.end());
  std::mt19937 chance{mixed};
  const bool refused = (chance() + options_.seed) % kPerMille < options_.refused_per_mille;
  return refused ? CounterpartyAnswer{false, "simulated refusal"} : CounterpartyAnswer{};
}

void Simulated::run() {
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    if (due_.empty()) {
      wake_.wait(lock);
    } else if (due_.begin()->first > Clock::now()) {
      wake_.wait_until(lock, Clock::time_point{due_.begin()->first});
    } else {
      const auto answer = std::move(due_.begin()->second);
      due_.erase(due_.begin());
      lock.unlock();
      answer();
      lock.lock();
    }
  }
}

void Simulated::stop() {
  {
    const std::lock_guard lock{mutex_};
    if (stopping_) return;
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

}  // namespace gongji::counterparties
