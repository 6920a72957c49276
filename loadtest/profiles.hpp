// What the load is made of: an endless sequence of calls, the same for the same seed.
//   uniform         a pharmacy purchase by the child of any family, all equally likely
//   one-hot-family  every purchase by the same child: one household serialises them all
//   zipf            few families buy most; the rest hardly ever
//   nation          hospital visits, each a person query, a quote and a settlement; 93 % of the
//                   patients have no family; amounts log-normal around the national mean
//   pharmacy-peak   as uniform; its schedule ramps up to the full rate and down again
//   deadline-day    the premium of one child after the other, two purchases between each and the
//                   next; its schedule climbs to the full rate at the deadline
//   july-first      as uniform, while all accounts are rolled (roll_watch.hpp)
//   soak            as nation, for long (soak.hpp)
#pragma once

#include <memory>

#include "loadtest/envelope.hpp"
#include "loadtest/options.hpp"
#include "loadtest/population.hpp"
#include "loadtest/random.hpp"
#include "loadtest/traffic.hpp"

namespace gongji::loadtest {

struct Call {
  CallKind kind = CallKind::kSettle;
  Purchase purchase;
};

class Profile {
 public:
  virtual ~Profile() = default;
  virtual Call next(Random& random) = 0;
};

struct ProfileOptions {
  ProfileName name = ProfileName::kUniform;
  Population population;
  double zipf_skew = 0.99;
  // Of several profiles that share the families of a deadline day: families first, first + step, …
  std::uint64_t first = 0;
  std::uint64_t step = 1;
};

std::unique_ptr<Profile> make_profile(const ProfileOptions& options);

}  // namespace gongji::loadtest
