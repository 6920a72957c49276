// What Redis runs for us: three functions, each on one key, each checking everything before it
// writes, because Redis does not undo the first half of what fails in the second. Servers before 7,
// or that do not let us load functions, get the same text as scripts. Layout:
// docs/formats/redis.md.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace gongji::stores {

inline constexpr std::string_view kLayoutVersion = "4";

struct RedisFunction {
  std::string_view name;
  std::string_view body;  // of function(KEYS, ARGV)
};

// A hash; ARGV epoch, seq, then field, value, … Replaces the whole hash unless what is there is
// newer: 1 written, 0 refused. Numbers are compared as text of digits: Lua's own are exact only up
// to 2^53.
inline constexpr RedisFunction kReplace{"gongji_replace", R"(
local function less(a, b) if #a ~= #b then return #a < #b end return a < b end
local old = redis.call('HMGET', KEYS[1], 'epoch', 'seq')
if old[1] and old[2] then
  if less(ARGV[1], old[1]) then return 0 end
  if ARGV[1] == old[1] and less(ARGV[2], old[2]) then return 0 end
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'seq', ARGV[2], unpack(ARGV, 3))
return 1
)"};

// A text that begins with epoch, space, seq; ARGV epoch, seq, the text. The same check and replies.
inline constexpr RedisFunction kReplaceText{"gongji_replace_text", R"(
local function less(a, b) if #a ~= #b then return #a < #b end return a < b end
local epoch, seq = string.match(redis.call('GETRANGE', KEYS[1], 0, 40), '^(%d+) (%d+)')
if epoch then
  if less(ARGV[1], epoch) then return 0 end
  if ARGV[1] == epoch and less(ARGV[2], seq) then return 0 end
end
redis.call('SET', KEYS[1], ARGV[3])
return 1
)"};

// The marker; ARGV layout, journal, epoch, seq, and from where when it must stand there: epoch,
// seq. 1 moved, 0 it stood elsewhere or a newer owner of this journal marked it.
inline constexpr RedisFunction kMark{"gongji_mark", R"(
local function less(a, b) if #a ~= #b then return #a < #b end return a < b end
local old = redis.call('HMGET', KEYS[1], 'journal', 'epoch', 'seq')
if ARGV[5] and (old[2] ~= ARGV[5] or old[3] ~= ARGV[6]) then return 0 end
if old[1] == ARGV[2] and old[2] and less(ARGV[3], old[2]) then return 0 end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'layout', ARGV[1], 'journal', ARGV[2], 'epoch', ARGV[3], 'seq', ARGV[4])
return 1
)"};

inline constexpr std::array kFunctions{&kReplace, &kReplaceText, &kMark};

// The text FUNCTION LOAD takes.
std::string library_text();

}  // namespace gongji::stores
