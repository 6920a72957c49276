#include "gateway/rest/line_order.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace gongji::gateway::rest {
namespace {

const PersonId kA{"A"}, kB{"B"}, kC{"C"};

TEST(LineOrder, StrangersPassEachOther) {
  LineOrder order;
  EXPECT_TRUE(order.enter(1, {kA}));
  EXPECT_TRUE(order.enter(2, {kB}));
  EXPECT_EQ(order.leave(2), std::vector<std::uint64_t>{});
  EXPECT_EQ(order.size(), 1u);
}

TEST(LineOrder, ALineWaitsForAllWhoStandBeforeItForOneOfItsPersons) {
  LineOrder order;
  EXPECT_TRUE(order.enter(1, {kA}));
  EXPECT_TRUE(order.enter(2, {kB}));
  EXPECT_FALSE(order.enter(3, {kA, kB}));
  EXPECT_FALSE(order.enter(4, {kB, kC}));
  EXPECT_EQ(order.leave(2), std::vector<std::uint64_t>{});
  EXPECT_EQ(order.leave(1), std::vector<std::uint64_t>{3});
  EXPECT_EQ(order.leave(3), std::vector<std::uint64_t>{4});
  EXPECT_EQ(order.leave(4), std::vector<std::uint64_t>{});
  EXPECT_EQ(order.size(), 0u);
}

// Whatever the lines name and in whatever order they are done: each goes once, none beside an
// earlier one that names one of its persons, and none stays behind.
RC_GTEST_PROP(LineOrder, KeepsTheOrderOfEachPersonsLinesAndForgetsNone,
              (std::vector<std::set<unsigned char>> named, std::vector<unsigned char> choices)) {
  const auto persons_of = [&](std::uint64_t line) {
    std::vector<PersonId> persons;
    for (const unsigned char person : named[line])
      persons.push_back(PersonId{std::to_string(person % 8)});
    std::sort(persons.begin(), persons.end());
    persons.erase(std::unique(persons.begin(), persons.end()), persons.end());
    return persons;
  };
  LineOrder order;
  std::vector<std::uint64_t> went;  // and not done
  std::set<std::uint64_t> present;
  const auto go = [&](std::uint64_t line) {
    for (const std::uint64_t other : present)
      for (const PersonId& person : persons_of(other))
        for (const PersonId& mine : persons_of(line)) RC_ASSERT(other >= line || mine != person);
    went.push_back(line);
  };
  for (std::uint64_t line = 0; line < named.size(); ++line) {
    const bool may_go = order.enter(line, persons_of(line));
    if (may_go) go(line);
    present.insert(line);
  }
  std::size_t done = 0;
  while (!went.empty()) {
    const std::size_t chosen = choices.empty() ? 0 : choices[done % choices.size()] % went.size();
    const std::uint64_t line = went[chosen];
    went.erase(went.begin() + static_cast<std::ptrdiff_t>(chosen));
    present.erase(line);
    for (const std::uint64_t next : order.leave(line)) go(next);
    ++done;
  }
  RC_ASSERT(done == named.size());
  RC_ASSERT(order.size() == 0u);
}

}  // namespace
}  // namespace gongji::gateway::rest
