// What hostile bytes must not do to a decoder: read outside the buffer (the sanitizers watch), or
// be taken for the original. Bytes that do decode must be the very bytes the encoder writes for it.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gongji::stores::testing {

// Decodes and encodes again; nothing when the bytes were refused.
using Recode = std::function<std::optional<std::string>(std::string_view)>;

inline void expect_refused_when_cut(const std::string& bytes, const Recode& recode) {
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    // A copy of exactly that size, so that a sanitizer sees any read beyond it.
    const std::string cut = bytes.substr(0, size);
    ASSERT_FALSE(recode(cut)) << "cut to " << size << " of " << bytes.size();
  }
  ASSERT_FALSE(recode(bytes + '\0')) << "one byte too many";
}

// Every byte changed in every bit and to a few telling values.
inline void expect_no_mistaking_when_changed(const std::string& bytes, const Recode& recode) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const int change : {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff, 0x7f}) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ change);
      const auto again = recode(changed);
      ASSERT_EQ(again.value_or(changed), changed) << "byte " << at << " changed by " << change;
    }
  }
}

}  // namespace gongji::stores::testing
