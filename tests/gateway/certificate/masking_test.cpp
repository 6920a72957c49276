#include "gateway/certificate/masking.hpp"

#include <gtest/gtest.h>

namespace gongji::gateway::certificate {
namespace {

struct Masked {
  std::string_view full;
  std::string_view shown;
};

TEST(Masking, OfANameTheFirstCharacterStays) {
  constexpr Masked kTable[] = {
      {"张三", "张*"},      {"张小明", "张*"}, {"欧阳小明", "欧*"}, {"阿卜杜热合曼·买买提", "阿*"},
      {"Anna Smith", "A*"}, {"𠮷田", "𠮷*"},   {"张", "*"},         {"", ""},
  };
  for (const Masked& row : kTable) EXPECT_EQ(mask_name(row.full), row.shown) << row.full;
}

TEST(Masking, OfANumberTheMiddleGoes) {
  constexpr Masked kTable[] = {
      {"310101199001011234", "310101********1234"},
      {"31010119900101123X", "310101********123X"},
      {"310101900101123", "310101*****1123"},
      {"E12345678", "E******78"},
      {"123456", "1***56"},
      {"12345", "*****"},
      {"1", "*"},
      {"", ""},
  };
  for (const Masked& row : kTable) EXPECT_EQ(mask_number(row.full), row.shown) << row.full;
}

}  // namespace
}  // namespace gongji::gateway::certificate
