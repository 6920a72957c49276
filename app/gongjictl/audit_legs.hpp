// Audit: where money that was taken must go when it is given back, worked out from the accounts as
// they stand (GX-05, GX-08, GX-09).
#pragma once

#include <string>
#include <vector>

#include "app/gongjictl/audit_accounts.hpp"

namespace gongji::ctl {

// The same legs, in whatever order.
bool same_legs(std::vector<Leg> left, std::vector<Leg> right);

// Nothing, or what is wrong with giving `taken` back as `returned` and `suspense`: each leg to its
// own bucket, to carry-over once its year was rolled, to suspense when the account is closed.
std::string wrong_return(const std::vector<Leg>& taken, const std::vector<Leg>& returned,
                         const std::vector<Leg>& suspense, const AccountCheck& accounts);

}  // namespace gongji::ctl
