// One thing that is asked, in plain numbers and words, so that the product and the reference model
// read the very same request: persons by their place in the cast, days by their distance from 1 May
// 2026, money in fen, codes as the outside writes them.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gongji::model {

using Amount = long long;  // fen

enum class Kind {
  kSettle,
  kSettleAsQuoted,  // with the split of `quoted`
  kCancel,
  kUndo,
  kReapply,
  kRefund,  // GX-07
  kForm,
  kBind,
  kRebind,
  kCorrect,
  kModes,
  kUnbind,
  kLeave,
  kDisband,
  kReport,  // the core system says what changed
  kCredit,
  kDebit,
  kRoll,
  kTransferOut,
  kContribute,
  kTax,
  kInsurer,
};
constexpr int kKinds = static_cast<int>(Kind::kInsurer) + 1;
const char* name_of(Kind kind);

// What the patient bears and how it is made up; what is not said is zero.
struct BillOf {
  Amount total = 0;
  Amount pooled = 0;
  Amount hospital = 0;
  Amount own_pay = 0;
  Amount listed = 0;  // of own_pay, on Shanghai's list
  Amount taken = 0;   // current-year money
  bool pharmacy = false;
  bool designated = true;
  std::string place;  // area code
  bool own_card = true;
  bool use_account = true;
  bool use_family = true;
};

struct Tie {
  int member = 0;
  std::string relation = "CHILD";
  std::optional<Amount> quota;
  std::optional<int> from;  // days, both included
  std::optional<int> to;
  std::vector<std::string> modes;
};

struct Split3 {
  Amount own = 0;
  Amount family = 0;
  Amount cash = 0;
};

struct Operation {
  Kind kind = Kind::kSettle;
  int day = 0;
  int who = 0;      // patient, organiser, holder, or for whom a contribution is
  int other = -1;   // member; who orders a contribution, -1 = nobody is named
  int target = -1;  // which settlement or order, in the order they were posted
  BillOf bill;
  Split3 quoted;
  std::string family;  // of a network: SH, SX
  std::vector<Tie> ties;
  std::vector<std::string> modes;
  std::string what;   // the detail reported, or the bucket
  std::string value;  // its new value
  Amount amount = 0;
  int year = 0;
  std::string purpose;
  std::string product;
  bool accepted = true;
};

// One line, for the report of a difference.
std::string text_of(const Operation& operation);

struct CastMember {
  std::string scheme;  // employee, resident, help
  std::string area;
  Amount current_year = 0;
  Amount carryover = 0;
  std::string group;      // "" = none
  int neighbourhood = 0;  // whom he may ever be bound to
};
using Cast = std::vector<CastMember>;

}  // namespace gongji::model
