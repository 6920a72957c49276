// A gateway of a few lines for tests: listens on loopback for HTTP or frames and answers
// settlements, 2602, premiums, balances, imports and a roll from a small book. Faults are switched
// on one by one.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "domain/money.hpp"
#include "loadtest/client/address.hpp"

namespace gongji::loadtest {

// What the fake does wrong.
enum class Fault {
  kNone,
  kForgetsOne,          // the third settlement is answered and not kept
  kOtherSetlId,         // 2602 names another setl_id for the third settlement
  kSameSetlIdTwice,     // the third settlement is answered with the second one's setl_id
  kTakesTooMuch,        // the third settlement takes one fen more than it says
  kClosesOnce,          // the connection is closed instead of the third answer, which is applied
  kDecidesLate,         // as kClosesOnce; 2602 says in_flight for it twice before it knows
  kBusyOnce,            // the third settlement is refused with E_BUSY
  kForgetsPremium,      // the third premium is answered and not kept
  kOverchargesPremium,  // the third premium takes one fen more than it says
  kClosesOnPremium,     // the connection is closed instead of the third premium's answer
  kRollStops,           // the roll ends before it went through all accounts
  kRollRefusesOne,      // the roll cannot roll one of them
  kRollForgetsOne,      // the roll went through all and did nothing with one of them
};

struct FakeRequest {
  std::string method, target, body;
  std::string key = {};  // Idempotency-Key
};
struct FakeReply {
  std::string body;
  unsigned status = 200;
  bool close = false;  // the connection, instead of answering
};

class FakeGateway {
 public:
  enum class Speaks { kHttp, kFrames };

  FakeGateway(Speaks speaks, Fault fault = Fault::kNone);
  ~FakeGateway();
  FakeGateway(const FakeGateway&) = delete;
  FakeGateway& operator=(const FakeGateway&) = delete;

  [[nodiscard]] Address address() const;
  [[nodiscard]] std::uint64_t settlements() const { return settlements_; }
  [[nodiscard]] std::vector<std::string> imported_lines() const;
  // Frames only: answers to one read are sent in reverse order.
  void reverse_answers(bool reverse) { reverse_ = reverse; }

  [[nodiscard]] FakeReply answer(const FakeRequest& request);

 private:
  struct Settlement {
    std::string setl_id;
    Fen account_pay;
  };
  struct Session;

  void accept();
  std::string settle(const std::string& msgid, const std::string& person, Fen amount, bool& close);
  std::string message_query(const std::string& original);
  FakeReply premium(const FakeRequest& request);
  FakeReply roll(const FakeRequest& request);
  std::string balance_of(const std::string& person) const;

  Speaks speaks_;
  Fault fault_;
  boost::asio::io_context loop_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::atomic<std::uint64_t> settlements_ = 0;
  std::atomic<bool> reverse_ = false;
  mutable std::mutex mutex_;
  std::map<std::string, Settlement> by_msgid_;
  std::map<std::string, Fen> taken_;  // by payer
  std::vector<std::string> imported_;
  std::map<std::string, FakeReply> premiums_;  // by key
  unsigned premiums_asked_ = 0;
  std::uint64_t accounts_rolled_ = 0;
  std::string last_setl_id_;
  std::string late_msgid_;
  unsigned late_answers_ = 2;
  std::thread thread_;
};

}  // namespace gongji::loadtest
