// Fields that take one of a few words.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "domain/person.hpp"
#include "gateway/rest/body_reader.hpp"

namespace gongji::gateway::rest {

template <class Value, std::size_t N>
using Choices = std::array<std::pair<std::string_view, Value>, N>;

inline constexpr Choices<InsuredStatus, 3> kStatuses{{{"1", InsuredStatus::kNormal},
                                                      {"2", InsuredStatus::kSuspended},
                                                      {"4", InsuredStatus::kEnded}}};
inline constexpr Choices<AccountState, 3> kAccountStates{{{"usable", AccountState::kUsable},
                                                          {"frozen", AccountState::kFrozen},
                                                          {"closed", AccountState::kClosed}}};
inline constexpr Choices<MainAccount, 3> kMainAccounts{
    {{"none", MainAccount::kNone}, {"right", MainAccount::kRight}, {"wrong", MainAccount::kWrong}}};
inline constexpr Choices<Bucket, 2> kBuckets{
    {{"current_year", Bucket::kCurrentYear}, {"carryover", Bucket::kCarryover}}};

// "usable、frozen、closed"
template <class Value, std::size_t N>
std::string words_of(const Choices<Value, N>& choices) {
  std::string words;
  for (const auto& [word, value] : choices)
    words += (words.empty() ? "" : "、") + std::string{word};
  return words;
}

template <class Value, std::size_t N>
std::string_view word_of(const Choices<Value, N>& choices, Value wanted) {
  for (const auto& [word, value] : choices)
    if (value == wanted) return word;
  return "";
}

// Nothing when the field is absent, or when its word is none of the choices: then a fault is noted.
template <class Value, std::size_t N>
std::optional<Value> choose(BodyReader& body, const json::FieldValues& values,
                            std::string_view field, const Choices<Value, N>& choices) {
  if (!values.has(field)) return std::nullopt;
  for (const auto& [word, value] : choices)
    if (word == values.text(field)) return value;
  body.fault("", field, "应为" + words_of(choices));
  return std::nullopt;
}

}  // namespace gongji::gateway::rest
