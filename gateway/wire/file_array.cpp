#include "gateway/wire/file_array.hpp"

#include <charconv>

#include "gateway/crypto/hash.hpp"

namespace gongji::gateway::wire {

std::optional<reconciliation::ByteBlocks> file_in_array(const json::JsonNode& array) {
  constexpr int kByteMin = -128;
  constexpr int kByteMax = 255;
  reconciliation::ByteBlocks file;
  if (!array.is_array()) return std::nullopt;
  for (const json::JsonNode& number : json::children(array)) {
    int byte = 0;
    const char* const end = number.text.data() + number.text.size();
    const bool whole = number.kind == json::NodeKind::kNumber &&
                       std::from_chars(number.text.data(), end, byte).ptr == end;
    if (!whole || byte < kByteMin || byte > kByteMax) return std::nullopt;
    file.add(static_cast<char>(byte));
  }
  return file;
}

std::string sm3_of(const reconciliation::ByteBlocks& file) {
  crypto::BodyHash hash{crypto::HashKind::kSm3};
  for (const std::string& block : file.blocks()) hash.add(block);
  return hash.finish();
}

}  // namespace gongji::gateway::wire
