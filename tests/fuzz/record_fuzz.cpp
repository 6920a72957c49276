// A journal record from a disk that lies: decoded whole or refused; what was decoded encodes to
// bytes that decode to the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "stores/codec/household_codec.hpp"
#include "stores/codec/record_codec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gongji;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  (void)stores::decode_image(bytes);
  const auto record = stores::decode_record(bytes);
  if (!record) return 0;
  std::string again;
  stores::encode_record(*record, again);
  const auto second = stores::decode_record(again);
  if (!second || *second != *record) std::abort();
  return 0;
}
