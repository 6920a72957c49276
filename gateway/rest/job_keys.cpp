#include "gateway/rest/job_keys.hpp"

namespace gongji::gateway::rest {

namespace {
constexpr std::size_t kKeysMax = 1'000;  // jobs are rare; beyond this somebody makes keys for sport
}  // namespace

std::optional<std::string> JobKeys::first_request(const std::string& key,
                                                  const std::string& canonical) {
  const std::lock_guard lock{mutex_};
  if (const auto found = requests_.find(key); found != requests_.end()) return found->second;
  if (requests_.size() >= kKeysMax) requests_.clear();
  requests_.emplace(key, canonical);
  return std::nullopt;
}

}  // namespace gongji::gateway::rest
