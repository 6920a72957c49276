#include "gateway/wire/person_writer.hpp"

#include "gateway/wire/person_fields.hpp"

namespace gongji::gateway::wire {
namespace {

// Dates we do not have are left out rather than sent empty: clients parse them as dates.
void write_insurance(json::JsonWriter& out, const Person& person) {
  out.begin_object();
  out.money("balc", person.total());
  out.text("insutype", to_insutype(person.card.scheme));
  out.text("psn_type", person.card.psn_type);
  out.text("psn_insu_stas", std::to_string(static_cast<int>(person.status)));
  out.text("cvlserv_flag", "0");
  out.text("insuplc_admdvs", person.card.area);
  out.text("emp_name", "");
  out.end_object();
}

}  // namespace

void write_person(json::JsonWriter& out, const PersonFound& found) {
  out.begin_object();
  out.begin_object("baseinfo");
  write_person_fields(out, found.person.id, found.person.card, found.at);
  out.end_object();
  out.begin_array("insuinfo");
  write_insurance(out, found.person);
  out.end_array();
  out.begin_array("idetinfo");
  out.end_array();
  out.number("durable_seq", static_cast<std::int64_t>(found.last_sequence.number()));
  out.end_object();
}

}  // namespace gongji::gateway::wire
