// Verifies the SM2 signatures of messages on a thread of its own, in the order they came, so that
// no loop thread waits for arithmetic. The queue is bounded: full means refused at once.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "gateway/crypto/sm2.hpp"

namespace gongji::gateway::auth {

// What waits for the verdict. Destroyed without one when the desk closes.
class SignedMessage {
 public:
  virtual ~SignedMessage() = default;
  // On the desk's thread; hands over and returns. It owns itself from here on.
  virtual void judged(std::unique_ptr<SignedMessage> self, bool good) noexcept = 0;
};

struct SignatureCheck {
  std::string public_key;  // of the register
  std::string text;
  std::string signature;
  std::unique_ptr<SignedMessage> message;
};

class SignatureDesk {
 public:
  explicit SignatureDesk(std::size_t waiting_max) : waiting_max_(waiting_max) {}
  ~SignatureDesk();  // what still waits gets no verdict
  SignatureDesk(const SignatureDesk&) = delete;
  SignatureDesk& operator=(const SignatureDesk&) = delete;

  // Any thread. True: taken. False: full, `check` is untouched.
  [[nodiscard]] bool try_take(SignatureCheck& check);

 private:
  void run();
  [[nodiscard]] std::optional<SignatureCheck> next();
  [[nodiscard]] bool is_good(const SignatureCheck& check);

  const std::size_t waiting_max_;
  std::mutex mutex_;  // of the four below
  std::condition_variable wake_;
  std::deque<SignatureCheck> waiting_;
  bool closing_ = false;
  std::thread thread_;  // starts with the first message: most registers have no SM2 key

  std::map<std::string, std::optional<crypto::Sm2PublicKey>, std::less<>> keys_;  // thread_ only
};

}  // namespace gongji::gateway::auth
