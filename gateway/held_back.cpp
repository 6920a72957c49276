#include "gateway/held_back.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "gateway/connection.hpp"

namespace gongji::gateway {
namespace {

// Often enough that a share is in use most of the time, seldom enough that those who find no room
// cost a percent of a core. However many wait, each is heard within a quarter of a second.
constexpr std::chrono::milliseconds kPause{5};
constexpr std::size_t kHeardAtOnceMin = 4;
constexpr std::size_t kRoundsMax = 50;

}  // namespace

void HeldBack::add(std::weak_ptr<Connection> connection) {
  waiting_.push_back(std::move(connection));
  if (waiting_.size() == 1) arm();
}

void HeldBack::arm() {
  timer_.expires_after(kPause);
  timer_.async_wait([this](error_code cancelled) {
    if (!cancelled) hear_some();
  });
}

// Who is held back again meanwhile stands at the end, behind those of this round.
void HeldBack::hear_some() {
  const auto count =
      std::min(waiting_.size(), std::max(kHeardAtOnceMin, waiting_.size() / kRoundsMax));
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
  const std::vector<std::weak_ptr<Connection>> round{waiting_.begin(), end};
  waiting_.erase(waiting_.begin(), end);
  const bool others_wait = !waiting_.empty();
  for (const auto& each : round)
    if (const auto connection = each.lock()) connection->hear_again();
  if (others_wait) arm();
}

}  // namespace gongji::gateway
