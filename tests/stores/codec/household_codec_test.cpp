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

Contribution premium(const PersonId& payer) {
  Contribution order;
  order.id = OrderId{7 << 20};
  order.person = order.payer = payer;
  order.purpose = "RESIDENT_PREMIUM";
  order.year = 2027;
  order.amount = Fen{40'000};
  order.legs = {{payer, Bucket::kCurrentYear, Fen{40'000}, LinkId{}, 2027}};
  return order;
}

HouseholdImage small_image() {
  Person mother;
  mother.id = PersonId{"31000000000000000001"};
  mother.carryover = Fen{100'000};
  mother.current_year = Fen{300};
  mother.year_money = {{2027, Fen{300}}};
  mother.rolled_year = 2026;
  Link link;
  link.id = LinkId{7 << 20};
  link.member = PersonId{"31000000000000000002"};
  link.quota = Fen{50'000};
  link.window.from = std::chrono::year{2026} / 1 / 1;
  Network network;
  network.organiser = mother.id;
  network.family = "SH";
  network.links = {link};
  Household household;
  household.id = HouseholdId{7};
  household.persons = {mother};
  household.networks = {network};
  household.reversals = {{Sequence{9}, ReversalKind::kUndo, mother.id}};
  household.links_made = 1;
  household.contributions = {premium(mother.id)};
  household.orders_made = 1;
  household.suspense = {{mother.id, Fen{250}, Sequence{9}, OrderId{}}};
  household.reviews = {{Sequence{9}, LinkId{}, mother.id, "two pharmacies in one hour"}};
  return {household, Sequence{12}, Instant{std::chrono::milliseconds{1'795'313'730'512}}};
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
