#include "stores/codec/household_codec.hpp"

#include "stores/codec/decoder.hpp"
#include "stores/codec/encoder.hpp"
#include "stores/codec/household_fields.hpp"

namespace gongji::stores {
namespace {

void check_version(Decoder& decoder) {
  if (decoder.bytes().byte() != kImageVersion) decoder.bytes().fail("unknown image version");
}

}  // namespace

void describe(auto& fields, Is<HouseholdImage> auto& image) {
  auto& [state, last_sequence, last_at] = image;
  fields(last_sequence, last_at, state);
}

std::string encode_image(const HouseholdImage& image) {
  std::string bytes;
  bytes.push_back(static_cast<char>(kImageVersion));
  Encoder{bytes}(image);
  return bytes;
}

Result<HouseholdImage, DecodeError> decode_image(std::string_view bytes) {
  Decoder decoder{bytes};
  check_version(decoder);
  HouseholdImage image;
  decoder(image);
  return decoder.finish(std::move(image));
}

Result<Sequence, DecodeError> peek_image_sequence(std::string_view bytes) {
  Decoder decoder{bytes};
  check_version(decoder);
  Sequence last_sequence;
  decoder(last_sequence);
  if (!decoder.bytes().ok()) return decoder.bytes().error();
  return last_sequence;
}

}  // namespace gongji::stores
