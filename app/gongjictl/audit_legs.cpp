#include "app/gongjictl/audit_legs.hpp"

#include <algorithm>
#include <tuple>

namespace gongji::ctl {

bool same_legs(std::vector<Leg> left, std::vector<Leg> right) {
  const auto before = [](const Leg& a, const Leg& b) {
    return std::tie(a.owner, a.bucket, a.link, a.year, a.amount) <
           std::tie(b.owner, b.bucket, b.link, b.year, b.amount);
  };
  std::sort(left.begin(), left.end(), before);
  std::sort(right.begin(), right.end(), before);
  return left == right;
}

std::string wrong_return(const std::vector<Leg>& taken, const std::vector<Leg>& returned,
                         const std::vector<Leg>& suspense, const AccountCheck& accounts) {
  std::vector<Leg> due;
  std::vector<Leg> due_suspense;
  for (Leg leg : taken) {
    const AuditAccount* account = accounts.find(leg.owner);
    const int rolled = account == nullptr ? 0 : account->rolled_year;
    if (leg.bucket == Bucket::kCurrentYear && rolled >= leg.year) {
      leg.bucket = Bucket::kCarryover;
      leg.year = 0;
    }
    const bool closed = account != nullptr && account->closed;
    (closed ? due_suspense : due).push_back(std::move(leg));
  }
  std::vector<Leg> all = returned;
  all.insert(all.end(), suspense.begin(), suspense.end());
  std::vector<Leg> all_due = due;
  all_due.insert(all_due.end(), due_suspense.begin(), due_suspense.end());
  if (!same_legs(all, all_due)) return "does not give back exactly what was taken";
  if (!same_legs(suspense, due_suspense))
    return "puts money into the wrong one of account and suspense";
  return {};
}

}  // namespace gongji::ctl
