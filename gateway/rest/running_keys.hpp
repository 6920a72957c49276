// The idempotency keys whose first request has no answer yet: a second request with such a key is
// told to wait (409) instead of queueing behind the first. Any thread.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

namespace gongji::gateway::rest {

class RunningKeys {
 public:
  // Held while the request runs; gives the key back when it is destroyed.
  class Hold {
   public:
    Hold(RunningKeys& keys, std::string key) : keys_(keys), key_(std::move(key)) {}
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    ~Hold() { keys_.release(key_); }

   private:
    RunningKeys& keys_;
    const std::string key_;
  };

  // Null when the key is running already. The holds must not outlive this object.
  [[nodiscard]] std::unique_ptr<Hold> take(const std::string& key);

 private:
  void release(const std::string& key);

  std::mutex mutex_;
  std::unordered_set<std::string> keys_;
};

}  // namespace gongji::gateway::rest
