#include "app/gongjictl/progress.hpp"

#include <gtest/gtest.h>

namespace gongji::ctl {
namespace {

struct Row {
  const char* about;
  std::uint64_t found_done, done, total;
  double seconds;
  const char* shown;
};

TEST(Progress, WhatWasDoneBeforeWeCameIsNoMeasureOfTheSpeed) {
  for (const Row& row : {
           Row{"from the start", 0, 250, 1000, 2.5,
               "[======>                 ] 25 %  250 accounts  100/s  8 s left"},
           Row{"joined half way", 500, 600, 1000, 10,
               "[==============>         ] 60 %  600 accounts  10/s  40 s left"},
           Row{"nothing happened yet", 500, 500, 1000, 10,
               "[============>           ] 50 %  500 accounts  0/s"},
           Row{"started again by somebody else", 500, 100, 1000, 10,
               "[==>                     ] 10 %  100 accounts  0/s"},
           Row{"more than was estimated", 0, 1100, 1000, 10,
               "[========================] 100 %  1,000 accounts  100/s"},
           Row{"nobody knows how many", 0, 5, 0, 1, "5 accounts  5/s"},
       })
    EXPECT_EQ(progress_text_since(row.found_done, row.done, row.total, "accounts",
                                  std::chrono::duration<double>{row.seconds}),
              row.shown)
        << row.about;
}

}  // namespace
}  // namespace gongji::ctl
