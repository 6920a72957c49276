#include "gateway/rest/member_fields.hpp"

namespace gongji::gateway::rest {

Relation read_relation(BodyReader& body, const json::FieldValues& values, std::string_view path) {
  if (!values.has("relation")) return Relation::kOther;  // the fault is noted already
  const auto relation = relation_from_text(values.text("relation"));
  if (!relation) body.fault(path, "relation", "不是已知的亲属关系");
  return relation.value_or(Relation::kOther);
}

NewMember read_new_member(BodyReader& body, const json::FieldValues& values,
                          std::string_view path) {
  NewMember member = read_new_link(body, values, path);
  member.id = PersonId{values.text("psn_no")};
  return member;
}

NewMember read_new_link(BodyReader& body, const json::FieldValues& values, std::string_view path) {
  NewMember member;
  member.relation = read_relation(body, values, path);
  member.quota = values.money("quota");
  member.window = {body.date(values, path, "from"), body.date(values, path, "to")};
  if (const auto modes = body.modes(path)) {  // what he may use of what the network has on
    member.modes = *modes;
    if (modes->empty()) body.fault(path, "modes", "至少一种");
  }
  const DateWindow& window = member.window;
  if (window.from && window.to && *window.to < *window.from) body.fault(path, "to", "不能早于from");
  return member;
}

}  // namespace gongji::gateway::rest
