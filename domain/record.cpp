#include "domain/record.hpp"

#include <algorithm>

#include "domain/evolve.hpp"

namespace gongji {
namespace {

struct Touched {
  std::vector<PersonId>& ids;

  void add(const PersonId& id) const {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  void add(const std::vector<Leg>& legs) const {
    for (const Leg& leg : legs) add(leg.owner);
  }
  void operator()(const Settled& e) const {
    add(e.patient);
    add(e.own);
    add(e.family);
  }
  void operator()(const SettlementReversed& e) const {
    add(e.patient);
    add(e.returned);
  }
  void operator()(const SettlementReapplied& e) const {
    add(e.patient);
    add(e.taken);
  }
  void operator()(const PersonEnrolled& e) const { add(e.person.id); }
  void operator()(const PersonDetailsChanged&) const {}
  void operator()(const NetworkFormed&) const {}
  void operator()(const ModesConfirmed&) const {}
  void operator()(const MemberBound&) const {}
  void operator()(const MemberUnbound&) const {}
  void operator()(const NetworkDisbanded&) const {}
  void operator()(const HouseholdDeparted&) const {}
  void operator()(const ContentsArrived& e) const {
    for (const Person& person : e.contents.persons) add(person.id);
  }
  void operator()(const RelationCorrected&) const {}
  void operator()(const AccountCredited& e) const { add(e.person); }
  void operator()(const AccountDebited& e) const { add(e.person); }
  void operator()(const YearRolled& e) const { add(e.person); }
  void operator()(const AccountTransferredOut& e) const { add(e.person); }
  void operator()(const ContributionOrdered& e) const { add(e.order.legs); }
  void operator()(const ContributionAnswered&) const {}
  void operator()(const ContributionInsured&) const {}
  void operator()(const ContributionReversed& e) const { add(e.returned); }
  void operator()(const ReviewMarked&) const {}
};

std::string where(const JournalRecord& record) {
  return "record " + std::to_string(record.sequence.number()) + ": ";
}

}  // namespace

const SettleCommand* JournalRecord::settle_command() const {
  if (const auto* refund = std::get_if<PartialRefundCommand>(&command)) return &refund->smaller;
  return std::get_if<SettleCommand>(&command);
}

std::vector<BalanceAfter> balances_touched(const Household& state, const Events& events) {
  std::vector<PersonId> ids;
  for (const Event& event : events) std::visit(Touched{ids}, event);
  std::vector<BalanceAfter> balances;
  balances.reserve(ids.size());
  for (const PersonId& id : ids)
    if (const Person* person = state.find(id))
      balances.push_back({id, person->current_year, person->carryover});
  return balances;
}

Result<HouseholdImage, std::string> fold(HouseholdImage image, const JournalRecord& record) {
  if (record.previous != image.last_sequence)
    return where(record) + "follows " + std::to_string(record.previous.number()) +
           " but its household stands at " + std::to_string(image.last_sequence.number());
  if (record.at < image.last_at) return where(record) + "goes back in time";
  image.state.id = record.household;
  if (const auto* events = std::get_if<Events>(&record.outcome)) {
    image.state = evolve(std::move(image.state), *events);
    if (balances_touched(image.state, *events) != record.balances)
      return where(record) + "claims balances its events do not give";
  }
  image.last_sequence = record.sequence;
  image.last_at = record.at;
  return image;
}

}  // namespace gongji
