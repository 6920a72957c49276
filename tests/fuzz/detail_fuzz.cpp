// Files for reconciliation: any bytes are lines, or a fault; unpacked text keeps to its limit.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "gateway/reconciliation/detail_line.hpp"
#include "gateway/reconciliation/zip_archive.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gongji::gateway::reconciliation;
  constexpr std::uint64_t kTextBytesMax = 64 * 1024;
  const std::string_view file{reinterpret_cast<const char*>(data), size};
  std::uint64_t taken = 0;
  (void)unpack_text(file, kTextBytesMax, [&](std::string_view piece) {
    taken += piece.size();
    if (taken > kTextBytesMax) std::abort();
    (void)parse_detail_line(piece.substr(0, piece.find('\n')));
    return true;
  });
  return 0;
}
