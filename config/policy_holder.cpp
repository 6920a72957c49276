#include "config/policy_holder.hpp"

#include "config/policies.hpp"

namespace gongji::config {

PolicyPlaces policy_places(const Settings& settings) {
  return {settings.paths.institutions_file, settings.paths.policies_dir,
          settings.business_listeners_are_loopback() ? Reach::kLoopbackOnly : Reach::kNetwork,
          !settings.gateway.tls.client_ca.empty()};
}

Result<Policy, ConfigError> load_policy(const PolicyPlaces& places) {
  auto institutions =
      load_institutions(places.institutions_file, places.reach, places.client_certificates);
  if (!institutions) return institutions.error();
  auto profiles = load_policies(places.policies_dir);
  if (!profiles) return profiles.error();
  return Policy{std::move(*profiles), std::move(*institutions)};
}

std::shared_ptr<const Policy> PolicyHolder::current() const {
  const std::lock_guard lock{mutex_};
  return policy_;
}

Status<ConfigError> PolicyHolder::reload(const PolicyPlaces& places) {
  auto loaded = load_policy(places);
  if (!loaded) return loaded.error();
  auto fresh = std::make_shared<const Policy>(std::move(*loaded));
  const std::lock_guard lock{mutex_};
  policy_.swap(fresh);  // the old one, if nobody else holds it, goes after the lock
  return Done{};
}

}  // namespace gongji::config
