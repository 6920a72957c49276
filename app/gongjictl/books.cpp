#include "app/gongjictl/books.hpp"

#include "app/gongjictl/audit_names.hpp"
#include "app/gongjictl/strangers.hpp"

namespace gongji::ctl {

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
  if (events != nullptr) note_homes(record, *events);
  return Done{};
}

void Books::note_homes(const JournalRecord& record, const Events& events) {
  for (const Event& event : events) {
    if (const auto* enrolled = std::get_if<PersonEnrolled>(&event))
      homes_[enrolled->person.id] = record.household;
    if (const auto* arrived = std::get_if<ContentsArrived>(&event))
      for (const Person& person : arrived->contents.persons) homes_[person.id] = record.household;
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
  for (const auto& [id, image] : images_)
    for (const Contribution& order : image.state.contributions)
      if (order.status == ContributionStatus::kPaid && order.person == wanted.person &&
          order.purpose == wanted.purpose && order.product == wanted.product &&
          order.year == wanted.year)
        return true;
  return false;
}

}  // namespace gongji::ctl
