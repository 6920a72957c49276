#include "tests/domain/support/story_bills.hpp"

#include <functional>
#include <map>

namespace gongji::test {
namespace {

using Detail = std::function<void(StoryBill&, Words&)>;

void add_own_pay(StoryBill& bill, Words& words) {
  const Fen amount = words.amount();
  BillParts& parts = bill.command.parts;
  parts.full_own_pay += amount;
  parts.own_pay_lines.push_back({words.word("an item code"), amount});
}

void add_pooled(StoryBill& bill, Words& words) {
  bill.command.parts.fund_pay_sum = words.amount();
  bill.command.parts.medfee_sum += bill.command.parts.fund_pay_sum;
}

const std::map<std::string, Detail>& details() {
  static const std::map<std::string, Detail> table{
      {"as", [](StoryBill& bill, Words& words) { bill.label = words.word("a label"); }},
      {"pooled", add_pooled},
      {"taken", [](StoryBill& bill,
                   Words& words) { bill.command.parts.current_year_taken = words.amount(); }},
      {"own-pay", add_own_pay},
      {"pharmacy",
       [](StoryBill& bill, Words&) { bill.command.place.channel = Channel::kPharmacy; }},
      {"in",
       [](StoryBill& bill, Words& words) { bill.command.place.area = words.word("an area"); }},
      {"undesignated", [](StoryBill& bill, Words&) { bill.command.place.designated = false; }},
      {"no-family", [](StoryBill& bill, Words&) { bill.command.use_family = false; }},
      {"no-account", [](StoryBill& bill, Words&) { bill.command.use_account = false; }},
      {"id-of",
       [](StoryBill& bill, Words& words) {
         bill.command.certificate = {"02", "ID-" + words.word("a name")};
       }},
      {"card-of",
       [](StoryBill& bill, Words& words) {
         bill.command.certificate = {"03", "CARD-" + words.word("a name")};
       }},
  };
  return table;
}

}  // namespace

StoryBill read_bill(Words& words, const std::string& area) {
  StoryBill bill;
  bill.label = words.word("a patient");
  bill.command.patient = PersonId{bill.label};
  bill.command.certificate.type = "01";
  bill.command.place.institution = InstitutionCode{"H31010100001"};
  bill.command.place.area = area;
  bill.command.parts.medfee_sum = words.amount();
  while (!words.done()) {
    const std::string name = words.word("a detail");
    const auto found = details().find(name);
    if (found == details().end()) throw BadStep{"no detail of a bill: " + name};
    found->second(bill, words);
  }
  return bill;
}

Fen all_cash(const BillParts& parts, const Split& split) {
  return parts.person_part() - parts.current_year_taken - split.own - split.family;
}

}  // namespace gongji::test
