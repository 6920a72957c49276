// A household image as bytes: what a snapshot stores. Decoding never trusts the bytes. Pure
// functions, any thread.
#pragma once

#include <string>
#include <string_view>

#include "domain/record.hpp"
#include "domain/result.hpp"
#include "stores/codec/bytes.hpp"

namespace gongji::stores {

constexpr std::uint8_t kImageVersion = 2;

std::string encode_image(const HouseholdImage& image);
Result<HouseholdImage, DecodeError> decode_image(std::string_view bytes);
// Only the image's last_sequence, which lies in front.
Result<Sequence, DecodeError> peek_image_sequence(std::string_view bytes);

}  // namespace gongji::stores
