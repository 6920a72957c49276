// Persons entering the books, and whole households moving together so that one actor can decide for
// all who share money.
#pragma once

#include "domain/decide.hpp"

namespace gongji {

Decision decide_enrol(const Household& household, const EnrolCommand& command,
                      const Context& context);
// The two steps of a merge. Both may be repeated after a crash: the second time they change
// nothing.
Decision decide_depart(const Household& household, const DepartCommand& command);
Decision decide_arrive(const Household& household, const ArriveCommand& command);

}  // namespace gongji
