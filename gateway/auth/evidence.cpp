#include "gateway/auth/evidence.hpp"

#include <array>

namespace gongji::gateway::auth {
namespace {

struct Field {
  std::string_view name;
  std::string_view Evidence::*part;
};

constexpr std::array<Field, 4> kXtif{{{"x-tif-paasid", &Evidence::key},
                                      {"x-tif-timestamp", &Evidence::timestamp},
                                      {"x-tif-nonce", &Evidence::nonce},
                                      {"x-tif-signature", &Evidence::signature}}};
constexpr std::array<Field, 5> kHmac{{{"X-Gongji-Key", &Evidence::key},
                                      {"X-Gongji-Timestamp", &Evidence::timestamp},
                                      {"X-Gongji-Nonce", &Evidence::nonce},
                                      {"X-Gongji-Digest", &Evidence::digest},
                                      {"X-Gongji-Signature", &Evidence::signature}}};

template <std::size_t kCount>
Evidence collect(const HttpRequest& request, const std::array<Field, kCount>& fields) {
  Evidence evidence;
  for (const auto& [name, value] : request.headers) {
    for (const Field& field : fields) {
      if (!is_same_header(name, field.name)) continue;
      std::string_view& part = evidence.*field.part;
      if (part.data() != nullptr) evidence.ambiguous = true;
      part = value;
    }
  }
  return evidence;
}

}  // namespace

Evidence xtif_headers(const HttpRequest& request) { return collect(request, kXtif); }
Evidence hmac_headers(const HttpRequest& request) { return collect(request, kHmac); }

}  // namespace gongji::gateway::auth
