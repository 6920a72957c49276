#include "gateway/certificate/printable.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace gongji::gateway::certificate {
namespace {

struct Cleaned {
  std::string_view raw;
  std::string_view shown;
};

TEST(Printable, ReplacesWhatIsNoCharacter) {
  using namespace std::string_view_literals;
  constexpr Cleaned kTable[] = {
      {"李小明", "李小明"},
      {"<script>&\"'", "<script>&\"'"},
      {"张　三 丰", "张　三 丰"},
      {"𠮷\xee\x80\x80", "𠮷\xee\x80\x80"},  // a rare character, a private one
      {"a\nb\tc\0d\x7f"sv, "a�b�c�d�"},      //
      {"张\xe2\x80\xae三", "张�三"},         // U+202E turns the direction
      {"张\xe2\x80\x8b三", "张�三"},         // U+200B takes no room
      {"张\xe2\x80\xa8三", "张�三"},         // U+2028 ends a line
      {"\xff\xfe", "��"},                    //
      {"\xe5\xbc", "��"},                    // the beginning of 张
      {"\xc0\xbc", "��"},                    // '<' in two bytes
      {"\xed\xa0\x80", "���"},               // half a surrogate pair
      {"\xf4\x90\x80\x80", "����"},          // beyond U+10FFFF
      {"", ""},
  };
  for (const Cleaned& row : kTable) EXPECT_EQ(printable(row.raw), row.shown) << row.raw;
}

TEST(Printable, CutsWhatNobodyWouldRead) {
  std::string name;
  for (std::size_t i = 0; i < kPrintableCharactersMax; ++i) name += "张";
  EXPECT_EQ(printable(name), name);
  EXPECT_EQ(printable(name + "三"), name + "…");
}

RC_GTEST_PROP(Printable, TwiceIsOnce, (const std::string& text)) {
  const std::string once = printable(text);
  RC_PRE(once.size() < kPrintableCharactersMax);
  RC_ASSERT(printable(once) == once);
}

}  // namespace
}  // namespace gongji::gateway::certificate
