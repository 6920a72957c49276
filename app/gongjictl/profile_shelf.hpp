// Which profiles a recorded decision was taken under, and which a proposed one would replace. A
// record names its profile and the hash of its text (GX-11); profiles that were added since are
// left out where they would govern today and did not then.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/decide.hpp"
#include "domain/profile.hpp"
#include "domain/record.hpp"

namespace gongji::ctl {

// A profile the journal names and the policies folder does not have as it was.
struct ProfileMiss {
  ProfileRef journaled;
  std::string hash_here;  // "" = there is no profile of that id
  std::uint64_t decisions = 0;
};

class ProfileShelf {
 public:
  explicit ProfileShelf(ProfileBook book, std::optional<Profile> proposed = {});

  struct Choice {
    const ProfileBook* then;      // as the journal says; the folder's own where it cannot be had
    const ProfileBook* proposed;  // the same with the proposed profile in its family's place
    bool exact = true;            // `then` holds the very text that decided
  };
  // `household` as it stood before the record. Pointers live as long as the shelf.
  Choice choose(const JournalRecord& record, const Household& household);

  [[nodiscard]] const std::vector<ProfileMiss>& misses() const { return misses_; }

 private:
  using Ids = std::set<std::string>;
  struct Books {
    ProfileBook then;
    ProfileBook proposed;
  };
  const Books& without(const Ids& left_out);
  Choice miss(const ProfileRef& journaled, const std::string& hash_here);

  ProfileBook book_;
  std::optional<Profile> proposed_;
  std::map<Ids, Books> books_;
  std::vector<ProfileMiss> misses_;
};

}  // namespace gongji::ctl
