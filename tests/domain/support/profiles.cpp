#include "tests/domain/support/profiles.hpp"

#include <stdexcept>
#include <string>

#include "config/policies.hpp"
#include "tests/test_places.hpp"

namespace gongji::test {
namespace {

ProfileBook load() {
  auto book = config::load_policies(std::string{GONGJI_SOURCE_DIR} + "/config/policies");
  if (book) return *book;
  throw std::runtime_error{book.error().text()};
}

}  // namespace

const ProfileBook& shipped_profiles() {
  static const ProfileBook book = load();
  return book;
}

Profile shipped(std::string_view id) {
  const Profile* profile = shipped_profiles().by_id(id);
  if (profile == nullptr) throw std::runtime_error{"no profile " + std::string{id}};
  return *profile;
}

ProfileBook shipped_but(const Profile& changed) {
  std::vector<Profile> profiles = shipped_profiles().all();
  for (Profile& profile : profiles)
    if (profile.id == changed.id) profile = changed;
  return ProfileBook{std::move(profiles)};
}

}  // namespace gongji::test
