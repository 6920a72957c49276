#include "gateway/rest/running_keys.hpp"

namespace gongji::gateway::rest {

std::unique_ptr<RunningKeys::Hold> RunningKeys::take(const std::string& key) {
  const std::lock_guard lock{mutex_};
  if (!keys_.insert(key).second) return nullptr;
  return std::make_unique<Hold>(*this, key);
}

void RunningKeys::release(const std::string& key) {
  const std::lock_guard lock{mutex_};
  keys_.erase(key);
}

}  // namespace gongji::gateway::rest
