// The shipped policy profiles, read once from config/policies: what the rule tables prove, they
// prove of these files.
#pragma once

#include <string_view>

#include "domain/profile.hpp"

namespace gongji::test {

const ProfileBook& shipped_profiles();
Profile shipped(std::string_view id);
// The shipped profiles with `changed` in the place of the one that has its id.
ProfileBook shipped_but(const Profile& changed);

}  // namespace gongji::test
