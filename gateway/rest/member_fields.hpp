// The fields of one member of a network, in the order they are documented.
#pragma once

#include <array>

#include "domain/command.hpp"
#include "gateway/rest/body_reader.hpp"

namespace gongji::gateway::rest {

constexpr std::array<json::FieldSpec, 5> kMemberFields{{
    {"psn_no", json::FieldKind::kId, 30, json::kRequired},
    {"relation", json::FieldKind::kId, 20, json::kRequired},
    {"quota", json::FieldKind::kMoney},
    {"from", json::FieldKind::kId, 10},
    {"to", json::FieldKind::kId, 10},
}};

// `path` names the element in faults; "" = the body itself. Faults are the reader's to collect.
NewMember read_new_member(BodyReader& body, const json::FieldValues& values, std::string_view path);
// The same without a psn_no: the path says who.
NewMember read_new_link(BodyReader& body, const json::FieldValues& values, std::string_view path);
// A relation in words; kOther and a fault when it is none.
Relation read_relation(BodyReader& body, const json::FieldValues& values, std::string_view path);

}  // namespace gongji::gateway::rest
