// What the generator needs to know of an answer, found by looking for the few fields by name; a
// full parse would cost more than everything else it does. Works on answers of gongjid and others
// that write these fields once each.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/money.hpp"

namespace gongji::loadtest {

enum class AnswerClass : std::uint8_t { kApplied, kRefused, kBusy, kUnknown };

struct AnswerFacts {
  AnswerClass answer = AnswerClass::kUnknown;
  std::string_view code;  // "E_QUOTA" of a refusal, else ""
};

// infcode 0 is applied; -2 refused; E_BUSY (or HTTP 429, 503) busy; everything else unknown.
AnswerFacts read_answer(unsigned http_status, std::string_view body);

// The text of "name":"…", without escapes; "" when absent.
std::string_view find_text(std::string_view body, std::string_view quoted_name);
// The amount of "name":12.34; a sign is understood. Nothing when absent or not an amount.
std::optional<Fen> find_amount(std::string_view body, std::string_view quoted_name);
// "1234.5", "-0.05", "12" -> fen; nothing for anything else.
std::optional<Fen> parse_yuan(std::string_view text);

}  // namespace gongji::loadtest
