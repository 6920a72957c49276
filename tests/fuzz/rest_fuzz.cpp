// Bodies of /v1: any bytes are fields or faults that name one.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "gateway/rest/member_fields.hpp"
#include "tests/fuzz/padded.hpp"

namespace {

using namespace gongji::gateway;

// Every kind of field there is, as the handlers' tables have them.
constexpr std::array<json::FieldSpec, 7> kFields{{
    {"organizer", json::FieldKind::kId, 30, json::kRequired},
    {"reason", json::FieldKind::kText, 200},
    {"extra", json::FieldKind::kOpaque},
    {"amount", json::FieldKind::kMoney},
    {"count", json::FieldKind::kQuantity},
    {"price", json::FieldKind::kPrice},
    {"active", json::FieldKind::kFlag},
}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const gongji::fuzz::Padded padded{data, size};
  rest::BodyReader body{padded.text()};
  const json::FieldValues values = body.fields(kFields);
  if (const auto amount = values.money("amount"); amount && amount->is_negative()) std::abort();
  const auto members = body.objects("members", rest::kMemberFields);
  for (std::size_t i = 0; i < members.size(); ++i)
    (void)rest::read_new_member(body, members[i], "members[" + std::to_string(i) + "]");
  (void)body.modes("");
  if (body.ok() != body.faults().empty()) std::abort();
  return 0;
}
