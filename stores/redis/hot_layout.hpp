// The keys and fields of the copy (docs/formats/redis.md), written and read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/hot_balances.hpp"
#include "stores/redis/redis_request.hpp"
#include "stores/redis/redis_value.hpp"
#include "stores/redis/resp_lines.hpp"

namespace gongji::stores {

std::string household_key(HouseholdId household);
std::string person_key(const PersonId& person);
std::string details_key(const PersonId& person);
// `tag` puts it into a slot of the master it speaks of; "" where there is only one.
std::string marker_key(const std::string& tag);

RedisRequest write_household(const HotHousehold& state);
RedisRequest write_person(const HotHousehold& state, const HotPerson& person);
RedisRequest write_details(const HotHousehold& state, const HotPerson& person);
// All of these in one transaction, without looking at what is there.
enum class HashForm { kWords, kReady };  // HSET; or RESTORE, where Redis takes it
RespLines write_plainly(const std::vector<HotHousehold>& households, HashForm form);
RedisRequest write_marker(const std::string& tag, const HotMarker& to,
                          const std::optional<HotMarker>& from);

RedisRequest ask_person(const PersonId& person);
RedisRequest ask_details(const PersonId& person);
RedisRequest ask_marker(const std::string& tag);
// Nothing when a field is missing or not of this layout.
std::optional<HotPersonFound> read_person(const RedisValue& person, const RedisValue& details);
std::optional<HotMarker> read_marker(const RedisValue& marker);
std::optional<HotHousehold> read_household(HouseholdId household, const RedisValue& hash);

}  // namespace gongji::stores
