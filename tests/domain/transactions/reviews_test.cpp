#include "domain/transactions/reviews.hpp"

#include <gtest/gtest.h>

#include "domain/evolve.hpp"

namespace gongji {
namespace {

const PersonId kChild{"child"};

Household home() {
  Household made;
  Person child;
  child.id = kChild;
  made.persons = {child};
  Link link;
  link.id = LinkId{5};
  link.member = kChild;
  made.networks = {{PersonId{"father"}, "SH", true, {Mode::kPay}, {link}}};
  return made;
}

TEST(Reviews, a_settlement_or_a_link_is_marked_and_the_mark_is_lifted) {
  for (const Review& review : {Review{Sequence{9}, LinkId{}, kChild, "why"},
                               Review{Sequence{}, LinkId{5}, kChild, "why"}}) {
    const Household marked = evolve(home(), *decide_review(home(), {review, true}));
    EXPECT_EQ(marked.reviews, std::vector{review});
    Review renewed = review;
    renewed.note = "another note";
    const Household again = evolve(marked, *decide_review(marked, {renewed, true}));
    EXPECT_EQ(again.reviews, std::vector{renewed}) << "one mark, the latest";
    EXPECT_EQ(evolve(again, *decide_review(again, {review, false})), home());
  }
}

TEST(Reviews, both_or_neither_or_something_unknown_is_not_found) {
  for (const Review& review :
       {Review{Sequence{9}, LinkId{5}, kChild, ""}, Review{Sequence{}, LinkId{}, kChild, ""},
        Review{Sequence{}, LinkId{6}, kChild, ""}})
    EXPECT_EQ(decide_review(home(), {review, true}).error().reason, Reason::kNotFound);
  const Review stranger{Sequence{9}, LinkId{}, PersonId{"stranger"}, ""};
  EXPECT_EQ(decide_review(home(), {stranger, true}).error().reason, Reason::kNoPerson);
}

}  // namespace
}  // namespace gongji
