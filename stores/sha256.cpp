#include "stores/sha256.hpp"

#include <openssl/evp.h>

#include <cstdlib>

namespace gongji::stores {

Digest sha256(std::string_view bytes) {
  // Fetched once: looking the algorithm up costs more than hashing a small group.
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Digest digest;
  if (algorithm == nullptr ||
      EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, algorithm, nullptr) != 1)
    std::abort();  // without a hash there is no journal
  return digest;
}

}  // namespace gongji::stores
