#include "tests/domain/rules/properties/scene.hpp"

#include "tests/domain/rules/properties/for_all.hpp"

namespace gongji::test {
namespace {

rc::Gen<CastMember> cast_members() {
  const auto province = rc::gen::element(Province::kShanghai, Province::kShanxi);
  return rc::gen::build<CastMember>(
      rc::gen::set(&CastMember::employee, rc::gen::weightedElement<bool>({{3, true}, {2, false}})),
      rc::gen::set(&CastMember::home, province),
      rc::gen::set(&CastMember::current_year, rc::gen::inRange<std::int64_t>(0, 90'000)),
      rc::gen::set(&CastMember::carryover, rc::gen::weightedOneOf<std::int64_t>(
                                               {{4, rc::gen::inRange<std::int64_t>(0, 400'000)},
                                                {1, rc::gen::just<std::int64_t>(0)},
                                                {1, rc::gen::just<std::int64_t>(100'000)}})));
}

rc::Gen<Deed> deeds() {
  return rc::gen::weightedElement<Deed>({{10, Deed::kSettle},
                                         {4, Deed::kQuoteAndSettle},
                                         {1, Deed::kSettleAsWronglyQuoted},
                                         {4, Deed::kCancel},
                                         {2, Deed::kUndo},
                                         {3, Deed::kReapply},
                                         {3, Deed::kForm},
                                         {8, Deed::kBind},
                                         {3, Deed::kConfirmModes},
                                         {1, Deed::kUnbind},
                                         {1, Deed::kLeave},
                                         {1, Deed::kDisband},
                                         {1, Deed::kMerge},
                                         {2, Deed::kChange}});
}

rc::Gen<Line> lines() {
  return rc::gen::build<Line>(
      rc::gen::set(&Line::deed, deeds()), rc::gen::set(&Line::who, rc::gen::inRange(0U, 6U)),
      rc::gen::set(&Line::other, rc::gen::inRange(0U, 6U)),
      rc::gen::set(&Line::amount, rc::gen::inRange<std::int64_t>(0, 70'000)),
      rc::gen::set(&Line::detail, rc::gen::inRange(0U, 1U << 12)),
      rc::gen::set(&Line::hours, rc::gen::weightedOneOf<unsigned>(
                                     {{4, rc::gen::just(0U)}, {1, rc::gen::inRange(1U, 40U)}})));
}

rc::Gen<Scene> scenes() {
  const auto province = rc::gen::element(Province::kShanghai, Province::kShanxi, Province::kBeijing,
                                         Province::kMixed);
  const auto size = rc::gen::inRange<std::size_t>(2, 7);
  const auto cast = rc::gen::mapcat(size, [](std::size_t count) {
    return rc::gen::container<std::vector<CastMember>>(count, cast_members());
  });
  const auto script = rc::gen::scale(1.5, rc::gen::container<std::vector<Line>>(lines()));
  return rc::gen::build<Scene>(rc::gen::set(&Scene::province, province),
                               rc::gen::set(&Scene::cast, cast),
                               rc::gen::set(&Scene::script, script));
}

const char* const kDeedNames[kDeeds] = {"settle",
                                        "quote-and-settle",
                                        "settle-as-wrongly-quoted",
                                        "cancel",
                                        "undo",
                                        "reapply",
                                        "form",
                                        "bind",
                                        "confirm-modes",
                                        "unbind",
                                        "leave",
                                        "disband",
                                        "merge",
                                        "change"};

}  // namespace

std::ostream& operator<<(std::ostream& out, const Scene& scene) {
  out << "province " << static_cast<int>(scene.province) << "\n";
  for (const CastMember& member : scene.cast)
    out << "  " << (member.employee ? "employee" : "resident") << " of "
        << static_cast<int>(member.home) << ", current-year " << member.current_year
        << " fen, carry-over " << member.carryover << " fen\n";
  for (const Line& line : scene.script)
    out << "  " << kDeedNames[static_cast<int>(line.deed)] << " who=" << line.who
        << " other=" << line.other << " amount=" << line.amount << " detail=" << line.detail
        << " hours=" << line.hours << "\n";
  return out;
}

void expect_for_all_scenes(int cases, const SceneLaw& law) { expect_all(scenes(), cases, law); }
bool some_scene_breaks(int cases, const SceneLaw& law) { return is_refuted(scenes(), cases, law); }

}  // namespace gongji::test
