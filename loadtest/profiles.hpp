// What the load is made of: an endless sequence of calls, the same for the same seed.
//   uniform         a pharmacy purchase by the child of any family, all equally likely
//   one-hot-family  every purchase by the same child: one household serialises them all
//   zipf            few families buy most; the rest hardly ever
//   nation          hospital visits, each a person query, a quote and a settlement; 93 % of the
//                   patients have no family; amounts log-normal around the national mean
//   pharmacy-peak   as uniform; its schedule ramps up to the full rate and down again
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

std::unique_ptr<Profile> make_profile(ProfileName name, Population population, double zipf_skew);

}  // namespace gongji::loadtest
