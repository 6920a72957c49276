// The text an SM2 signature of a message is made over: what is asked, by whom, under which id, and
// every value of the input. A sender makes it from its own data, whatever its JSON library writes:
//
//   fixmedins_code=P44010600123
//   infno=2102
//   input.drugdetail.0.cnt=1
//   input.druginfo.medfee_sumamt=86.50
//   msgid=P44010600123202611221015300007
//
// One line for each text, number and truth value, path and value with = between, lists by index
// from 0; the lines in the order of their bytes, joined by newlines. Numbers as they stand in the
// message, null as nothing. A backslash is written \\ and a newline \n; in names also . as \. and =
// as \=. The file of a 9101 is one line, input.fsUploadIn.in= and the SM3 digest of its bytes in
// hex: its bytes may be tens of megabytes, and were hashed while they came.
#pragma once

#include <string>

#include "gateway/json/json_document.hpp"
#include "gateway/wire/envelope_reader.hpp"
#include "gateway/wire/incoming.hpp"

namespace gongji::gateway::wire {

// `file`: of a 9101 whose file is not in `input` any more, or null.
std::string signed_text(const Envelope& envelope, const json::JsonNode& input,
                        const StreamedFile* file = nullptr);

}  // namespace gongji::gateway::wire
