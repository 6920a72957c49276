#include "gateway/wire/cancel_writer.hpp"

#include "gateway/wire/record_view.hpp"
#include "gateway/wire/setlinfo_writer.hpp"

namespace gongji::gateway::wire {

void write_cancel(json::JsonWriter& out, const RecordedAnswer& answer) {
  const SettlementAnswer shown = cancel_answer(answer.record, *answer.original, answer.profiles);
  out.begin_object();
  write_setlinfo(out, shown);
  write_setldetail(out, shown.figures, shown.card.scheme);
  out.end_object();
}

}  // namespace gongji::gateway::wire
