// What one thread has counted for each institution. One lock per message, and only the scrape ever
// contends for it. Bounded: only registered institutions have rows.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "monitoring/series.hpp"
#include "ports/metrics.hpp"

namespace gongji::monitoring {

struct InstitutionCounts {
  std::array<std::uint64_t, kOutcomes.size()> outcomes{};
  std::array<std::uint64_t, kInstitutionEdges.size() + 1> buckets{};  // not cumulative
  double seconds = 0;
  std::int64_t last_message_s = 0;  // Unix time; 0 = none yet

  [[nodiscard]] std::uint64_t messages() const;
  void add(TransactionOutcome outcome, double duration_s, std::int64_t now_s);
  InstitutionCounts& operator+=(const InstitutionCounts& other);
  [[nodiscard]] InstitutionCounts since(const InstitutionCounts& earlier) const;
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
template <class Value>
using ByInstitution = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

class InstitutionTable {
 public:
  // The owning thread. `code` "" = counted, but for nobody.
  void count(std::string_view code, TransactionOutcome outcome, double duration_s,
             std::int64_t now_s);
  // Any thread: adds this thread's rows to `sums`.
  void add_to(ByInstitution<InstitutionCounts>& sums) const;

 private:
  mutable std::mutex mutex_;
  ByInstitution<InstitutionCounts> rows_;  // guarded by mutex_
};

}  // namespace gongji::monitoring
