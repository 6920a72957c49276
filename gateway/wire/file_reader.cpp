#include "gateway/wire/file_reader.hpp"

#include <array>

#include "gateway/wire/data_node.hpp"

namespace gongji::gateway::wire {
namespace {

using json::FieldKind;

constexpr std::array<json::FieldSpec, 3> kDownload{{
    {"file_qury_no", FieldKind::kId, 30, json::kRequired},
    {"filename", FieldKind::kText, 200},
    {"fixmedins_code", FieldKind::kId, 30},
}};

}  // namespace

Result<Reading, Refusal> read_file_download(const ReadContext& context) {
  const auto node = json::read_child(context.input, "input", "fsDownloadIn");
  if (!node) return node.error();
  if (*node == nullptr || !(*node)->is_object())
    return json::wrong_field("input", "fsDownloadIn", "应为对象，不能为空");
  json::FieldValues values{kDownload};
  if (auto fault = json::read_fields(**node, "input.fsDownloadIn", values))
    return *std::move(fault);
  return Refusal{Reason::kNoFile, std::string{values.text("file_qury_no")}, {}, {}};
}

}  // namespace gongji::gateway::wire
