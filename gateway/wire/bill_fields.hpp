// The fields every settlement and quote shares, and the bill they make. The core system's figures
// are taken as given, but they must agree with each other before anything is decided
// (docs/wire.md, "Identities").
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "domain/command.hpp"
#include "domain/result.hpp"
#include "gateway/json/fields.hpp"
#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

using json::FieldKind;
using json::FieldSpec;
using json::kRequired;

template <std::size_t N, std::size_t M>
constexpr std::array<FieldSpec, N + M> joined(const std::array<FieldSpec, N>& first,
                                              const std::array<FieldSpec, M>& second) {
  std::array<FieldSpec, N + M> all{};
  for (std::size_t i = 0; i < N; ++i) all[i] = first[i];
  for (std::size_t i = 0; i < M; ++i) all[N + i] = second[i];
  return all;
}

constexpr std::array<FieldSpec, 6> kPatientFields{{
    {"psn_no", FieldKind::kId, 30, kRequired},
    {"mdtrt_cert_type", FieldKind::kId, 3, kRequired},
    {"mdtrt_cert_no", FieldKind::kId, 50},
    {"med_type", FieldKind::kId, 6},
    {"insutype", FieldKind::kId, 6},
    {"acct_used_flag", FieldKind::kFlag},
}};

// The last seven are ours; the national interface has no place for what they say.
constexpr std::array<FieldSpec, 12> kBillFields{{
    {"medfee_sumamt", FieldKind::kMoney, 0, kRequired},
    {"fulamt_ownpay_amt", FieldKind::kMoney},
    {"overlmt_selfpay", FieldKind::kMoney},
    {"preselfpay_amt", FieldKind::kMoney},
    {"inscp_scp_amt", FieldKind::kMoney},
    {"fund_pay_sumamt", FieldKind::kMoney},
    {"hosp_part_amt", FieldKind::kMoney},
    {"psn_part_amt", FieldKind::kMoney},
    {"cur_acct_pay", FieldKind::kMoney},
    {"use_family", FieldKind::kFlag},
    {"quote_id", FieldKind::kText, 200},
    {"expContent", FieldKind::kOpaque, 4000},
}};

// The command in `values`, a table that has both lists above; the visit is the caller's to add.
// `path` names the object in refusals. Own-pay lines of a pharmacy sale make up fulamt_ownpay_amt
// when the sale itself names none.
Result<SettleCommand, Refusal> read_settle_command(const json::FieldValues& values,
                                                   std::string_view path,
                                                   const ReadContext& context,
                                                   std::vector<OwnPayLine> own_pay_lines);

// Identities 1 and 5, the pooled part within the scope, own-pay lines within the own-pay part,
// current-year money within the person's part.
std::optional<Refusal> broken_identity(const BillParts& parts, std::optional<Fen> psn_part_amt);

}  // namespace gongji::gateway::wire
