#include "domain/decide.hpp"

#include "domain/transactions/accounts.hpp"
#include "domain/transactions/contribute.hpp"
#include "domain/transactions/membership.hpp"
#include "domain/transactions/persons.hpp"
#include "domain/transactions/reverse.hpp"
#include "domain/transactions/reviews.hpp"
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
  Decision operator()(const EnrolCommand& c) const { return decide_enrol(household, c, context); }
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
  Decision operator()(const CorrectRelationCommand& c) const {
    return decide_correct_relation(household, c, context);
  }
  Decision operator()(const RebindCommand& c) const { return decide_rebind(household, c, context); }
  Decision operator()(const ChangePersonCommand& c) const {
    return decide_change_person(household, c);
  }
  Decision operator()(const CreditCommand& c) const { return decide_credit(household, c, context); }
  Decision operator()(const DebitCommand& c) const { return decide_debit(household, c); }
  Decision operator()(const RollYearCommand& c) const { return decide_roll(household, c, context); }
  Decision operator()(const TransferOutCommand& c) const {
    return decide_transfer_out(household, c);
  }
  Decision operator()(const ContributeCommand& c) const {
    return decide_contribute(household, c, context);
  }
  Decision operator()(const AnswerTaxCommand& c) const {
    return decide_answer_tax(household, c, context);
  }
  Decision operator()(const AnswerInsurerCommand& c) const {
    return decide_answer_insurer(household, c, context);
  }
  Decision operator()(const PartialRefundCommand& c) const {
    return decide_partial_refund(household, c, context);
  }
  Decision operator()(const ReviewCommand& c) const { return decide_review(household, c); }
  Decision operator()(const ViewAccountCommand& c) const { return decide_view(household, c); }
  Decision operator()(const RecordVisitCommand&) const { return Events{}; }  // likewise
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
  PersonId operator()(const UnbindCommand& c) const {
    return c.organiser.empty() ? c.member : c.organiser;
  }
  PersonId operator()(const DisbandCommand& c) const { return c.organiser; }
  PersonId operator()(const DepartCommand&) const { return {}; }
  PersonId operator()(const ArriveCommand&) const { return {}; }
  PersonId operator()(const CorrectRelationCommand& c) const { return c.organiser; }
  PersonId operator()(const RebindCommand& c) const { return c.organiser; }
  PersonId operator()(const ChangePersonCommand& c) const { return c.person; }
  PersonId operator()(const CreditCommand& c) const { return c.person; }
  PersonId operator()(const DebitCommand& c) const { return c.person; }
  PersonId operator()(const RollYearCommand& c) const { return c.person; }
  PersonId operator()(const TransferOutCommand& c) const { return c.person; }
  PersonId operator()(const ContributeCommand& c) const {
    return c.ordered_by.empty() ? c.person : c.ordered_by;
  }
  PersonId operator()(const AnswerTaxCommand& c) const { return c.payer; }
  PersonId operator()(const AnswerInsurerCommand& c) const { return c.payer; }
  PersonId operator()(const PartialRefundCommand& c) const { return c.smaller.patient; }
  PersonId operator()(const ReviewCommand& c) const { return c.review.person; }
  PersonId operator()(const ViewAccountCommand& c) const { return c.person; }
  PersonId operator()(const RecordVisitCommand& c) const { return c.patient; }
};

}  // namespace

Decision decide(const Household& household, const Command& command, const Context& context) {
  return std::visit(Decide{household, context}, command);
}

PersonId subject_of(const Command& command) { return std::visit(Subject{}, command); }

PersonId keeper_of(const JournalRecord& record) {
  const auto* ordered = record.event<ContributionOrdered>();
  return ordered != nullptr ? ordered->order.payer : subject_of(record.command);
}

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
