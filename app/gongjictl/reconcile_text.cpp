#include "app/gongjictl/reconcile_text.hpp"

#include <boost/json.hpp>

#include "app/gongjictl/table.hpp"
#include "loadtest/client/progress_line.hpp"

namespace gongji::ctl {
namespace {

using gateway::reconciliation::ComparedFile;
using gateway::reconciliation::GroupTotals;
using gateway::reconciliation::Totals;

boost::json::object totals_object(const Totals& totals) {
  return {{"count", totals.count},
          {"medfee_sumamt", to_yuan_text(totals.total)},
          {"fund_pay_sumamt", to_yuan_text(totals.pooled)},
          {"acct_pay", to_yuan_text(totals.account)}};
}

boost::json::object group_object(const InstitutionCode& institution, const GroupTotals& group) {
  boost::json::object object{{"fixmedins_code", institution.text()},
                             {"insutype", group.insutype},
                             {"clr_type", group.clr_type},
                             {"setl_optins", group.setl_optins}};
  for (const auto& [name, value] : totals_object(group.totals)) object[name] = value;
  return object;
}

}  // namespace

std::string totals_text(const std::vector<InstitutionTotals>& totals) {
  Table table{{"institution", "insutype", "clr_type", "setl_optins", "lines", "medfee_sumamt",
               "fund_pay_sumamt", "acct_pay"}};
  for (std::size_t column = 4; column < 8; ++column) table.right_align(column);
  for (const auto& [institution, groups] : totals)
    for (const GroupTotals& group : groups)
      table.add({institution.text(), group.insutype, group.clr_type, group.setl_optins,
                 loadtest::with_thousands(group.totals.count), to_yuan_text(group.totals.total),
                 to_yuan_text(group.totals.pooled), to_yuan_text(group.totals.account)});
  return table.text();
}

std::string totals_json(CivilDate date, const std::vector<InstitutionTotals>& totals) {
  boost::json::array items;
  for (const auto& [institution, groups] : totals)
    for (const GroupTotals& group : groups) items.push_back(group_object(institution, group));
  return boost::json::serialize(
             boost::json::object{{"day", to_text(date)}, {"totals", std::move(items)}}) +
         "\n";
}

std::string differences_text(const ComparedFile& compared) {
  const auto number = [](std::uint64_t n) { return loadtest::with_thousands(n); };
  const auto& found = compared.differences;
  return number(compared.file.count) + " lines in the file: " + number(found.centre_more) +
         " more lines here, " + number(found.institution_more) + " only there, " +
         number(found.amounts_differ) + " with other amounts, " + number(found.fields_differ) +
         " with another flag, person or visit\n";
}

std::string differences_json(CivilDate date, const InstitutionCode& institution,
                             const ComparedFile& compared) {
  const auto& found = compared.differences;
  return boost::json::serialize(boost::json::object{{"day", to_text(date)},
                                                    {"fixmedins_code", institution.text()},
                                                    {"file", totals_object(compared.file)},
                                                    {"centre_more", found.centre_more},
                                                    {"institution_more", found.institution_more},
                                                    {"amounts_differ", found.amounts_differ},
                                                    {"fields_differ", found.fields_differ}}) +
         "\n";
}

}  // namespace gongji::ctl
