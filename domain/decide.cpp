#include "domain/decide.hpp"

#include "domain/transactions/membership.hpp"
#include "domain/transactions/persons.hpp"
#include "domain/transactions/reverse.hpp"
#include "domain/transactions/settle.hpp"

namespace gongji {
namespace {

struct Decide {
  const Household& household;
  const Context& context;

  Decision operator()(const SettleCommand& c) const { return decide_settle(household, c, context); }
  Decision operator()(const ReverseCommand& c) const {
    return decide_reverse(household, c, context);
  }
  Decision operator()(const ReapplyCommand& c) const {
    return decide_reapply(household, c, context);
  }
  Decision operator()(const TombstoneCommand&) const { return Events{}; }  // the record is all
  Decision operator()(const EnrolCommand& c) const { return decide_enrol(household, c); }
  Decision operator()(const FormNetworkCommand& c) const {
    return decide_form_network(household, c, context);
  }
  Decision operator()(const BindCommand& c) const { return decide_bind(household, c, context); }
  Decision operator()(const ConfirmModesCommand& c) const {
    return decide_confirm_modes(household, c, context);
  }
  Decision operator()(const UnbindCommand& c) const { return decide_unbind(household, c, context); }
  Decision operator()(const DisbandCommand& c) const { return decide_disband(household, c); }
  Decision operator()(const DepartCommand& c) const { return decide_depart(household, c); }
  Decision operator()(const ArriveCommand& c) const { return decide_arrive(household, c); }
};

struct Subject {
  PersonId operator()(const SettleCommand& c) const { return c.patient; }
  PersonId operator()(const ReverseCommand& c) const { return c.patient; }
  PersonId operator()(const ReapplyCommand& c) const { return c.patient; }
  PersonId operator()(const TombstoneCommand&) const { return {}; }
  PersonId operator()(const EnrolCommand& c) const { return c.person.id; }
  PersonId operator()(const FormNetworkCommand& c) const { return c.organiser; }
  PersonId operator()(const BindCommand& c) const { return c.organiser; }
  PersonId operator()(const ConfirmModesCommand& c) const { return c.organiser; }
  PersonId operator()(const UnbindCommand& c) const { return c.organiser; }
  PersonId operator()(const DisbandCommand& c) const { return c.organiser; }
  PersonId operator()(const DepartCommand&) const { return {}; }
  PersonId operator()(const ArriveCommand&) const { return {}; }
};

}  // namespace

Decision decide(const Household& household, const Command& command, const Context& context) {
  return std::visit(Decide{household, context}, command);
}

PersonId subject_of(const Command& command) { return std::visit(Subject{}, command); }

const Profile& governing_profile(const Household& household, const PersonId& person,
                                 const Context& context) {
  const CivilDate day = civil_date(context.at);
  for (const FundView& fund : funds_of(household, person))
    if (fund.link->window.contains(day))
      return context.profiles.of_family(fund.network->family, day);
  if (const Network* network = household.network_of(person))
    return context.profiles.of_family(network->family, day);
  const Person* found = household.find(person);
  return context.profiles.of_area(found == nullptr ? std::string_view{} : found->card.area, day);
}

}  // namespace gongji
