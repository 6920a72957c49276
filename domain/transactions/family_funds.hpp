// May this fund pay for this member, here and now, and how much? The rules of SH-08…23, SH-41, 42
// and SX-04…25 for one fund, in the fixed reporting order; settlements and contributions share
// them.
#pragma once

#include <vector>

#include "domain/decide.hpp"

namespace gongji {

// One fund's answer: money, or the reason why not and how far down the list of rules it came.
struct FundOffer {
  Fen available;
  Reason reason = Reason::kNone;
  int rank = 0;
};

FundOffer offer_of(const FundView& fund, const Person& patient, const Place& place,
                   const Context& context);

// A contribution has no place: whether the fund may be used for it at all, before money is looked
// at (SH-21, SH-22, SX-23).
Reason bars_contribution(const FundView& fund, const Person& person, const Context& context);

// Takes `amount` out of one bucket, current-year money oldest first; the bucket must hold it.
void draw_bucket(std::vector<Leg>& legs, const Person& owner, Bucket bucket, Fen amount,
                 LinkId link);
// Bucket by bucket in the profile's order; the floor stays in whatever is left.
void draw_fund(std::vector<Leg>& legs, const FundView& fund, const Profile& profile, Fen amount);

// Above the floor, in the buckets the profile opens (SH-08, SX-05); never negative.
Fen shareable(const Person& organiser, const Profile& profile, CivilDate day);

struct FamilyShare {
  std::vector<Leg> legs;
  Reason reason = Reason::kNone;  // why nothing was paid; kNone when legs are there
};

// Walks the patient's funds in order of registration until `wanted` is covered.
FamilyShare draw_family_share(const Household& household, const Person& patient, const Place& place,
                              Fen wanted, const Context& context);

// What the member may draw now from all his funds together, whatever the place (for queries).
Fen family_available(const Household& household, const Person& member, const Context& context);

// Whether the person organises a network in the sense of the rules: a Shanghai network is one from
// its formation, a Shanxi authoriser is one only while he has links.
bool is_organiser(const Household& household, const PersonId& person, const Context& context);

}  // namespace gongji
