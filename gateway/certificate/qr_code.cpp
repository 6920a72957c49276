#include "gateway/certificate/qr_code.hpp"

#include <qrencode.h>

#include <memory>

namespace gongji::gateway::certificate {
namespace {

struct FreeQrCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};
constexpr unsigned char kDarkBit = 1;  // the lowest bit of a module; the others are the library's
constexpr int kSmallestVersion = 0;    // "as small as the text allows"

}  // namespace

std::optional<QrCode> make_qr_code(const std::string& text) {
  const std::unique_ptr<QRcode, FreeQrCode> drawn{
      QRcode_encodeString8bit(text.c_str(), kSmallestVersion, QR_ECLEVEL_M)};
  if (drawn == nullptr) return std::nullopt;
  QrCode code{static_cast<std::size_t>(drawn->width), {}};
  code.dark.reserve(code.width * code.width);
  for (std::size_t i = 0; i < code.width * code.width; ++i)
    code.dark.push_back((drawn->data[i] & kDarkBit) != 0);
  return code;
}

}  // namespace gongji::gateway::certificate
