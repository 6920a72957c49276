#include "gateway/wire/transaction.hpp"

#include <array>

#include "gateway/wire/cancel_reader.hpp"
#include "gateway/wire/cancel_writer.hpp"
#include "gateway/wire/hospital_reader.hpp"
#include "gateway/wire/message_reader.hpp"
#include "gateway/wire/message_writer.hpp"
#include "gateway/wire/person_reader.hpp"
#include "gateway/wire/pharmacy_reader.hpp"
#include "gateway/wire/settlement_query.hpp"
#include "gateway/wire/settlement_writer.hpp"
#include "gateway/wire/visit_reader.hpp"
#include "gateway/wire/visit_writer.hpp"

namespace gongji::gateway::wire {
namespace {

using Kind = TransactionKind;

constexpr std::array<Transaction, 24> kTable{{
    {"9001", Kind::kSignIn, "", "", nullptr, nullptr},
    {"9002", Kind::kSignOut, "", "", nullptr, nullptr},
    {"1101", Kind::kQuery, "", "", read_person_query, nullptr},
    {"2101", Kind::kQuery, "41", "41", read_pharmacy_quote, nullptr},
    {"2102", Kind::kSettle, "41", "41", read_pharmacy_sale, write_settlement},
    {"2103", Kind::kCancel, "", "41", read_cancel, write_cancel},
    {"2201", Kind::kVisit, "", "", read_registration, write_registration},
    {"2202", Kind::kVisit, "", "", read_withdrawal, write_nothing},
    {"2203", Kind::kVisit, "", "", read_diagnoses, write_nothing},
    {"2204", Kind::kVisit, "", "", read_fees, write_fees},
    {"2205", Kind::kVisit, "", "", read_dropped_fees, write_nothing},
    {"2206", Kind::kQuery, "11", "11", read_hospital_quote, nullptr},
    {"2207", Kind::kSettle, "11", "11", read_outpatient_settlement, write_settlement},
    {"2208", Kind::kCancel, "", "11", read_cancel, write_cancel},
    {"2303", Kind::kQuery, "21", "21", read_hospital_quote, nullptr},
    {"2304", Kind::kSettle, "21", "21", read_inpatient_settlement, write_settlement},
    {"2305", Kind::kCancel, "", "21", read_cancel, write_cancel},
    {"2601", Kind::kUndo, "", "", read_undo, write_nothing},
    {"2602", Kind::kQuery, "", "", read_message_query, nullptr},
    {"3201", Kind::kQuery, "", "", nullptr, nullptr},
    {"3202", Kind::kQuery, "", "", nullptr, nullptr},
    {"5203", Kind::kQuery, "", "", read_settlement_query, nullptr},
    {"9101", Kind::kQuery, "", "", nullptr, nullptr},
    {"9102", Kind::kQuery, "", "", nullptr, nullptr},
}};

}  // namespace

const Transaction* find_transaction(std::string_view infno) {
  constexpr std::size_t kDigits = 4;
  const bool newer = infno.size() == kDigits + 1 && infno.ends_with('A') && infno[0] == '2';
  if (newer) infno.remove_suffix(1);
  for (const Transaction& entry : kTable)
    if (entry.infno == infno) return &entry;
  return nullptr;
}

}  // namespace gongji::gateway::wire
