// A resident's premium of one year, ordered through /v1 by the core system: how it is asked and
// what the answer says. Asked again under the same key it is answered the same and paid once, so
// the audit asks again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/money.hpp"
#include "loadtest/answer.hpp"
#include "loadtest/population.hpp"
#include "loadtest/traffic.hpp"

namespace gongji::loadtest {

class PremiumOrders {
 public:
  // `token`: an agency's.
  PremiumOrders(std::string token, int year) : token_(std::move(token)), year_(year) {}

  // The message lives until the next call.
  void write(OutgoingMessage& message, std::string_view key, PersonRef child);

 private:
  std::string token_;
  int year_;
  std::string headers_;
};

AnswerFacts read_premium_answer(const IncomingAnswer& answer);

struct PremiumPaid {
  std::string_view id;  // of the contribution
  Fen amount;
};
// Of an answer that says it was applied; nothing when it does not say what it did.
std::optional<PremiumPaid> premium_in(std::string_view body);

}  // namespace gongji::loadtest
