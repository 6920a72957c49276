// Import lines: any bytes are a command with money that is not negative, or a refusal.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "gateway/rest/import_line.hpp"
#include "tests/fuzz/padded.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gongji;
  const fuzz::Padded padded{data, size};
  const auto line = gateway::rest::read_import_line(padded.text());
  if (!line) return 0;
  const auto* enrol = std::get_if<EnrolCommand>(&line->command);
  if (enrol != nullptr && (enrol->person.carryover.is_negative() || enrol->person.id.empty()))
    std::abort();
  return 0;
}
