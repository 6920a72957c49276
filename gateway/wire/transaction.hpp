// The transactions this gateway knows: one table, infno → how its input is read and how the output
// of its record is written. A new kind is one pair of files and one row.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "domain/record.hpp"
#include "gateway/json/json_document.hpp"
#include "gateway/json/json_writer.hpp"
#include "gateway/wire/quote_id.hpp"
#include "ports/institutions.hpp"
#include "ports/settlement_service.hpp"

namespace gongji::gateway::wire {

enum class TransactionKind : std::uint8_t {
  kSignIn,
  kSignOut,  // answered here
  kQuery,    // 1101, 2602, 5203 and quotes: not remembered under their message key
  kVisit,
  kSettle,
  kCancel,
  kUndo,
};

// What a reader looks at. `input` is the message's input object.
struct ReadContext {
  const Institution& institution;
  std::string_view infno;  // as in the table: "2207" for a 2207A as well
  const json::JsonNode& input;
  const QuoteKey& quote_key;
};

// What a reader makes of it.
struct Reading {
  Ask ask;
  std::string business_input;  // canonical text
  std::optional<KeyHash> business_hash;
  std::optional<std::chrono::seconds> duplicate_window = {};
};

// What a writer renders: a durable record and the settlement it speaks of, nothing else.
struct RecordedAnswer {
  const JournalRecord& record;
  const JournalRecord* original;  // cancels and undos
  const ProfileBook& profiles;
};

struct Transaction {
  std::string_view infno;
  TransactionKind kind;
  std::string_view med_type;  // when a settlement names none
  std::string_view clr_type;
  Result<Reading, Refusal> (*read)(const ReadContext& context);
  // Writes the value of `output` of an applied record; null for kinds without records.
  void (*write)(json::JsonWriter& out, const RecordedAnswer& answer);
};

// Nothing when it is unknown. "2102A", "2207A" and the like are the same transactions with a newer
// interface number.
const Transaction* find_transaction(std::string_view infno);

}  // namespace gongji::gateway::wire
