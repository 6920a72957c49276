#include "gateway/wire/cancel_writer.hpp"

#include "gateway/wire/record_ids.hpp"
#include "gateway/wire/record_view.hpp"
#include "gateway/wire/setlinfo_writer.hpp"

namespace gongji::gateway::wire {
// The figures are the settlement's own with every sign turned; ids, time and balance are the
// cancel's.
void write_cancel(json::JsonWriter& out, const RecordedAnswer& answer) {
  const JournalRecord& record = answer.record;
  SettlementAnswer shown = settlement_of(*answer.original, answer.profiles);
  shown.setl_id = make_setl_id(record.sequence, record.at);
  shown.medins_setl_id = record.origin.key.msgid;
  shown.setl_time = record.at;
  shown.figures = negated(shown.figures);
  shown.balance = balance_after(record, shown.patient);
  shown.durable_seq = record.sequence;
  shown.is_cancel = true;
  out.begin_object();
  write_setlinfo(out, shown);
  write_setldetail(out, shown.figures, shown.card.scheme);
  out.end_object();
}

}  // namespace gongji::gateway::wire
