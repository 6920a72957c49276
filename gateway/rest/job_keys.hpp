// The idempotency keys of requests that start a job instead of leaving a record: they are known
// while the process runs, as the job itself is. Any thread.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace gongji::gateway::rest {

class JobKeys {
 public:
  // What was asked under this key first; nothing when it is new, and then `canonical` is kept.
  std::optional<std::string> first_request(const std::string& key, const std::string& canonical);

 private:
  std::mutex mutex_;
  std::map<std::string, std::string> requests_;
};

}  // namespace gongji::gateway::rest
