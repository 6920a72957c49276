#include "stores/codec/household_codec.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/stores/support/arbitrary_records.hpp"
#include "tests/stores/support/hostile.hpp"

namespace gongji::stores {
namespace {

using testing::any_image;

std::optional<std::string> recode(std::string_view bytes) {
  const auto image = decode_image(bytes);
  if (!image) return std::nullopt;
  return encode_image(*image);
}

HouseholdImage small_image() {
  Person mother;
  mother.id = PersonId{"31000000000000000001"};
  mother.carryover = Fen{100'000};
  Link link;
  link.id = LinkId{7 << 20};
  link.member = PersonId{"31000000000000000002"};
  link.quota = Fen{50'000};
  link.window.from = std::chrono::year{2026} / 1 / 1;
  Network network;
  network.organiser = mother.id;
  network.family = "SH";
  network.links = {link};
  return {{HouseholdId{7}, {mother}, {network}, {{Sequence{9}, ReversalKind::kUndo}}, 1, {}},
          Sequence{12},
          Instant{std::chrono::milliseconds{1'795'313'730'512}}};
}

RC_GTEST_PROP(HouseholdCodec, WhatWasWrittenComesBack, ()) {
  const HouseholdImage image = *any_image();
  const std::string bytes = encode_image(image);
  RC_ASSERT(decode_image(bytes).value() == image);
  RC_ASSERT(peek_image_sequence(bytes).value() == image.last_sequence);
}

TEST(HouseholdCodec, CutBytesAreRefused) {
  testing::expect_refused_when_cut(encode_image(small_image()), recode);
}

TEST(HouseholdCodec, ChangedBytesAreNeverMistakenForTheOriginal) {
  testing::expect_no_mistaking_when_changed(encode_image(small_image()), recode);
}

TEST(HouseholdCodec, AnotherVersionIsRefused) {
  std::string bytes = encode_image(small_image());
  bytes[0] = 9;
  EXPECT_EQ(decode_image(bytes).error().what, "unknown image version");
  EXPECT_EQ(peek_image_sequence(bytes).error().what, "unknown image version");
  EXPECT_FALSE(peek_image_sequence("").ok());
}

}  // namespace
}  // namespace gongji::stores
