// The table of steps. Part of story.hpp.
#include "tests/domain/support/story.hpp"

namespace gongji::test {

const std::map<std::string, Story::Verb>& Story::verbs() {
  static const std::map<std::string, Verb> table{
      {"on", &Story::set_clock},
      {"rule", &Story::set_rule},
      {"person", &Story::add_person},
      {"change", &Story::change_person},
      {"form", &Story::form},
      {"bind", &Story::bind},
      {"rebind", &Story::rebind},
      {"relation", &Story::correct_relation},
      {"modes", &Story::confirm_modes},
      {"unbind", &Story::unbind},
      {"leave", &Story::leave},
      {"disband", &Story::disband},
      {"bill", &Story::pay},
      {"quote", &Story::quote},
      {"settle", &Story::settle_quoted},
      {"repeat", &Story::repeat},
      {"confirm", &Story::confirm_stale},
      {"cancel", &Story::cancel},
      {"undo", &Story::undo},
      {"restore", &Story::restore},
      {"refund", &Story::refund},
      {"review", &Story::review},
      {"lift", &Story::lift_review},
      {"credit", &Story::credit},
      {"debit", &Story::debit},
      {"roll", &Story::roll},
      {"freeze", &Story::freeze},
      {"unfreeze", &Story::unfreeze},
      {"close", &Story::close},
      {"move", &Story::move},
      {"report", &Story::report},
      {"transfer-out", &Story::transfer_out},
      {"contribute", &Story::contribute},
      {"tax", &Story::hear_tax},
      {"insurer", &Story::hear_insurer},
      {"carryover", &Story::see_carryover},
      {"current", &Story::see_current},
      {"account", &Story::see_account},
      {"quota", &Story::see_quota},
      {"available", &Story::see_available},
      {"network", &Story::see_network},
      {"member", &Story::see_member},
      {"order", &Story::see_order},
      {"suspense", &Story::see_suspense},
      {"reviewed", &Story::see_review},
  };
  return table;
}

}  // namespace gongji::test
