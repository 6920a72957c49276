#include "gateway/rest/import_handler.hpp"

#include <algorithm>
#include <limits>

#include "gateway/rest/import_job.hpp"
#include "gateway/rest/paging.hpp"
#include "gateway/rest/problem.hpp"

namespace gongji::gateway::rest {
namespace {

constexpr std::size_t kBatchBytesMax = 64;

bool is_batch_name(std::string_view text) {
  return !text.empty() && text.size() <= kBatchBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

}  // namespace

void import_lines(Backend& backend, CallPtr call) {
  ImportOrder order;
  order.batch = call->target.parameter("batch");
  if (order.batch.empty()) order.batch = call->idempotency_key;
  if (!is_batch_name(order.batch))
    return call->answer(parameter_problem("batch", "应为1到64个可见字符，或用Idempotency-Key代替"));
  const auto first_line =
      read_number(*call, "first_line", 1, std::numeric_limits<std::uint64_t>::max());
  if (!first_line || *first_line == 0)
    return call->answer(parameter_problem("first_line", "应为从1起的行号"));
  order.first_line = *first_line;
  order.channel = call->channel_named ? call->channel : "import";
  order.operator_id = call->operator_id;
  order.acting_person = call->acting_person;
  order.window = backend.options.import_window;
  order.deadline_ms = backend.options.deadline_ms;
  std::make_shared<ImportJob>(backend.ports.bulk, backend.ports.clock, backend.ports.metrics,
                              std::move(order), call->body, call->slot)
      ->turn();
}

}  // namespace gongji::gateway::rest
