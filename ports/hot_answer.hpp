// For threads that have nothing else to do meanwhile: waits for the answer of one HotBalances call.
#pragma once

#include <future>
#include <memory>
#include <utility>

#include "ports/hot_balances.hpp"

namespace gongji {

template <class T>
class HotAnswer {
 public:
  [[nodiscard]] HotThen<T> then() const {
    return [promise = promise_](Result<T, StoreError> result) {
      promise->set_value(std::move(result));
    };
  }
  Result<T, StoreError> wait() { return answer_.get(); }  // once

 private:
  std::shared_ptr<std::promise<Result<T, StoreError>>> promise_ =
      std::make_shared<std::promise<Result<T, StoreError>>>();
  std::future<Result<T, StoreError>> answer_ = promise_->get_future();
};

}  // namespace gongji
