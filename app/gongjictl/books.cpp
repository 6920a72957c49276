#include "app/gongjictl/books.hpp"

#include <algorithm>

#include "app/gongjictl/audit_names.hpp"
#include "app/gongjictl/strangers.hpp"

namespace gongji::ctl {
namespace {

bool paid_among(const std::vector<Contribution>& orders, const ContributeCommand& wanted) {
  return std::any_of(orders.begin(), orders.end(), [&](const Contribution& order) {
    return order.status == ContributionStatus::kPaid && order.person == wanted.person &&
           order.purpose == wanted.purpose && order.product == wanted.product &&
           order.year == wanted.year;
  });
}

}  // namespace

Status<std::string> Books::apply(const JournalRecord& record) {
  if (record.household.is_none()) return Done{};  // a tombstone
  HouseholdImage& image = images_[record.household];
  const auto* events = std::get_if<Events>(&record.outcome);
  if (events != nullptr)
    if (const std::string stranger = first_stranger(image.state, *events); !stranger.empty())
      return name(record) + " " + stranger;
  auto folded = fold(std::move(image), record);
  if (!folded) return "the journal contradicts itself: " + folded.error();
  image = std::move(*folded);
  if (events != nullptr) note_moves(record, *events);
  return Done{};
}

void Books::note_moves(const JournalRecord& record, const Events& events) {
  for (const Event& event : events) {
    if (const auto* enrolled = std::get_if<PersonEnrolled>(&event))
      homes_[enrolled->person.id] = record.household;
    if (const auto* departed = std::get_if<HouseholdDeparted>(&event))
      travelling_[record.sequence] = departed->contents.contributions;
    if (const auto* arrived = std::get_if<ContentsArrived>(&event)) {
      travelling_.erase(arrived->departed);
      for (const Person& person : arrived->contents.persons) homes_[person.id] = record.household;
    }
  }
}

const Household& Books::household(HouseholdId id) const {
  static const Household nobody;
  const auto found = images_.find(id);
  return found == images_.end() ? nobody : found->second.state;
}

std::optional<HouseholdId> Books::home_of(const PersonId& person) const {
  const auto found = homes_.find(person);
  if (found == homes_.end()) return {};
  return found->second;
}

bool Books::paid_anywhere(const ContributeCommand& wanted) const {
  const auto at_home = [&](const auto& each) {
    return paid_among(each.second.state.contributions, wanted);
  };
  const auto on_the_way = [&](const auto& each) { return paid_among(each.second, wanted); };
  return std::any_of(images_.begin(), images_.end(), at_home) ||
         std::any_of(travelling_.begin(), travelling_.end(), on_the_way);
}

}  // namespace gongji::ctl
