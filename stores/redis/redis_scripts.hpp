// What Redis runs for us. Each script touches keys of one slot only and checks before it writes,
// because Redis does not undo the first half of a script that fails in the second.
// Layout: docs/formats/redis.md.
#pragma once

#include <string_view>

namespace gongji::stores {

// KEYS[1] a hash; ARGV epoch, seq, then field, value, … Replaces the whole hash unless what is
// there is newer: 1 written, 0 refused.
constexpr std::string_view kReplaceIfNewer = R"(
local epoch, seq = tonumber(ARGV[1]), tonumber(ARGV[2])
local old = redis.call('HMGET', KEYS[1], 'epoch', 'seq')
if old[1] then
  local old_epoch, old_seq = tonumber(old[1]), tonumber(old[2])
  if old_epoch > epoch or (old_epoch == epoch and old_seq > seq) then return 0 end
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'seq', ARGV[2], unpack(ARGV, 3))
return 1
)";

// KEYS[1] the marker; ARGV epoch, from, to. 1 moved, 0 it stood elsewhere.
constexpr std::string_view kAdvanceMarker = R"(
if redis.call('HGET', KEYS[1], 'seq') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'seq', ARGV[3])
return 1
)";

constexpr std::string_view kMarkerKey = "gongji:meta";
constexpr std::string_view kLayoutVersion = "1";

}  // namespace gongji::stores
