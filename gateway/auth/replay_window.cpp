#include "gateway/auth/replay_window.hpp"

#include <algorithm>
#include <cstring>

#include "gateway/crypto/hash.hpp"

namespace gongji::gateway::auth {
namespace {

std::uint64_t name_of(std::string_view institution, std::string_view nonce) {
  crypto::RunningHash hash{crypto::HashKind::kSha256};
  hash.add(institution);
  hash.add("\n");
  hash.add(nonce);
  const Digest digest = hash.finish();
  std::uint64_t name = 0;
  std::memcpy(&name, digest.data(), sizeof name);
  return name;
}

}  // namespace

ReplayWindow::ReplayWindow(ReplayLimits limits)
    : limits_(limits),
      institution_max_(std::max<std::size_t>(1, limits.nonces_max / 8)),
      second_max_(std::max<std::size_t>(1, limits.nonces_max / 4)),
      buckets_(static_cast<std::size_t>(2 * limits.skew.count() + 1)) {}

ReplayWindow::Verdict ReplayWindow::admit(std::string_view institution, std::string_view nonce,
                                          std::chrono::seconds timestamp,
                                          std::chrono::seconds now) {
  const std::uint64_t name = name_of(institution, nonce);
  const std::lock_guard lock{mutex_};
  forget_before((now - limits_.skew).count());
  if (timestamp.count() < oldest_ || timestamp > now + limits_.skew) return Verdict::kFull;
  if (table_.contains(name)) return Verdict::kSeen;
  std::size_t& held = held_[std::string{institution}];
  if (table_.size() >= limits_.nonces_max || held >= institution_max_ ||
      bucket_of(timestamp.count()).size() >= second_max_)
    return Verdict::kFull;
  if (log_ && !log_->append(name, timestamp, now)) return Verdict::kFull;
  remember(name, timestamp.count(), held);
  return Verdict::kFresh;
}

Status<std::string> ReplayWindow::keep_in(const std::string& folder, std::chrono::seconds now) {
  const std::lock_guard lock{mutex_};
  forget_before((now - limits_.skew).count());
  log_.emplace(folder, 2 * limits_.skew + std::chrono::seconds{1});
  return log_->open([&](std::uint64_t name, std::chrono::seconds timestamp) {
    const bool matters = timestamp.count() >= oldest_ && timestamp <= now + limits_.skew;
    if (matters && !table_.contains(name)) remember(name, timestamp.count(), held_[""]);
  });
}

void ReplayWindow::remember(std::uint64_t name, std::int64_t second, std::size_t& held) {
  table_.insert(name);
  bucket_of(second).push_back({name, &held});
  ++held;
}

void ReplayWindow::forget_before(std::int64_t second) {
  const auto all = static_cast<std::int64_t>(buckets_.size());
  for (std::int64_t passed = std::max(oldest_, second - all); passed < second; ++passed) {
    Bucket& bucket = bucket_of(passed);
    for (const Entry& entry : bucket) {
      table_.erase(entry.hash);
      --*entry.held;
    }
    Bucket{}.swap(bucket);
  }
  oldest_ = std::max(oldest_, second);
}

ReplayWindow::Bucket& ReplayWindow::bucket_of(std::int64_t second) {
  return buckets_[static_cast<std::size_t>(second) % buckets_.size()];
}

std::size_t ReplayWindow::size() const {
  const std::lock_guard lock{mutex_};
  return table_.size();
}

std::size_t ReplayWindow::bytes() const {
  const std::lock_guard lock{mutex_};
  std::size_t entries = 0;
  for (const Bucket& bucket : buckets_) entries += bucket.capacity();
  return entries * sizeof(Entry) + table_.bytes();
}

}  // namespace gongji::gateway::auth
