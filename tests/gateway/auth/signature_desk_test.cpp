#include "gateway/auth/signature_desk.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <vector>

namespace gongji::gateway::auth {
namespace {

// The published example of GB/T 32918.5.
constexpr const char* kPoint =
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
constexpr const char* kSignature =
    "9aA7BkjSxGMO6sUT4buBoVlE2jgn1bdBQ6x+rO7nILOxtqop3yEv2HYxgrwNQhyhu5A4/R9/QtSEC2nEhbvBqg==";

// Collects verdicts; a message named "hold" keeps the desk busy until it is let go.
class Verdicts {
 public:
  struct Told {
    int number;
    bool good;
    bool operator==(const Told&) const = default;
  };

  std::unique_ptr<SignedMessage> message(int number, bool holds = false) {
    return std::make_unique<Message>(*this, number, holds);
  }
  std::vector<Told> wait_for(std::size_t count) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return told_.size() >= count; });
    return told_;
  }
  void wait_until_held() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return held_; });
  }
  void let_go() {
    const std::lock_guard lock{mutex_};
    may_go_ = true;
    changed_.notify_all();
  }
  std::atomic<int> destroyed{0};

 private:
  class Message final : public SignedMessage {
   public:
    Message(Verdicts& verdicts, int number, bool holds)
        : verdicts_(verdicts), number_(number), holds_(holds) {}
    ~Message() override { ++verdicts_.destroyed; }
    void judged(std::unique_ptr<SignedMessage>, bool good) noexcept override {
      std::unique_lock lock{verdicts_.mutex_};
      verdicts_.told_.push_back({number_, good});
      verdicts_.held_ = verdicts_.held_ || holds_;
      verdicts_.changed_.notify_all();
      if (holds_) verdicts_.changed_.wait(lock, [this] { return verdicts_.may_go_; });
    }

   private:
    Verdicts& verdicts_;
    const int number_;
    const bool holds_;
  };

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Told> told_;
  bool held_ = false;
  bool may_go_ = false;
};

TEST(SignatureDesk, JudgesInTheOrderOfArrival) {
  Verdicts verdicts;
  SignatureDesk desk{100};
  for (int i = 0; i < 20; ++i) {
    SignatureCheck check{kPoint, i % 2 == 0 ? "message digest" : "altered", kSignature,
                         verdicts.message(i)};
    ASSERT_TRUE(desk.try_take(check));
  }
  const auto told = verdicts.wait_for(20);
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(told[static_cast<std::size_t>(i)], (Verdicts::Told{i, i % 2 == 0}));
}

TEST(SignatureDesk, AKeyThatIsNoPointVerifiesNothing) {
  Verdicts verdicts;
  SignatureDesk desk{100};
  SignatureCheck check{std::string(130, '0'), "message digest", kSignature, verdicts.message(1)};
  ASSERT_TRUE(desk.try_take(check));
  EXPECT_FALSE(verdicts.wait_for(1)[0].good);
}

TEST(SignatureDesk, FullMeansRefusedAndTheMessageComesBack) {
  Verdicts verdicts;
  SignatureDesk desk{2};
  SignatureCheck first{kPoint, "message digest", kSignature, verdicts.message(0, true)};
  ASSERT_TRUE(desk.try_take(first));
  verdicts.wait_until_held();
  for (int i = 1; i <= 2; ++i) {
    SignatureCheck check{kPoint, "message digest", kSignature, verdicts.message(i)};
    ASSERT_TRUE(desk.try_take(check)) << i;
  }
  SignatureCheck third{kPoint, "message digest", kSignature, verdicts.message(3)};
  EXPECT_FALSE(desk.try_take(third));
  EXPECT_NE(third.message, nullptr);
  verdicts.let_go();
  EXPECT_EQ(verdicts.wait_for(3).size(), 3U);
}

TEST(SignatureDesk, WhatStillWaitsWhenItClosesIsDestroyedWithoutAVerdict) {
  Verdicts verdicts;
  std::size_t told = 0;
  {
    SignatureDesk desk{10};
    SignatureCheck first{kPoint, "message digest", kSignature, verdicts.message(0, true)};
    ASSERT_TRUE(desk.try_take(first));
    verdicts.wait_until_held();
    for (int i = 1; i <= 5; ++i) {
      SignatureCheck check{kPoint, "message digest", kSignature, verdicts.message(i)};
      ASSERT_TRUE(desk.try_take(check));
    }
    std::thread closer{[&] { verdicts.let_go(); }};
    closer.join();
  }
  told = verdicts.wait_for(1).size();
  EXPECT_EQ(verdicts.destroyed, 6);
  EXPECT_GE(told, 1U);
}

}  // namespace
}  // namespace gongji::gateway::auth
