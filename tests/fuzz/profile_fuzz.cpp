// Profile files: any text is a profile or an error that names file, line and key.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "config/profile_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gongji;
  const auto document =
      config::parse_toml("any.toml", std::string{reinterpret_cast<const char*>(data), size});
  if (!document) return 0;
  config::Findings findings;
  const Profile profile = config::read_profile(*document, findings);
  if (!findings.first() && profile.id.empty()) std::abort();
  return 0;
}
