// Random situations for the reference model, and the same situation as the product sees it.
#pragma once

#include <functional>
#include <iosfwd>

#include "domain/command.hpp"
#include "tests/domain/reference_model.hpp"

namespace gongji::reference {
std::ostream& operator<<(std::ostream& out, const Situation& situation);
}

namespace gongji::test {

struct Staged {
  Household home;
  SettleCommand bill;
  Instant at;
};
Staged stage(const reference::Situation& situation);
PersonId organiser_of_fund(std::size_t index);

void expect_for_all_situations(int cases,
                               const std::function<std::string(const reference::Situation&)>& law);
bool some_situation_breaks(int cases,
                           const std::function<std::string(const reference::Situation&)>& law);

}  // namespace gongji::test
