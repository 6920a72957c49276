#include "app/gongjictl/person_text.hpp"

#include "app/gongjictl/json_view.hpp"
#include "app/gongjictl/table.hpp"

namespace gongji::ctl {
namespace {

struct Row {
  const char* field;
  const char* label;
};
constexpr Row kPersonRows[] = {{"psn_no", "person"},
                               {"psn_name", "name"},
                               {"insutype", "insurance (310 employee, 390 resident)"},
                               {"psn_insu_stas", "status (1 normal, 2 suspended, 4 ended)"},
                               {"insuplc_admdvs", "insured in"},
                               {"role", "role"}};

std::string modes_text(const boost::json::value& network) {
  std::string text;
  if (const auto* modes = array_at(network, "modes"))
    for (const boost::json::value& mode : *modes)
      if (const auto* name = mode.if_string())
        text += (text.empty() ? "" : ", ") + std::string{name->data(), name->size()};
  return text;
}

std::string window_text(const boost::json::value& member) {
  const std::string from = text_at(member, "from");
  const std::string to = text_at(member, "to");
  return from.empty() && to.empty() ? "" : from + " … " + to;
}

}  // namespace

std::string person_text(const boost::json::value& person) {
  Table table{{"", ""}};
  for (const Row& row : kPersonRows)
    if (const std::string text = text_at(person, row.field); !text.empty())
      table.add({row.label, text});
  if (const auto* balances = value_at(person, "balances")) {
    table.add({"current year, yuan", text_at(*balances, "current_year")});
    table.add({"carry-over, yuan", text_at(*balances, "carryover")});
  }
  return table.text();
}

std::string network_text(const boost::json::value& network) {
  Table head{{"", ""}};
  head.add({"organiser", text_at(network, "organizer")});
  head.add({"profile", text_at(network, "profile")});
  head.add({"state", text_at(network, "state")});
  head.add({"modes", modes_text(network)});
  Table members{{"member", "name", "relation", "quota", "left", "window"}};
  members.right_align(3);
  members.right_align(4);
  const auto* rows = array_at(network, "members");
  if (rows == nullptr || rows->empty()) return head.text() + "no members\n";
  for (const boost::json::value& member : *rows)
    members.add({text_at(member, "psn_no"), text_at(member, "psn_name"),
                 text_at(member, "relation"), text_at(member, "quota"),
                 text_at(member, "quota_left"), window_text(member)});
  return head.text() + "\n" + members.text();
}

}  // namespace gongji::ctl
