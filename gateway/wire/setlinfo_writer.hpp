// The nodes every settlement answer has: `setlinfo`, with every documented field and none of them
// null (clients read them unchecked, after the money moved), and `setldetail`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/person.hpp"
#include "gateway/json/json_writer.hpp"
#include "gateway/wire/settlement_figures.hpp"

namespace gongji::gateway::wire {

// What 5203 says beside it.
struct QueriedFields {
  std::string_view refd_setl_flag;
  std::string_view fixmedins_code;
  std::string_view opter_id;
  std::string invono;
};

// What one answer says. Views and references live as long as the record or quote they come from.
struct SettlementAnswer {
  std::string mdtrt_id;
  std::string setl_id;  // "" in quotes
  std::string_view medins_setl_id;
  const PersonId& patient;
  const PersonCard& card;
  Instant setl_time;
  std::string_view mdtrt_cert_type;
  std::string_view med_type;
  std::string_view clr_optins;
  std::string_view clr_type;
  Figures figures;
  Fen balance;  // the patient's own, after

  // Ours.
  Reason zero_reason = Reason::kNone;
  std::optional<bool> counts_relief;
  std::optional<bool> counts_deductible;
  std::string_view profile;
  std::optional<Sequence> durable_seq;  // none in quotes
  std::optional<std::string> quote_id;  // quotes only
  bool is_cancel = false;               // adds the names the older interface has for cash
  const QueriedFields* queried = nullptr;
};

void write_setlinfo(json::JsonWriter& out, const SettlementAnswer& answer);
void write_setldetail(json::JsonWriter& out, const Figures& figures, Scheme scheme);

// The amounts alone, in the order of the interface.
void write_charge_amounts(json::JsonWriter& out, const Figures& figures);
void write_payer_amounts(json::JsonWriter& out, const Figures& figures);

}  // namespace gongji::gateway::wire
