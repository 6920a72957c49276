// The totals of a day and the differences of a file, for the terminal and for programs.
#pragma once

#include <string>
#include <vector>

#include "gateway/reconciliation/compare_file.hpp"

namespace gongji::ctl {

struct InstitutionTotals {
  InstitutionCode institution;
  std::vector<gateway::reconciliation::GroupTotals> groups;
};

std::string totals_text(const std::vector<InstitutionTotals>& totals);
std::string totals_json(CivilDate date, const std::vector<InstitutionTotals>& totals);
// "2 lines only here, 1 only in the file, …"
std::string differences_text(const gateway::reconciliation::ComparedFile& compared);
std::string differences_json(CivilDate date, const InstitutionCode& institution,
                             const gateway::reconciliation::ComparedFile& compared);

}  // namespace gongji::ctl
