// Commands: what the outside asks for, already valid in form (a parsed command names existing
// fields and whole fen; whether it may happen is decided by domain/decide.hpp). Imperative names.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/household.hpp"
#include "domain/ids.hpp"
#include "domain/money.hpp"
#include "domain/person.hpp"
#include "domain/profile.hpp"

namespace gongji {

// Where care is given, as the institution register says.
struct Place {
  InstitutionCode institution;
  std::string area;  // "310101"
  Channel channel = Channel::kHospital;
  bool designated = true;
  bool operator==(const Place&) const = default;
};

// The patient's proof of identity (SH-31, SX-22). 01 is a token verified elsewhere.
struct Certificate {
  std::string type;    // mdtrt_cert_type: 01, 02, 03
  std::string number;  // mdtrt_cert_no
  bool operator==(const Certificate&) const = default;
};

// A fully own-pay part of one line; the family fund may pay it when its code is on the profile's
// dated list (SH-30).
struct OwnPayLine {
  std::string med_list_codg;
  Fen amount;
  bool operator==(const OwnPayLine&) const = default;
};

// The core system's figures, taken as given (SH-32: nothing is reimbursed here).
struct BillParts {
  Fen medfee_sum;               // medfee_sumamt: the total
  Fen fund_pay_sum;             // fund_pay_sumamt: pooled part
  Fen hospital_part;            // hosp_part_amt
  Fen full_own_pay;             // fulamt_ownpay_amt
  Fen over_limit;               // overlmt_selfpay
  Fen pay_first;                // preselfpay_amt
  std::optional<Fen> in_scope;  // inscp_scp_amt; nothing = the remainder of the total
  Fen current_year_taken;       // cur_acct_pay (ours): debits current_year
  std::vector<OwnPayLine> own_pay_lines;

  [[nodiscard]] Fen person_part() const { return medfee_sum - fund_pay_sum - hospital_part; }
  bool operator==(const BillParts&) const = default;
};

// How a bill is divided; own + family + cash = bill, every part >= 0 (GX-01).
struct Split {
  Fen own;
  Fen family;
  Fen cash;
  [[nodiscard]] Fen sum() const { return own + family + cash; }
  bool operator==(const Split&) const = default;
};

// 2102, 2207, 2304 and their quotes.
struct SettleCommand {
  PersonId patient;
  Certificate certificate;
  Place place;
  std::string med_type;
  std::string visit_id;  // mdtrt_id as sent; "" = we issue one
  BillParts parts;
  bool use_account = true;      // acct_used_flag
  bool use_family = true;       // GX-10
  std::optional<Split> quoted;  // from quote_id (GX-03)
  bool operator==(const SettleCommand&) const = default;
};

// 2103, 2208, 2305 (kCancel) and 2601 (kUndo) of a settlement.
struct ReverseCommand {
  PersonId patient;
  Sequence original;  // the settlement's record
  ReversalKind kind = ReversalKind::kCancel;
  bool operator==(const ReverseCommand&) const = default;
};

// 2601 of a cancel: the settlement stands again if it is still payable as it was (GX-14).
struct ReapplyCommand {
  PersonId patient;
  Sequence original;
  Sequence cancel;
  bool operator==(const ReapplyCommand&) const = default;
};

// 2601 of a message never seen: the late original will be refused. Belongs to no household.
struct TombstoneCommand {
  MessageKey original;
  bool operator==(const TombstoneCommand&) const = default;
};

// A person enters the books with opening balances, or (known already) gets new details; an import
// repeated under another batch never resets a balance.
struct EnrolCommand {
  Person person;
  bool operator==(const EnrolCommand&) const = default;
};

struct NewMember {
  PersonId id;
  Relation relation = Relation::kOther;
  std::optional<Fen> quota;
  DateWindow window;
  std::vector<Mode> modes = {};  // what he may use; empty = all the network has on
  bool operator==(const NewMember&) const = default;
};

// Forms a network, all or nothing; modes given here count as confirmed.
struct FormNetworkCommand {
  PersonId organiser;
  std::string family;
  std::vector<Mode> modes;
  std::vector<NewMember> members;
  bool operator==(const FormNetworkCommand&) const = default;
};

// Binds one member; forms the authoriser's network when there is none (imported links).
struct BindCommand {
  PersonId organiser;
  std::string family;
  NewMember member;
  bool operator==(const BindCommand&) const = default;
};

struct ConfirmModesCommand {
  PersonId organiser;
  std::vector<Mode> modes;
  bool operator==(const ConfirmModesCommand&) const = default;
};

// Closes one link: by the organiser, or by the member himself (leave; without an organiser he
// leaves every network he belongs to).
struct UnbindCommand {
  PersonId organiser;
  PersonId member;
  bool by_member = false;
  bool operator==(const UnbindCommand&) const = default;
};

struct DisbandCommand {
  PersonId organiser;
  bool operator==(const DisbandCommand&) const = default;
};

// SH-15: the organiser corrects what he declared; quota and window need a rebind (SX-11).
struct CorrectRelationCommand {
  PersonId organiser;
  PersonId member;
  Relation relation = Relation::kOther;
  bool operator==(const CorrectRelationCommand&) const = default;
};

// Unbind and bind in one step, all or nothing (SX-11).
struct RebindCommand {
  PersonId organiser;
  NewMember member;
  bool operator==(const RebindCommand&) const = default;
};

// What the core system or the agency says changed; nothing = as it was.
struct PersonPatch {
  std::optional<InsuredStatus> status;
  std::optional<std::string> area;
  std::optional<bool> duplicate_insurance;
  std::optional<MainAccount> main_account;
  std::optional<bool> duplicate_attempts_exceeded;
  std::optional<AccountState> account_state;
  std::optional<std::string> special_group;
  bool operator==(const PersonPatch&) const = default;
};
struct ChangePersonCommand {
  PersonId person;
  PersonPatch patch;
  bool operator==(const ChangePersonCommand&) const = default;
};

struct CreditCommand {
  PersonId person;
  Bucket bucket = Bucket::kCarryover;
  Fen amount;
  std::string reason;
  bool operator==(const CreditCommand&) const = default;
};

// Never below zero: what is not there is refused.
struct DebitCommand {
  PersonId person;
  Bucket bucket = Bucket::kCarryover;
  Fen amount;
  std::string reason;
  bool operator==(const DebitCommand&) const = default;
};

// SH-36: the year-end roll of one account.
struct RollYearCommand {
  PersonId person;
  int year = 0;
  Fen interest;
  bool operator==(const RollYearCommand&) const = default;
};

// SH-33: the account closes and its money leaves; `reason` is TRANSFER or INHERITANCE.
struct TransferOutCommand {
  PersonId person;
  std::string reason;
  bool operator==(const TransferOutCommand&) const = default;
};

// A premium or commercial product for `person` (SH-26, SX-27). Decided in the household of who
// orders, or of the person when nobody is named (the core system orders for him).
struct ContributeCommand {
  PersonId person;
  PersonId ordered_by;  // the acting person
  std::string purpose;
  std::string product;
  int year = 0;
  bool operator==(const ContributeCommand&) const = default;
};

// The tax side's word on the pending order of record `contribution` (SX-33).
struct AnswerTaxCommand {
  PersonId payer;
  Sequence contribution;
  bool accepted = true;
  std::string detail;
  bool operator==(const AnswerTaxCommand&) const = default;
};

// The insurer's word on a paid product; a refusal gives the money back (SH-26).
struct AnswerInsurerCommand {
  PersonId payer;
  Sequence contribution;
  bool accepted = true;
  std::string detail;
  bool operator==(const AnswerInsurerCommand&) const = default;
};

// GX-07: reverse all, settle the smaller bill, as one atomic pair. `smaller` is the original
// settlement's command with the parts that remain.
struct PartialRefundCommand {
  Sequence original;
  SettleCommand smaller;
  bool operator==(const PartialRefundCommand&) const = default;
};

// SH-34. Names a settlement or a link.
struct ReviewCommand {
  Review review;
  bool under_review = true;
  bool operator==(const ReviewCommand&) const = default;
};

// SH-37: a clerk looks at the account on the holder's behalf. Changes nothing; that he looked is
// journaled.
struct ViewAccountCommand {
  PersonId person;
  bool operator==(const ViewAccountCommand&) const = default;
};

// 2201 … 2205: what is said of a visit before it is settled. Moves nothing and belongs to no
// household; what was said stays in the origin's business input, for auditors.
enum class VisitStep : std::uint8_t {
  kRegister = 1,  // 2201: a number for the visit, which is the record's own
  kWithdraw = 2,  // 2202
  kDescribe = 3,  // 2203: the visit and its diagnoses
  kAddFees = 4,   // 2204
  kDropFees = 5,  // 2205
};
struct RecordVisitCommand {
  VisitStep step = VisitStep::kRegister;
  PersonId patient;
  std::string visit_id;  // mdtrt_id as sent; "" when the step asks for one
  std::string area;      // of the institution
  bool operator==(const RecordVisitCommand&) const = default;
};

// Step one of a move: these persons (nobody named: all) leave with everything that is theirs.
struct DepartCommand {
  HouseholdId to;
  std::vector<PersonId> persons = {};
  bool operator==(const DepartCommand&) const = default;
};

// Step two: `contents` (as it stood when it departed) joins this household.
struct ArriveCommand {
  Household contents;
  Sequence departed = {};
  bool operator==(const ArriveCommand&) const = default;
};

using Command =
    std::variant<SettleCommand, ReverseCommand, ReapplyCommand, TombstoneCommand, EnrolCommand,
                 FormNetworkCommand, BindCommand, ConfirmModesCommand, UnbindCommand,
                 DisbandCommand, DepartCommand, ArriveCommand, CorrectRelationCommand,
                 RebindCommand, ChangePersonCommand, CreditCommand, DebitCommand, RollYearCommand,
                 TransferOutCommand, ContributeCommand, AnswerTaxCommand, AnswerInsurerCommand,
                 PartialRefundCommand, ReviewCommand, ViewAccountCommand, RecordVisitCommand>;

}  // namespace gongji
