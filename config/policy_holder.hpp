// The policy in force: profiles and institutions as one value that is swapped whole. A message
// takes current() once and sees one policy from start to end, whatever is reloaded meanwhile.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "config/config_error.hpp"
#include "config/institutions.hpp"
#include "config/settings.hpp"
#include "domain/result.hpp"
#include "ports/institutions.hpp"

namespace gongji::config {

// What the settings say about where policy comes from.
struct PolicyPlaces {
  std::string institutions_file;
  std::string policies_dir;
  Reach reach = Reach::kLoopbackOnly;
  bool client_certificates = false;
};
PolicyPlaces policy_places(const Settings& settings);

Result<Policy, ConfigError> load_policy(const PolicyPlaces& places);

class PolicyHolder final : public PolicySource {
 public:
  explicit PolicyHolder(Policy policy)
      : policy_(std::make_shared<const Policy>(std::move(policy))) {}

  // Any thread; holds the lock for the copy of one pointer.
  [[nodiscard]] std::shared_ptr<const Policy> current() const override;

  // SIGHUP: all or nothing; after an error the policy in force is the one before. Any thread, reads
  // files.
  Status<ConfigError> reload(const PolicyPlaces& places);

 private:
  // A lock rather than std::atomic<std::shared_ptr>: in libstdc++ 12 load() unlocks with relaxed
  // order, which is a data race with the next store().
  mutable std::mutex mutex_;
  std::shared_ptr<const Policy> policy_;  // guarded by mutex_
};

}  // namespace gongji::config
