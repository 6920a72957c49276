#include "app/gongjictl/event_view.hpp"
#include "domain/reason.hpp"

namespace gongji::ctl {
namespace {

std::string number(Sequence sequence) { return std::to_string(sequence.number()); }
std::string number(OrderId order) { return std::to_string(order.number()); }

// "A", "A and B", "A and 3 others".
std::string names(const std::vector<Person>& persons) {
  if (persons.empty()) return "nobody";
  const std::string& first = persons.front().id.text();
  if (persons.size() == 1) return first;
  if (persons.size() == 2) return first + " and " + persons.back().id.text();
  return first + " and " + std::to_string(persons.size() - 1) + " others";
}

std::string into_suspense(const std::vector<Leg>& legs) {
  return legs.empty() ? "" : ", " + to_yuan_text(sum_of(legs)) + " waits for its owner";
}

std::string bucket_words(Bucket bucket) {
  return bucket == Bucket::kCurrentYear ? "current-year money" : "carry-over";
}

struct InWords {
  std::string operator()(const Settled& e) const {
    const Split split = e.split();
    std::string words = "settled " + to_yuan_text(e.bill) + " = own " + to_yuan_text(split.own) +
                        " + family " + to_yuan_text(split.family) + " + cash " +
                        to_yuan_text(split.cash);
    if (e.zero_reason != Reason::kNone) words += " (" + std::string{code(e.zero_reason)} + ")";
    if (!e.current_year_taken.is_zero())
      words += ", current-year money before it " + to_yuan_text(e.current_year_taken);
    return words;
  }
  std::string operator()(const SettlementReversed& e) const {
    return (e.kind == ReversalKind::kUndo ? "undid record " : "cancelled record ") +
           number(e.original) + ", returned " + to_yuan_text(sum_of(e.returned)) +
           into_suspense(e.suspense);
  }
  std::string operator()(const SettlementReapplied& e) const {
    return "applied record " + number(e.original) + " again, took " + to_yuan_text(sum_of(e.taken));
  }
  std::string operator()(const PersonEnrolled& e) const {
    return "enrolled " + e.person.id.text() + " with " + to_yuan_text(e.person.total());
  }
  std::string operator()(const PersonDetailsChanged& e) const {
    return "changed details of " + e.person.id.text();
  }
  std::string operator()(const NetworkFormed& e) const {
    return "formed network " + e.family + " of " + e.organiser.text();
  }
  std::string operator()(const ModesConfirmed& e) const {
    std::string words = "confirmed modes of " + e.organiser.text() + ":";
    for (const Mode mode : e.modes) words += " " + std::string{to_text(mode)};
    return words;
  }
  std::string operator()(const MemberBound& e) const {
    return "bound " + e.link.member.text() + " (" + std::string{to_text(e.link.relation)} +
           ") to " + e.organiser.text() + quota_words(e.link);
  }
  std::string operator()(const MemberUnbound& e) const {
    return "unbound link " + std::to_string(e.link.number()) + " of " + e.organiser.text();
  }
  std::string operator()(const NetworkDisbanded& e) const {
    return "disbanded network of " + e.organiser.text();
  }
  std::string operator()(const HouseholdDeparted& e) const {
    return names(e.contents.persons) + " left for household " + std::to_string(e.to.number()) +
           " with " + to_yuan_text(e.contents.total());
  }
  std::string operator()(const ContentsArrived& e) const {
    return names(e.contents.persons) + " of household " + std::to_string(e.contents.id.number()) +
           " arrived with " + to_yuan_text(e.contents.total());
  }
  std::string operator()(const RelationCorrected& e) const {
    return "corrected the relation of link " + std::to_string(e.link.number()) + " of " +
           e.organiser.text() + " to " + std::string{to_text(e.relation)};
  }
  std::string operator()(const AccountCredited& e) const {
    return "credited " + e.person.text() + " with " + to_yuan_text(e.amount) + " of " +
           bucket_words(e.bucket) + " (" + e.reason + ")";
  }
  std::string operator()(const AccountDebited& e) const {
    return "debited " + e.person.text() + " by " + to_yuan_text(e.amount) + " of " +
           bucket_words(e.bucket) + " (" + e.reason + ")";
  }
  std::string operator()(const YearRolled& e) const {
    return "rolled year " + std::to_string(e.year) + " of " + e.person.text() + ": " +
           to_yuan_text(e.moved) + " became carry-over, interest " + to_yuan_text(e.interest);
  }
  std::string operator()(const AccountTransferredOut& e) const {
    return "closed the account of " + e.person.text() + " (" + e.reason + "), " +
           to_yuan_text(e.current_year + e.carryover) + " left it";
  }
  std::string operator()(const ContributionOrdered& e) const {
    const Contribution& order = e.order;
    const std::string what = purpose_text(order) + " for " + order.person.text();
    if (order.status != ContributionStatus::kPaid)
      return "ordered " + what + " at " + to_yuan_text(order.amount) + ", waits for the tax side";
    return "paid " + to_yuan_text(order.amount) + " from " + order.payer.text() +
           "'s account: " + what + (order.own_purchase ? ", own purchase" : "") +
           (order.awaits_insurer ? ", waits for the insurer" : "");
  }
  std::string operator()(const ContributionAnswered& e) const {
    return "the tax side " + std::string{e.accepted ? "cleared" : "refused"} + " order " +
           number(e.order) + (e.detail.empty() ? "" : " (" + e.detail + ")");
  }
  std::string operator()(const ContributionInsured& e) const {
    return "the insurer took order " + number(e.order);
  }
  std::string operator()(const ContributionReversed& e) const {
    return "the insurer refused order " + number(e.order) + ", returned " +
           to_yuan_text(sum_of(e.returned)) + into_suspense(e.suspense);
  }
  std::string operator()(const ReviewMarked& e) const {
    const Review& review = e.review;
    const std::string what = review.settlement.is_none()
                                 ? "link " + std::to_string(review.link.number())
                                 : "record " + number(review.settlement);
    const std::string note = review.note.empty() ? "" : " (" + review.note + ")";
    return what + " of " + review.person.text() +
           (e.under_review ? " is under review" : " is no longer under review") + note;
  }

 private:
  static std::string quota_words(const Link& link) {
    return link.quota ? " with a quota of " + to_yuan_text(*link.quota) : "";
  }
};

}  // namespace

std::string event_text(const Event& event) { return std::visit(InWords{}, event); }

std::string purpose_text(const Contribution& order) {
  return order.purpose + (order.product.empty() ? "" : " " + order.product) + " " +
         std::to_string(order.year);
}

std::string_view to_text(ContributionStatus status) {
  switch (status) {
    case ContributionStatus::kPending: return "pending";
    case ContributionStatus::kConfirmed: return "confirmed";
    case ContributionStatus::kPaid: return "paid";
    case ContributionStatus::kRefused: return "refused";
    case ContributionStatus::kReversed: return "reversed";
  }
  return "";
}

}  // namespace gongji::ctl
