// The switches of a policy profile that a story can turn, by the name of the field.
#pragma once

#include "domain/profile.hpp"
#include "tests/domain/support/story_reader.hpp"

namespace gongji::test {

// KEY VALUE, for example `quota_kind per_settlement` or `future_window_allowed no`.
void read_rule(Words& words, Profile& profile);

}  // namespace gongji::test
