#include "gateway/wire/settlement_figures.hpp"

namespace gongji::gateway::wire {

Figures figures_of(const BillParts& parts, const Split& split, bool includes_mulaid) {
  const Fen own = split.own + parts.current_year_taken;
  Figures figures;
  figures.total = parts.medfee_sum;
  figures.full_own_pay = parts.full_own_pay;
  figures.over_limit = parts.over_limit;
  figures.pay_first = parts.pay_first;
  figures.in_scope = parts.in_scope.value_or(parts.medfee_sum - parts.full_own_pay -
                                             parts.over_limit - parts.pay_first);
  figures.pooled = parts.fund_pay_sum;
  figures.person = parts.person_part();
  figures.hospital = parts.hospital_part;
  figures.account = includes_mulaid ? own + split.family : own;
  figures.family = split.family;
  figures.cash = figures.person - own - split.family;  // the cash of the bill and all outside it
  figures.accounts_total = own + split.family;
  return figures;
}

Figures negated(const Figures& figures) {
  return {-figures.total,    -figures.full_own_pay, -figures.over_limit, -figures.pay_first,
          -figures.in_scope, -figures.pooled,       -figures.person,     -figures.hospital,
          -figures.account,  -figures.family,       -figures.cash,       -figures.accounts_total};
}

// A profile never changes once it is used, so a repeated answer finds the same switch. One that is
// gone leaves the interface's own reading: included.
bool acct_pay_includes_mulaid(const ProfileBook& profiles, const ProfileRef& profile) {
  const Profile* found = profiles.by_id(profile.id);
  return found == nullptr || found->acct_pay_includes_mulaid;
}

}  // namespace gongji::gateway::wire
