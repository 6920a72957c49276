// The national envelope: any bytes are a message, a refusal that names a field, or no JSON. Never a
// crash, never a read beyond the padding.
#include <cstddef>
#include <cstdint>
#include <string>

#include "gateway/exchange.hpp"
#include "gateway/wire/envelope_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gongji::gateway;
  std::string text(reinterpret_cast<const char*>(data), size);
  text.append(kReadablePadding, '\0');
  const json::JsonNode* root = wire::read_message({text.data(), size});
  if (root == nullptr) return 0;
  if (wire::read_envelope(*root)) (void)wire::read_input(*root);
  return 0;
}
