// Result<T, E>: a value or the error that stands in its place. A refusal is an outcome, not an
// exception; reading the side that is not there is a programming error and ends the process.
// (std::expected needs C++23; this is the small part of it the project uses.)
#pragma once

#include <cstdlib>
#include <utility>
#include <variant>

namespace gongji {

template <class T, class E>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : side_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit by design
  Result(E error)
      : side_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit by design

  [[nodiscard]] bool ok() const { return side_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return check(std::get_if<0>(&side_)); }
  const T& value() const& { return check(std::get_if<0>(&side_)); }
  T&& value() && { return std::move(check(std::get_if<0>(&side_))); }
  const E& error() const& { return check(std::get_if<1>(&side_)); }
  E&& error() && { return std::move(check(std::get_if<1>(&side_))); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  template <class U>
  static U& check(U* side) {
    if (side == nullptr) std::abort();
    return *side;
  }

  std::variant<T, E> side_;
};

// The value-less case: done, or why not.
struct Done {};
template <class E>
using Status = Result<Done, E>;

}  // namespace gongji
