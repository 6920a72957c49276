// Continues on the loop thread of a call when a port answers on any thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "domain/result.hpp"
#include "gateway/rest/answers.hpp"
#include "gateway/rest/call.hpp"
#include "ports/journal_store.hpp"

namespace gongji::gateway::rest {

// Runs a function once on the loop.
class LoopStep final : public LoopTask {
 public:
  explicit LoopStep(std::function<void()> step) : step_(std::move(step)) {}
  void run() override { step_(); }

 private:
  std::function<void()> step_;
};

// For the callbacks of RecordService. A store that cannot be read answers the call itself: nothing
// was changed, so asking again does no harm.
template <class T>
std::function<void(Result<T, StoreError>)> then_on_loop(const Backend& backend, const CallPtr& call,
                                                        std::function<void(T)> proceed) {
  return [&backend, call, proceed = std::move(proceed)](Result<T, StoreError> result) {
    auto shared = std::make_shared<Result<T, StoreError>>(std::move(result));
    call->slot->run_on_loop(std::make_unique<LoopStep>([&backend, call, proceed, shared] {
      if (shared->ok()) return proceed(std::move(*shared).value());
      call->answer(refused(backend, Reason::kBusy));
    }));
  };
}

}  // namespace gongji::gateway::rest
