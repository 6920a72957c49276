#include "loadtest/premium.hpp"

namespace gongji::loadtest {

void PremiumOrders::write(OutgoingMessage& message, std::string_view key, PersonRef child) {
  headers_ = "Authorization: Bearer " + token_ +
             "\r\nContent-Type: application/json\r\nX-Operator: gongji-load\r\nX-Channel: core"
             "\r\nIdempotency-Key: ";
  headers_.append(key).append("\r\n");
  message.target = "/v1/contributions";
  message.headers = headers_;
  message.body += R"({"psn_no":")" + person_number(child) +
                  R"(","purpose":"RESIDENT_PREMIUM","year":)" + std::to_string(year_) + "}";
}

AnswerFacts read_premium_answer(const IncomingAnswer& answer) {
  if (answer.http_status == 429 || answer.http_status == 503) return {AnswerClass::kBusy, "E_BUSY"};
  if (answer.http_status == 201) return {AnswerClass::kApplied, {}};
  const std::string_view code = find_text(answer.body, "\"code\"");
  const bool refused = answer.http_status >= 400 && answer.http_status < 500;
  return {refused ? AnswerClass::kRefused : AnswerClass::kUnknown, code};
}

std::optional<PremiumPaid> premium_in(std::string_view body) {
  const std::string_view id = find_text(body, "\"id\"");
  const auto amount = find_amount(body, "\"amount\"");
  const bool paid = find_text(body, "\"status\"") == "paid";
  if (id.empty() || !amount || !paid) return std::nullopt;
  return PremiumPaid{id, *amount};
}

}  // namespace gongji::loadtest
