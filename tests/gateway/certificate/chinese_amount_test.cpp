#include "gateway/certificate/chinese_amount.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <limits>
#include <map>
#include <string_view>

namespace gongji::gateway::certificate {
namespace {

struct Amount {
  std::int64_t fen;
  std::string_view capitals;
};

TEST(ChineseAmount, ReadsAsOnACheque) {
  constexpr Amount kTable[] = {
      {0, "人民币零元整"},
      {1, "人民币壹分"},
      {10, "人民币壹角整"},
      {25, "人民币贰角伍分"},
      {100, "人民币壹元整"},
      {105, "人民币壹元零伍分"},
      {150, "人民币壹元伍角整"},
      {1'000, "人民币壹拾元整"},
      {1'100, "人民币壹拾壹元整"},
      {12'900, "人民币壹佰贰拾玖元整"},
      {32'504, "人民币叁佰贰拾伍元零肆分"},
      {38'000, "人民币叁佰捌拾元整"},
      {40'000, "人民币肆佰元整"},
      {40'100, "人民币肆佰零壹元整"},
      {100'100, "人民币壹仟零壹元整"},
      {101'000, "人民币壹仟零壹拾元整"},
      {140'950, "人民币壹仟肆佰零玖元伍角整"},
      {168'032, "人民币壹仟陆佰捌拾元叁角贰分"},
      {600'714, "人民币陆仟零柒元壹角肆分"},
      {1'000'000, "人民币壹万元整"},
      {1'000'001, "人民币壹万元零壹分"},
      {1'000'100, "人民币壹万零壹元整"},
      {1'640'902, "人民币壹万陆仟肆佰零玖元零贰分"},
      {10'700'053, "人民币壹拾万柒仟元伍角叁分"},
      {100'050'000, "人民币壹佰万零伍佰元整"},
      {10'000'000'000, "人民币壹亿元整"},
      {10'000'000'100, "人民币壹亿零壹元整"},
      {10'050'000'000, "人民币壹亿零伍拾万元整"},
      {12'345'678'901, "人民币壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分"},
      {100'000'000'000'000, "人民币壹万亿元整"},
      {100'000'001'000'000, "人民币壹万亿零壹万元整"},
      {-40'000, "人民币负肆佰元整"},
      {-5, "人民币负伍分"},
      {std::numeric_limits<std::int64_t>::max(),
       "人民币玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零柒分"},
      {std::numeric_limits<std::int64_t>::min(),
       "人民币负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分"},
  };
  for (const Amount& row : kTable)
    EXPECT_EQ(to_chinese_capitals(Fen{row.fen}), row.capitals) << row.fen;
}

// Reads capitals the way a clerk does: digits times unit, 万 and 亿 close what stands before them.
std::int64_t read_back(std::string_view text) {
  static const std::map<std::string_view, std::int64_t> kDigits{
      {"零", 0}, {"壹", 1}, {"贰", 2}, {"叁", 3}, {"肆", 4},
      {"伍", 5}, {"陆", 6}, {"柒", 7}, {"捌", 8}, {"玖", 9}};
  static const std::map<std::string_view, std::int64_t> kPlaces{
      {"拾", 10}, {"佰", 100}, {"仟", 1'000}};
  std::int64_t fen = 0, total = 0, section = 0, digit = 0;
  for (text.remove_prefix(std::string_view{"人民币"}.size()); !text.empty();
       text.remove_prefix(3)) {
    const std::string_view sign = text.substr(0, 3);
    if (kDigits.contains(sign)) {
      digit = kDigits.at(sign);
      continue;
    }
    if (kPlaces.contains(sign)) section += digit * kPlaces.at(sign);
    if (sign == "万") total += (section + digit) * 10'000, section = 0;
    if (sign == "亿") total = (total + section + digit) * 100'000'000, section = 0;
    if (sign == "元") fen = (total + section + digit) * 100;
    if (sign == "角") fen += digit * 10;
    if (sign == "分") fen += digit;
    digit = 0;
  }
  return fen;
}

RC_GTEST_PROP(ChineseAmount, AClerkReadsBackTheSameAmount, ()) {
  const auto limit = *rc::gen::element<std::int64_t>(1'000, 1'000'000, 1'000'000'000'000);
  const auto fen = *rc::gen::inRange<std::int64_t>(0, limit);
  const std::string capitals = to_chinese_capitals(Fen{fen});
  RC_ASSERT(read_back(capitals) == fen);
  RC_ASSERT(capitals.find("零零") == std::string::npos);
}

}  // namespace
}  // namespace gongji::gateway::certificate
