#include "domain/decide.hpp"

#include <gtest/gtest.h>

#include "domain/evolve.hpp"
#include "tests/domain/support/profiles.hpp"
#include "tests/domain/support/yuan.hpp"

namespace gongji {
namespace {

Person person(const char* id, const char* area) {
  Person made;
  made.id = PersonId{id};
  made.card.area = area;
  return made;
}

Household shanghai_family() {
  Household home;
  home.persons = {person("father", "310101"), person("child", "140107"), person("uncle", "140107")};
  Link link;
  link.id = LinkId{1};
  link.member = PersonId{"child"};
  link.window = {test::day("2025-03-01"), test::day("2026-03-31")};
  home.networks = {{PersonId{"father"}, "SH", true, {}, {link}}};
  return home;
}

std::string governing(const char* id, const char* at) {
  const Context context{test::civil(at), test::shipped_profiles(), nullptr};
  return governing_profile(shanghai_family(), PersonId{id}, context).id;
}

TEST(GoverningProfile, is_that_of_the_network_while_its_window_runs) {
  EXPECT_EQ(governing("child", "2026-03-31 23:59:59"), "SH-2025");
  EXPECT_EQ(governing("child", "2026-04-01"), "SX-2025");
}

TEST(GoverningProfile, is_that_of_the_organised_network_or_of_the_place) {
  EXPECT_EQ(governing("father", "2026-03-02"), "SH-2025");
  EXPECT_EQ(governing("father", "2024-12-31 23:59:59"), "SH-2022");
  EXPECT_EQ(governing("father", "2025-01-01"), "SH-2025");
  EXPECT_EQ(governing("uncle", "2026-03-02"), "SX-2025");
  EXPECT_EQ(governing("nobody", "2026-03-02"), "NONE");
}

TEST(Decide, names_the_person_a_command_is_about) {
  const PersonId li{"li"};
  Person enrolled;
  enrolled.id = li;
  SettleCommand settle;
  settle.patient = li;
  const Command commands[] = {settle,
                              ReverseCommand{li, Sequence{1}, ReversalKind::kUndo},
                              ReapplyCommand{li, Sequence{1}, Sequence{2}},
                              EnrolCommand{enrolled},
                              FormNetworkCommand{li, "SH", {}, {}},
                              BindCommand{li, "SH", {}},
                              ConfirmModesCommand{li, {}},
                              UnbindCommand{li, PersonId{"wu"}, true},
                              DisbandCommand{li},
                              RecordVisitCommand{VisitStep::kRegister, li, "", ""}};
  for (const Command& command : commands) EXPECT_EQ(subject_of(command), li) << command.index();
  for (const Command& command :
       {Command{TombstoneCommand{}}, Command{DepartCommand{}}, Command{ArriveCommand{}}})
    EXPECT_TRUE(subject_of(command).empty()) << command.index();
}

TEST(Decide, a_tombstone_or_a_visit_is_its_record_and_nothing_more) {
  const Context context{test::civil("2026-03-02"), test::shipped_profiles(), nullptr};
  EXPECT_EQ(*decide(Household{}, TombstoneCommand{}, context), Events{});
  EXPECT_EQ(*decide(Household{}, RecordVisitCommand{}, context), Events{});
}

TEST(Decide, does_not_know_strangers) {
  const Context context{test::civil("2026-03-02"), test::shipped_profiles(), nullptr};
  const PersonId li{"li"};
  SettleCommand settle;
  settle.patient = li;
  const Command by_name[] = {settle, FormNetworkCommand{li, "SH", {}, {}},
                             BindCommand{li, "SH", {}}};
  for (const Command& command : by_name)
    EXPECT_EQ(decide(Household{}, command, context).error().reason, Reason::kNoPerson);
  const Command by_network[] = {ConfirmModesCommand{li, {Mode::kPay}},
                                UnbindCommand{li, PersonId{"wu"}, false}, DisbandCommand{li}};
  for (const Command& command : by_network)
    EXPECT_EQ(decide(Household{}, command, context).error().reason, Reason::kNoNetwork);
}

}  // namespace
}  // namespace gongji
