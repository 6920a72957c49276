// The outputs of 3201, 3202, 9101 and 9102.
#pragma once

#include <string>

#include "gateway/json/json_writer.hpp"
#include "gateway/reconciliation/desk.hpp"
#include "gateway/reconciliation/orders.hpp"

namespace gongji::gateway::wire {

void write_statement(json::JsonWriter& out, const reconciliation::TotalsOrder& order,
                     const reconciliation::Totals& centre);
void write_uploaded(json::JsonWriter& out, const ShelvedFile& file);
void write_compared(json::JsonWriter& out, const ShelvedFile& file);
// Over TCP, where there is nothing but JSON: the contents as base64 text in `out`.
void write_downloaded(json::JsonWriter& out, const FileContents& contents);

// What Content-Disposition says: the name in the form of RFC 5987, whatever characters it has.
std::string content_disposition(std::string_view filename);

}  // namespace gongji::gateway::wire
