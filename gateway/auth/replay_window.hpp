// Remembers which nonces were used while a message that carries them could still be accepted, so
// that a captured message cannot be sent again. A nonce lies in the bucket of its timestamp's
// second and goes with it, `skew` seconds later; it is known by a 64-bit hash.
//
// Bounded, and full means refused: forgetting would let a replay pass. One institution may hold an
// eighth of all places and one second a quarter, so nobody fills the window for the others. Memory
// is at most kBytesPerNonce × nonces_max.
//
// With a log (nonce_log.hpp) a restart forgets nothing either.
//
// Time that runs backwards forgets nothing: what is older than the newest `now` minus `skew` is
// refused until time has caught up.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/auth/nonce_log.hpp"
#include "gateway/auth/nonce_table.hpp"

namespace gongji::gateway::auth {

struct ReplayLimits {
  std::size_t nonces_max = 2'097'152;
  std::chrono::seconds skew{300};  // timestamps are accepted this far off either way
};

class ReplayWindow {
 public:
  // Two of a bucket (a vector that has just doubled) and four places of the table.
  static constexpr std::size_t kBytesPerNonce = 64;

  enum class Verdict : std::uint8_t { kFresh, kSeen, kFull };

  explicit ReplayWindow(ReplayLimits limits);

  // Any thread. kFresh: from now on it is known. `timestamp` is within `skew` of `now`.
  [[nodiscard]] Verdict admit(std::string_view institution, std::string_view nonce,
                              std::chrono::seconds timestamp, std::chrono::seconds now);

  // Once, before the first admit(): from now on nonces are kept in files of that folder as well,
  // and those that lie there are known. The error is a sentence.
  [[nodiscard]] Status<std::string> keep_in(const std::string& folder, std::chrono::seconds now);

  [[nodiscard]] std::size_t size() const;   // nonces known
  [[nodiscard]] std::size_t bytes() const;  // memory held for them

 private:
  struct Entry {
    std::uint64_t hash;
    std::size_t* held;  // its institution's count
  };
  using Bucket = std::vector<Entry>;

  void remember(std::uint64_t name, std::int64_t second, std::size_t& held);
  void forget_before(std::int64_t second);
  [[nodiscard]] Bucket& bucket_of(std::int64_t second);

  const ReplayLimits limits_;
  const std::size_t institution_max_;
  const std::size_t second_max_;
  mutable std::mutex mutex_;  // of all below
  std::vector<Bucket> buckets_;
  std::int64_t oldest_ = 0;  // first second that is still remembered
  NonceTable table_;
  std::unordered_map<std::string, std::size_t> held_;  // registered institutions only
  std::optional<NonceLog> log_;
};

}  // namespace gongji::gateway::auth
