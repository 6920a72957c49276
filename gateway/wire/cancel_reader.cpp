#include "gateway/wire/cancel_reader.hpp"

#include <array>

#include "gateway/json/canonical_text.hpp"
#include "gateway/wire/data_node.hpp"
#include "gateway/wire/digest.hpp"
#include "gateway/wire/record_ids.hpp"

namespace gongji::gateway::wire {
namespace {

using json::FieldKind;

constexpr std::array<json::FieldSpec, 4> kCancel{{
    {"setl_id", FieldKind::kId, 30, json::kRequired},
    {"mdtrt_id", FieldKind::kId, 30},
    {"psn_no", FieldKind::kId, 30, json::kRequired},
    {"expContent", FieldKind::kOpaque, 4000},
}};

}  // namespace

Result<Reading, Refusal> read_cancel(const ReadContext& context) {
  const auto values = read_data(context.input, kCancel);
  if (!values) return values.error();
  const std::string_view setl_id = values->text("setl_id");
  const auto settlement = sequence_of_setl_id(setl_id);
  if (!settlement) return Refusal{Reason::kNoSettlement, std::string{setl_id}, {}, {}};
  Reading reading{CancelRequest{PersonId{values->text("psn_no")}, *settlement}, {}, {}};
  reading.business_hash = key_hash({"cancel", context.institution.code.text(), setl_id});
  json::append_section(reading.business_input, "data", *values);
  return reading;
}

}  // namespace gongji::gateway::wire
