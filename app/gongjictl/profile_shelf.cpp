#include "app/gongjictl/profile_shelf.hpp"

#include <algorithm>

namespace gongji::ctl {
namespace {

// Decides every day, whatever days it is meant for: the question is what it would have done.
ProfileBook with_proposed(const std::vector<Profile>& profiles,
                          const std::optional<Profile>& proposed) {
  if (!proposed) return ProfileBook{profiles};
  std::vector<Profile> kept{*proposed};
  kept.front().valid = {};
  for (const Profile& profile : profiles)
    if (profile.family != proposed->family && profile.area != proposed->area)
      kept.push_back(profile);
  return ProfileBook{std::move(kept)};
}

}  // namespace

ProfileShelf::ProfileShelf(ProfileBook book, std::optional<Profile> proposed)
    : book_(std::move(book)), proposed_(std::move(proposed)) {}

ProfileShelf::Choice ProfileShelf::choose(const JournalRecord& record, const Household& household) {
  Ids left_out;
  if (record.household.is_none()) {  // a tombstone: no rule was asked
    const Books& all = without(left_out);
    return {&all.then, &all.proposed, true};
  }
  while (true) {
    const Books& books = without(left_out);
    const Profile& profile = governing_profile(household, subject_of(record.command),
                                               Context{record.at, books.then, nullptr});
    if (ProfileRef{profile.id, profile.hash} == record.profile)
      return {&books.then, &books.proposed, true};
    if (profile.id == record.profile.id) return miss(record.profile, profile.hash);
    if (books.then.by_id(profile.id) == nullptr) return miss(record.profile, "");
    left_out.insert(profile.id);
  }
}

const ProfileShelf::Books& ProfileShelf::without(const Ids& left_out) {
  const auto known = books_.find(left_out);
  if (known != books_.end()) return known->second;
  std::vector<Profile> profiles;
  for (const Profile& profile : book_.all())
    if (!left_out.contains(profile.id)) profiles.push_back(profile);
  Books books{ProfileBook{profiles}, with_proposed(profiles, proposed_)};
  return books_.emplace(left_out, std::move(books)).first->second;
}

ProfileShelf::Choice ProfileShelf::miss(const ProfileRef& journaled, const std::string& hash_here) {
  auto found = std::find_if(misses_.begin(), misses_.end(),
                            [&](const ProfileMiss& known) { return known.journaled == journaled; });
  if (found == misses_.end()) found = misses_.insert(found, {journaled, hash_here, 0});
  ++found->decisions;
  const Books& all = without({});
  return {&all.then, &all.proposed, false};
}

}  // namespace gongji::ctl
