#include "gateway/wire/person_reader.hpp"

#include <array>

#include "gateway/wire/data_node.hpp"
#include "gateway/wire/digest.hpp"

namespace gongji::gateway::wire {
namespace {

using json::FieldKind;

constexpr std::array<json::FieldSpec, 2> kQuery{{
    {"mdtrt_cert_type", FieldKind::kId, 3, json::kRequired},
    {"mdtrt_cert_no", FieldKind::kId, 50, json::kRequired},
}};

}  // namespace

Result<Reading, Refusal> read_person_query(const ReadContext& context) {
  const auto values = read_data(context.input, kQuery);
  if (!values) return values.error();
  auto query =
      person_of_certificate(values->text("mdtrt_cert_type"), values->text("mdtrt_cert_no"));
  if (!query) return json::wrong_field("input.data", "mdtrt_cert_type", "应为01、02或03");
  return Reading{*std::move(query), {}, {}};
}

std::optional<PersonQuery> person_of_certificate(std::string_view type, std::string_view number) {
  if (type == "01") return PersonQuery{PersonId{number}, {}};
  if (type == "02") return PersonQuery{{}, certno_alias(number)};
  if (type == "03") return PersonQuery{{}, card_alias(number)};
  return std::nullopt;
}

}  // namespace gongji::gateway::wire
