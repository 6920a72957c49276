// Reads the hex blocks of docs/formats/journal.md, so that the document cannot say other than the
// program does.
#pragma once

#include <string>

#include "domain/result.hpp"

namespace gongji::stores::testing {

struct DocumentedBytes {
  std::string bytes;
};

// The bytes of the fenced block behind the line `<!-- name -->`. A line of it reads
//   offset  aa bb cc  | meaning
// An error when there is no such block or an offset is not the number of bytes before it.
Result<DocumentedBytes, std::string> hex_block(const std::string& name);

}  // namespace gongji::stores::testing
