// A random cast and a random script: what the properties of settling, binding and reversing are
// tried on. Plain numbers that mean something only against the state at that moment (a rehearsal
// reads them), so that a failing script can be cut short and still makes sense.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace gongji::test {

enum class Province : std::uint8_t { kShanghai, kShanxi, kBeijing, kMixed };

struct CastMember {
  bool employee = false;
  Province home = Province::kShanghai;  // counts in a mixed cast
  std::int64_t current_year = 0;
  std::int64_t carryover = 0;
};

enum class Deed : std::uint8_t {
  kSettle,
  kQuoteAndSettle,
  kSettleAsWronglyQuoted,
  kCancel,
  kUndo,
  kReapply,
  kForm,
  kBind,
  kConfirmModes,
  kUnbind,
  kLeave,
  kDisband,
  kMerge,
  kChange,
};
constexpr int kDeeds = static_cast<int>(Deed::kChange) + 1;

struct Line {
  Deed deed = Deed::kSettle;
  unsigned who = 0;
  unsigned other = 0;
  std::int64_t amount = 0;
  unsigned detail = 0;
  unsigned hours = 0;  // that pass before it
};

struct Scene {
  Province province = Province::kShanghai;
  std::vector<CastMember> cast;  // never empty
  std::vector<Line> script;
};

std::ostream& operator<<(std::ostream& out, const Scene& scene);

// "" when it holds, else what is wrong.
using SceneLaw = std::function<std::string(const Scene&)>;

void expect_for_all_scenes(int cases, const SceneLaw& law);
bool some_scene_breaks(int cases, const SceneLaw& law);

}  // namespace gongji::test
