// Creates the persons and networks a run needs, by import over several connections at once. Batches
// have fixed names and contents, so preparing again adds only what is missing and never resets a
// balance.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "domain/result.hpp"
#include "loadtest/client/address.hpp"
#include "loadtest/population.hpp"

namespace gongji::loadtest {

struct Prepared {
  std::uint64_t lines = 0;
  std::uint64_t refused = 0;
  std::string first_refusal;
  std::uint64_t persons = 0;
  double persons_s = 0;  // what they took, without the networks
};

using PrepareProgress = std::function<void(std::uint64_t lines_done, std::uint64_t lines_all)>;

// The error is that of the first batch that could not be imported; the others may be in.
Result<Prepared, std::string> prepare_population(const Address& http, const std::string& token,
                                                 const Population& population,
                                                 const PrepareProgress& progress);

}  // namespace gongji::loadtest
