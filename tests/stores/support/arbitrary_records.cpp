#include "tests/stores/support/arbitrary_records.hpp"

#include "tests/stores/support/arbitrary_values.hpp"

namespace gongji::stores::testing {

// How each struct is drawn: every member by name, independent of the codec's own lists.
#define GONGJI_DRAW(Type, ...) \
  template <>                  \
  struct Any<Type> {           \
    static Type draw() {       \
      Type it;                 \
      __VA_ARGS__;             \
      return it;               \
    }                          \
  }
#define GONGJI_ENUM(Type, ...)                         \
  template <>                                          \
  struct Any<Type> {                                   \
    static Type draw() { return one_of(__VA_ARGS__); } \
  }

// clang-format off
GONGJI_ENUM(Relation, Relation::kOther, Relation::kSpouse, Relation::kParentInLaw);
GONGJI_ENUM(Scheme, Scheme::kEmployee, Scheme::kResident, Scheme::kHelpPlan);
GONGJI_ENUM(Mode, Mode::kPay, Mode::kPremium);
GONGJI_ENUM(Bucket, Bucket::kCurrentYear, Bucket::kCarryover);
GONGJI_ENUM(Channel, Channel::kHospital, Channel::kPharmacy);
GONGJI_ENUM(InsuredStatus, InsuredStatus::kNormal, InsuredStatus::kSuspended, InsuredStatus::kEnded);
GONGJI_ENUM(AccountState, AccountState::kUsable, AccountState::kFrozen, AccountState::kClosed);
GONGJI_ENUM(MainAccount, MainAccount::kNone, MainAccount::kRight, MainAccount::kWrong);
GONGJI_ENUM(ReversalKind, ReversalKind::kCancel, ReversalKind::kUndo);
GONGJI_ENUM(ContributionStatus, ContributionStatus::kPending, ContributionStatus::kPaid,
            ContributionStatus::kReversed);
GONGJI_ENUM(Reason, Reason::kNone, Reason::kQuota, Reason::kUnknownOutcome);
GONGJI_ENUM(VisitStep, VisitStep::kRegister, VisitStep::kAddFees, VisitStep::kDropFees);
GONGJI_ENUM(NextStep, NextStep::kNone, NextStep::kOrganiser, NextStep::kWait);

GONGJI_DRAW(DateWindow, fill_all(it.from, it.to));
GONGJI_DRAW(PersonCard, fill_all(it.psn_name, it.psn_cert_type, it.certno, it.card_no, it.psn_type,
                                 it.gender, it.birth_date, it.scheme, it.area));
GONGJI_DRAW(YearMoney, fill_all(it.year, it.amount));
GONGJI_DRAW(Person, fill_all(it.id, it.card, it.status, it.account_state, it.duplicate_insurance,
                             it.main_account, it.duplicate_attempts_exceeded, it.special_group,
                             it.current_year, it.carryover, it.year_money, it.rolled_year));
GONGJI_DRAW(Link, fill_all(it.id, it.member, it.relation, it.quota, it.quota_left, it.window,
                           it.bound_at, it.organiser_area, it.member_area, it.modes));
GONGJI_DRAW(Network, fill_all(it.organiser, it.family, it.modes_confirmed, it.modes, it.links));
GONGJI_DRAW(ReversalMark, fill_all(it.original, it.kind, it.patient));
GONGJI_DRAW(Leg, fill_all(it.owner, it.bucket, it.amount, it.link, it.year));
GONGJI_DRAW(Contribution, fill_all(it.id, it.person, it.payer, it.purpose, it.product, it.year,
                                   it.amount, it.status, it.own_purchase, it.awaits_insurer,
                                   it.legs));
GONGJI_DRAW(SuspenseEntry, fill_all(it.owner, it.amount, it.original, it.order));
GONGJI_DRAW(Review, fill_all(it.settlement, it.link, it.person, it.note));
GONGJI_DRAW(Household, fill_all(it.id, it.persons, it.networks, it.reversals, it.links_made,
                                it.moved_to, it.contributions, it.orders_made, it.suspense, it.reviews));
GONGJI_DRAW(HouseholdImage, fill_all(it.state, it.last_sequence, it.last_at));

GONGJI_DRAW(MessageKey, fill_all(it.institution, it.infno, it.msgid));
GONGJI_DRAW(Place, fill_all(it.institution, it.area, it.channel, it.designated));
GONGJI_DRAW(Certificate, fill_all(it.type, it.number));
GONGJI_DRAW(OwnPayLine, fill_all(it.med_list_codg, it.amount));
GONGJI_DRAW(BillParts, fill_all(it.medfee_sum, it.fund_pay_sum, it.hospital_part, it.full_own_pay,
                                it.over_limit, it.pay_first, it.in_scope, it.current_year_taken,
                                it.own_pay_lines));
GONGJI_DRAW(Split, fill_all(it.own, it.family, it.cash));
GONGJI_DRAW(NewMember, fill_all(it.id, it.relation, it.quota, it.window, it.modes));
GONGJI_DRAW(SettleCommand, fill_all(it.patient, it.certificate, it.place, it.med_type, it.visit_id,
                                    it.parts, it.use_account, it.use_family, it.quoted));
GONGJI_DRAW(ReverseCommand, fill_all(it.patient, it.original, it.kind));
GONGJI_DRAW(ReapplyCommand, fill_all(it.patient, it.original, it.cancel));
GONGJI_DRAW(TombstoneCommand, fill_all(it.original));
GONGJI_DRAW(EnrolCommand, fill_all(it.person));
GONGJI_DRAW(FormNetworkCommand, fill_all(it.organiser, it.family, it.modes, it.members));
GONGJI_DRAW(BindCommand, fill_all(it.organiser, it.family, it.member));
GONGJI_DRAW(ConfirmModesCommand, fill_all(it.organiser, it.modes));
GONGJI_DRAW(UnbindCommand, fill_all(it.organiser, it.member, it.by_member));
GONGJI_DRAW(DisbandCommand, fill_all(it.organiser));
GONGJI_DRAW(DepartCommand, fill_all(it.to, it.persons));
GONGJI_DRAW(ArriveCommand, fill_all(it.contents, it.departed));
GONGJI_DRAW(CorrectRelationCommand, fill_all(it.organiser, it.member, it.relation));
GONGJI_DRAW(RebindCommand, fill_all(it.organiser, it.member));
GONGJI_DRAW(PersonPatch, fill_all(it.status, it.area, it.duplicate_insurance, it.main_account,
                                  it.duplicate_attempts_exceeded, it.account_state,
                                  it.special_group));
GONGJI_DRAW(ChangePersonCommand, fill_all(it.person, it.patch));
GONGJI_DRAW(CreditCommand, fill_all(it.person, it.bucket, it.amount, it.reason));
GONGJI_DRAW(DebitCommand, fill_all(it.person, it.bucket, it.amount, it.reason));
GONGJI_DRAW(RollYearCommand, fill_all(it.person, it.year, it.interest));
GONGJI_DRAW(TransferOutCommand, fill_all(it.person, it.reason));
GONGJI_DRAW(ContributeCommand, fill_all(it.person, it.ordered_by, it.purpose, it.product,
                                        it.year));
GONGJI_DRAW(AnswerTaxCommand, fill_all(it.payer, it.contribution, it.accepted, it.detail));
GONGJI_DRAW(AnswerInsurerCommand, fill_all(it.payer, it.contribution, it.accepted, it.detail));
GONGJI_DRAW(PartialRefundCommand, fill_all(it.original, it.smaller));
GONGJI_DRAW(ReviewCommand, fill_all(it.review, it.under_review));
GONGJI_DRAW(ViewAccountCommand, fill_all(it.person));
GONGJI_DRAW(RecordVisitCommand, fill_all(it.step, it.patient, it.visit_id, it.area));

GONGJI_DRAW(Settled, fill_all(it.patient, it.card, it.bill, it.own, it.family, it.cash,
                              it.current_year_taken, it.zero_reason, it.counts_relief,
                              it.counts_deductible, it.taken_by_year));
GONGJI_DRAW(SettlementReversed, fill_all(it.original, it.kind, it.patient, it.returned,
                                         it.cash_back, it.suspense));
GONGJI_DRAW(SettlementReapplied, fill_all(it.original, it.cancel, it.patient, it.taken));
GONGJI_DRAW(PersonEnrolled, fill_all(it.person));
GONGJI_DRAW(PersonDetailsChanged, fill_all(it.person));
GONGJI_DRAW(NetworkFormed, fill_all(it.organiser, it.family));
GONGJI_DRAW(ModesConfirmed, fill_all(it.organiser, it.modes));
GONGJI_DRAW(MemberBound, fill_all(it.organiser, it.link));
GONGJI_DRAW(MemberUnbound, fill_all(it.organiser, it.link));
GONGJI_DRAW(NetworkDisbanded, fill_all(it.organiser));
GONGJI_DRAW(HouseholdDeparted, fill_all(it.to, it.contents));
GONGJI_DRAW(ContentsArrived, fill_all(it.contents, it.departed));
GONGJI_DRAW(RelationCorrected, fill_all(it.organiser, it.link, it.relation));
GONGJI_DRAW(AccountCredited, fill_all(it.person, it.bucket, it.amount, it.year, it.reason));
GONGJI_DRAW(AccountDebited, fill_all(it.person, it.bucket, it.amount, it.reason));
GONGJI_DRAW(YearRolled, fill_all(it.person, it.year, it.moved, it.interest));
GONGJI_DRAW(AccountTransferredOut, fill_all(it.person, it.current_year, it.carryover, it.reason));
GONGJI_DRAW(ContributionOrdered, fill_all(it.order, it.person_name, it.payer_name, it.certno,
                                          it.area));
GONGJI_DRAW(ContributionAnswered, fill_all(it.order, it.accepted, it.detail));
GONGJI_DRAW(ContributionInsured, fill_all(it.order));
GONGJI_DRAW(ContributionReversed, fill_all(it.order, it.returned, it.suspense, it.detail));
GONGJI_DRAW(ReviewMarked, fill_all(it.review, it.under_review));
GONGJI_DRAW(Refusal, fill_all(it.reason, it.detail, it.new_split, it.next_step, it.limit));

GONGJI_DRAW(Origin, fill_all(it.key, it.digest, it.business_input, it.received_at, it.channel,
                             it.operator_id, it.acting_person));
GONGJI_DRAW(BalanceAfter, fill_all(it.person, it.current_year, it.carryover));
GONGJI_DRAW(ProfileRef, fill(it.id);
            it.hash = one_of(std::string{}, std::string(64, 'a'), std::string(63, 'a'),
                             std::string(64, 'A'), any<std::string>()));
GONGJI_DRAW(JournalRecord, fill_all(it.sequence, it.epoch, it.household, it.previous, it.at,
                                    it.origin, it.keys, it.profile, it.command, it.outcome,
                                    it.balances));
// clang-format on

#undef GONGJI_DRAW
#undef GONGJI_ENUM

rc::Gen<Command> any_command(std::size_t kind) {
  return rc::gen::exec([kind] { return Any<Command>::draw_kind(kind); });
}
rc::Gen<Event> any_event(std::size_t kind) {
  return rc::gen::exec([kind] { return Any<Event>::draw_kind(kind); });
}
rc::Gen<HouseholdImage> any_image() { return rc::gen::exec(any<HouseholdImage>); }
rc::Gen<JournalRecord> any_record() { return rc::gen::exec(any<JournalRecord>); }

}  // namespace gongji::stores::testing
