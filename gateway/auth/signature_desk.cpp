#include "gateway/auth/signature_desk.hpp"

#include <pthread.h>

#include <utility>

namespace gongji::gateway::auth {
namespace {

// Keys are made ready once. Reloads bring new ones; the old ones go when there are this many.
constexpr std::size_t kKeysKeptMax = 4096;

}  // namespace

SignatureDesk::~SignatureDesk() {
  {
    const std::lock_guard lock{mutex_};
    closing_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

bool SignatureDesk::try_take(SignatureCheck& check) {
  const std::lock_guard lock{mutex_};
  if (closing_ || waiting_.size() >= waiting_max_) return false;
  if (!thread_.joinable()) {
    thread_ = std::thread{[this] { run(); }};
    pthread_setname_np(thread_.native_handle(), "signatures");
  }
  waiting_.push_back(std::move(check));
  wake_.notify_one();
  return true;
}

void SignatureDesk::run() {
  while (auto check = next()) {
    const bool good = is_good(*check);
    SignedMessage& message = *check->message;
    message.judged(std::move(check->message), good);
  }
}

std::optional<SignatureCheck> SignatureDesk::next() {
  std::unique_lock lock{mutex_};
  wake_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
  if (closing_) return std::nullopt;
  SignatureCheck check = std::move(waiting_.front());
  waiting_.pop_front();
  return check;
}

bool SignatureDesk::is_good(const SignatureCheck& check) {
  if (keys_.size() >= kKeysKeptMax) keys_.clear();
  auto known = keys_.find(check.public_key);
  if (known == keys_.end())
    known = keys_.emplace(check.public_key, crypto::Sm2PublicKey::from_hex(check.public_key)).first;
  return known->second && known->second->verifies(check.text, check.signature);
}

}  // namespace gongji::gateway::auth
