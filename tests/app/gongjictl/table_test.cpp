#include "app/gongjictl/table.hpp"

#include <gtest/gtest.h>

namespace gongji::ctl {
namespace {

TEST(Table, aligns_columns_also_with_chinese_names) {
  Table table{{"name", "yuan"}};
  table.right_align(1);
  table.add({"张三", "5.00"});
  table.add({"Li", "1000.00"});
  EXPECT_EQ(table.text(),
            "name     yuan\n"
            "张三     5.00\n"
            "Li    1000.00\n");
}

TEST(Table, has_no_header_when_nothing_is_named) {
  Table table{{"", ""}};
  table.add({"a", "b"});
  EXPECT_EQ(table.text(), "a  b\n");
}

TEST(DisplayWidth, counts_terminal_columns) {
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("张三"), 4u);
  EXPECT_EQ(display_width("é…"), 2u);
}

}  // namespace
}  // namespace gongji::ctl
