// Verifies SM2 signatures (GB/T 32918.2 with SM3) under the user id 1234567812345678. Costs some
// tenths of a millisecond, so it belongs on no loop thread.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

typedef struct evp_pkey_st EVP_PKEY;

namespace gongji::gateway::crypto {

inline constexpr std::string_view kSm2UserId = "1234567812345678";

class Sm2PublicKey {
 public:
  // "04" and the coordinates, 130 hexadecimal digits. Nothing when that is no point of the curve.
  [[nodiscard]] static std::optional<Sm2PublicKey> from_hex(std::string_view point);

  // `signature`: Base64 of the 64 bytes r ‖ s. Any thread, one at a time.
  [[nodiscard]] bool verifies(std::string_view text, std::string_view signature) const;

 private:
  explicit Sm2PublicKey(std::shared_ptr<EVP_PKEY> key) : key_(std::move(key)) {}

  std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace gongji::gateway::crypto
