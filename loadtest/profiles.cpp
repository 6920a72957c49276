#include "loadtest/profiles.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace gongji::loadtest {
namespace {

Fen fen_between(Random& random, std::uint64_t low, std::uint64_t high) {
  return Fen{static_cast<std::int64_t>(low + random.below(high - low + 1))};
}

Call purchase_by_child(std::uint32_t family, Fen amount) {
  return {CallKind::kSettle, {{PersonRole::kChild, family}, amount, Fen{0}}};
}

class Uniform final : public Profile {
 public:
  explicit Uniform(Population population) : families_(population.families) {}
  Call next(Random& random) override {
    const auto family = static_cast<std::uint32_t>(random.below(families_));
    return purchase_by_child(family, fen_between(random, 1'00, 99'99));
  }

 private:
  std::uint32_t families_;
};

// Small amounts, so that hours at full speed do not empty the one fund.
class OneHotFamily final : public Profile {
 public:
  Call next(Random& random) override { return purchase_by_child(0, fen_between(random, 1, 1'00)); }
};

class Zipf final : public Profile {
 public:
  Zipf(Population population, double skew) : ranks_(population.families, skew) {}
  Call next(Random& random) override {
    const auto family = static_cast<std::uint32_t>(ranks_.pick(random));
    return purchase_by_child(family, fen_between(random, 1, 9'99));
  }

 private:
  ZipfRanks ranks_;
};

// Family aid in 2025: 464 million payments of 148 yuan on average. A log-normal with deviation 0.9
// and median 98.70 has that mean.
class Nation final : public Profile {
 public:
  explicit Nation(Population population) : population_(population) {}

  Call next(Random& random) override {
    constexpr CallKind kSteps[] = {CallKind::kPersonQuery, CallKind::kQuote, CallKind::kSettle};
    if (step_ == 0) visit_ = new_visit(random);
    const CallKind kind = kSteps[step_];
    step_ = (step_ + 1) % 3;
    return {kind, visit_};
  }

 private:
  Purchase new_visit(Random& random) const {
    constexpr double kMedianYuan = 98.70;
    constexpr double kDeviation = 0.9;
    const double yuan = kMedianYuan * std::exp(kDeviation * random.normal());
    const auto amount = static_cast<std::int64_t>(std::clamp(yuan, 1.0, 5000.0) * 100);
    return {patient(random), Fen{amount}, Fen{amount * 6 / 10}};
  }

  PersonRef patient(Random& random) const {
    const bool has_family = random.below(100) < 7 || population_.singles == 0;
    const std::uint32_t many = has_family ? population_.families : population_.singles;
    return {has_family ? PersonRole::kChild : PersonRole::kSingle,
            static_cast<std::uint32_t>(random.below(many))};
  }

  Population population_;
  Purchase visit_;
  unsigned step_ = 0;
};

// When all have paid it begins anew: who presses twice is refused, as on every such day.
class DeadlineDay final : public Profile {
 public:
  explicit DeadlineDay(const ProfileOptions& options)
      : purchases_(options.population),
        families_(options.population.families),
        family_(options.first),
        step_(options.step) {}

  Call next(Random& random) override {
    constexpr unsigned kCallsPerPremium = 3;
    if (call_++ % kCallsPerPremium != 0) return purchases_.next(random);
    const PersonRef child{PersonRole::kChild, static_cast<std::uint32_t>(family_ % families_)};
    family_ += step_;
    return {CallKind::kPremium, {child, Fen{0}, Fen{0}}};
  }

 private:
  Uniform purchases_;
  std::uint64_t families_;
  std::uint64_t family_;
  std::uint64_t step_;
  unsigned call_ = 0;
};

}  // namespace

std::unique_ptr<Profile> make_profile(const ProfileOptions& options) {
  switch (options.name) {
    case ProfileName::kUniform:
    case ProfileName::kPharmacyPeak:
    case ProfileName::kJulyFirst: return std::make_unique<Uniform>(options.population);
    case ProfileName::kOneHotFamily: return std::make_unique<OneHotFamily>();
    case ProfileName::kZipf: return std::make_unique<Zipf>(options.population, options.zipf_skew);
    case ProfileName::kNation:
    case ProfileName::kSoak: return std::make_unique<Nation>(options.population);
    case ProfileName::kDeadlineDay: return std::make_unique<DeadlineDay>(options);
  }
  std::abort();
}

}  // namespace gongji::loadtest
