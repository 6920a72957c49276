#include "domain/transactions/reviews.hpp"

namespace gongji {

Decision decide_review(const Household& household, const ReviewCommand& command) {
  const Review& review = command.review;
  if (household.find(review.person) == nullptr)
    return Refusal{Reason::kNoPerson, review.person.text(), {}, {}};
  const bool link_known = review.link.is_none() || household.link(review.link) != nullptr;
  if (review.settlement.is_none() == review.link.is_none() || !link_known)
    return Refusal{Reason::kNotFound, "", {}, {}};
  return Events{ReviewMarked{review, command.under_review}};
}

}  // namespace gongji
