// A QR code as a square of modules, to be drawn as vectors. Any thread; the same text gives the
// same modules.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace gongji::gateway::certificate {

struct QrCode {
  std::size_t width = 0;   // modules a side, without the quiet zone
  std::vector<bool> dark;  // row by row, from the top left

  [[nodiscard]] bool dark_at(std::size_t column, std::size_t row) const {
    return dark[row * width + column];
  }
};

// Error correction M (15 %). Nothing when the text is empty or too long for a QR code.
std::optional<QrCode> make_qr_code(const std::string& text);

}  // namespace gongji::gateway::certificate
