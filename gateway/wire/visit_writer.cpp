#include "gateway/wire/visit_writer.hpp"

#include "gateway/json/canonical_text.hpp"
#include "gateway/wire/fee_lines_writer.hpp"
#include "gateway/wire/record_ids.hpp"

namespace gongji::gateway::wire {

void write_registration(json::JsonWriter& out, const RecordedAnswer& answer) {
  const JournalRecord& record = answer.record;
  const auto sent = json::parse_canonical(record.origin.business_input);
  out.begin_object();
  out.begin_object("data");
  out.text("mdtrt_id", make_mdtrt_id(record.sequence, record.at));
  out.text("psn_no", sent.empty() ? "" : std::string{sent.front().value("psn_no")});
  out.text("ipt_otp_no", sent.empty() ? "" : std::string{sent.front().value("ipt_otp_no")});
  out.end_object();
  out.end_object();
}

void write_fees(json::JsonWriter& out, const RecordedAnswer& answer) {
  out.begin_object();
  write_fee_lines(out, kVisitFees, answer.record.origin.business_input, Fen{});
  out.end_object();
}

}  // namespace gongji::gateway::wire
