#include "gateway/rest/contribution_view.hpp"

#include <cstdlib>

#include "gateway/json/json_writer.hpp"
#include "gateway/rest/record_ids.hpp"

namespace gongji::gateway::rest {

std::string_view to_text(ContributionStatus status) {
  switch (status) {
    case ContributionStatus::kPending: return "pending";
    case ContributionStatus::kConfirmed: return "confirmed";
    case ContributionStatus::kPaid: return "paid";
    case ContributionStatus::kRefused: return "refused";
    case ContributionStatus::kReversed: return "reversed";
  }
  std::abort();
}

std::string contribution_json(const JournalRecord& ordered, ContributionStatus status,
                              const Call& call) {
  const ContributionOrdered& event = *ordered.event<ContributionOrdered>();
  const Contribution& order = event.order;
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  out.text("id", contribution_id(ordered));
  out.text("status", to_text(status));
  out.text("psn_no", order.person.text());
  out.text("psn_name", event.person_name);
  if (may_see_payer(call, order)) out.text("payer", order.payer.text());
  out.text("purpose", order.purpose);
  out.text("product", order.product);
  out.number("year", order.year);
  out.money_text("amount", order.amount);
  out.key("own_purchase");
  out.boolean(order.own_purchase);
  out.text("ordered_at", rfc3339(ordered.at));
  if (status == ContributionStatus::kPending) {
    out.text("reason", code(Reason::kTaxPending));
    out.text("next_step", to_text(info(Reason::kTaxPending).next_step));
  }
  out.end_object();
  return body;
}

}  // namespace gongji::gateway::rest
