// Some, 2601 among them, answer nothing but their code; 2602 answers what became of a message, with
// its stored output.
#pragma once

#include "gateway/wire/transaction.hpp"

namespace gongji::gateway::wire {

void write_nothing(json::JsonWriter& out, const RecordedAnswer& answer);
void write_message_state(json::JsonWriter& out, const MessageFound& found,
                         const ProfileBook& profiles, const QuoteKey& quote_key);

// The `output` a record was answered with: by its transaction's writer, of a refusal what goes with
// it, else an empty object.
void write_recorded_output(json::JsonWriter& out, const RecordedAnswer& answer,
                           const QuoteKey& quote_key);
// False: the record is not what its infno says, and nobody can say what to answer.
bool can_write_output(const RecordedAnswer& answer);

std::string_view to_text(MessageState state);

}  // namespace gongji::gateway::wire
