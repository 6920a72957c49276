// The amounts of an answer, computed once from the bill as sent and the split as decided, so that
// the identities of docs/wire.md hold in every answer by construction.
#pragma once

#include "domain/command.hpp"
#include "domain/event.hpp"

namespace gongji::gateway::wire {

struct Figures {
  Fen total;           // medfee_sumamt
  Fen full_own_pay;    // fulamt_ownpay_amt
  Fen over_limit;      // overlmt_selfpay
  Fen pay_first;       // preselfpay_amt
  Fen in_scope;        // inscp_scp_amt; the remainder of the total when it was not given
  Fen pooled;          // hifp_pay and fund_pay_sumamt: pooled money that is not told apart is hifp
  Fen person;          // psn_part_amt
  Fen hospital;        // hosp_part_amt
  Fen account;         // acct_pay, with or without the family's money as the profile says
  Fen family;          // acct_mulaid_pay
  Fen cash;            // psn_cash_pay
  Fen accounts_total;  // what left personal accounts, whoever owns them
};

// `includes_mulaid`: the profile's reading of acct_pay.
Figures figures_of(const BillParts& parts, const Split& split, bool includes_mulaid);
// The same with every sign turned: what a cancel answers.
Figures negated(const Figures& figures);

bool acct_pay_includes_mulaid(const ProfileBook& profiles, const ProfileRef& profile);

}  // namespace gongji::gateway::wire
