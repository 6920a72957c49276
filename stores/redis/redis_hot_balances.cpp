#include "stores/redis/redis_hot_balances.hpp"

#include <hiredis/hiredis.h>

#include <charconv>

#include "stores/redis/redis_scripts.hpp"

namespace gongji::stores {
namespace {

std::string text(std::uint64_t number) { return std::to_string(number); }
std::string text(Fen amount) { return std::to_string(amount.count()); }

// The braces are a hash tag: everything of one household lies in one slot of a cluster.
std::string household_key(HouseholdId household) {
  return "gongji:hh:{" + text(household.number()) + "}";
}
std::string person_key(const PersonId& person) { return "gongji:psn:{" + person.text() + "}"; }

RedisCommand household_command(const std::string& script, const HotHousehold& state) {
  RedisCommand command{"EVALSHA",
                       script,
                       "1",
                       household_key(state.household),
                       text(state.epoch.number()),
                       text(state.sequence.number())};
  for (const HotPerson& person : state.persons) {
    const std::string& id = person.id.text();
    for (auto& part : {id + ":current_year", text(person.current_year), id + ":carryover",
                       text(person.carryover), id + ":family", text(person.family)})
      command.push_back(part);
  }
  return command;
}

RedisCommand person_command(const std::string& script, const HotHousehold& state,
                            const HotPerson& person) {
  return {"EVALSHA",
          script,
          "1",
          person_key(person.id),
          text(state.epoch.number()),
          text(state.sequence.number()),
          "household",
          text(state.household.number()),
          "current_year",
          text(person.current_year),
          "carryover",
          text(person.carryover)};
}

std::optional<std::int64_t> number_in(const redisReply* reply) {
  if (reply == nullptr || reply->type != REDIS_REPLY_STRING) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(reply->str, reply->str + reply->len, value);
  if (error != std::errc{} || end != reply->str + reply->len) return std::nullopt;
  return value;
}

}  // namespace

Status<StoreError> RedisHotBalances::load_scripts() {
  if (redis_.generation() != 0 && scripts_of_generation_ == redis_.generation()) return Done{};
  auto loaded = redis_.run({{"SCRIPT", "LOAD", std::string{kReplaceIfNewer}},
                            {"SCRIPT", "LOAD", std::string{kAdvanceMarker}}});
  if (!loaded) return loaded.error();
  replace_if_newer_ = (*loaded)[0]->str;
  advance_marker_ = (*loaded)[1]->str;
  scripts_of_generation_ = redis_.generation();
  return Done{};
}

Result<std::size_t, StoreError> RedisHotBalances::apply(std::span<const HotHousehold> households) {
  if (auto loaded = load_scripts(); !loaded) return loaded.error();
  std::vector<RedisCommand> commands;
  std::vector<std::size_t> of_household;  // which commands write households
  for (const HotHousehold& state : households) {
    of_household.push_back(commands.size());
    commands.push_back(household_command(replace_if_newer_, state));
    for (const HotPerson& person : state.persons)
      commands.push_back(person_command(replace_if_newer_, state, person));
  }
  if (commands.empty()) return std::size_t{0};
  auto replies = redis_.run(commands);
  if (!replies) {
    scripts_of_generation_ = 0;  // a restarted Redis has forgotten them
    return replies.error();
  }
  std::size_t refused = 0;
  for (const std::size_t index : of_household) refused += (*replies)[index]->integer == 0 ? 1 : 0;
  return refused;
}

Result<std::optional<Sequence>, StoreError> RedisHotBalances::marker() {
  using Found = std::optional<Sequence>;
  const auto reply = redis_.run({"HMGET", std::string{kMarkerKey}, "layout", "seq"});
  if (!reply) return reply.error();
  const redisReply& fields = **reply;
  if (fields.elements != 2 || fields.element[0]->type != REDIS_REPLY_STRING ||
      fields.element[0]->str != kLayoutVersion)
    return Found{};
  const auto sequence = number_in(fields.element[1]);
  return sequence ? Found{Sequence{static_cast<std::uint64_t>(*sequence)}} : Found{};
}

Status<StoreError> RedisHotBalances::set_marker(Epoch epoch, Sequence to) {
  const auto reply =
      redis_.run({"HSET", std::string{kMarkerKey}, "layout", std::string{kLayoutVersion}, "epoch",
                  text(epoch.number()), "seq", text(to.number())});
  if (!reply) return reply.error();
  return Done{};
}

Result<bool, StoreError> RedisHotBalances::advance_marker(Epoch epoch, Sequence from, Sequence to) {
  if (auto loaded = load_scripts(); !loaded) return loaded.error();
  const auto reply = redis_.run({"EVALSHA", advance_marker_, "1", std::string{kMarkerKey},
                                 text(epoch.number()), text(from.number()), text(to.number())});
  if (!reply) return reply.error();
  return (*reply)->integer == 1;
}

Result<std::optional<HotPersonFound>, StoreError> RedisHotBalances::read(const PersonId& person) {
  using Found = std::optional<HotPersonFound>;
  const auto reply = redis_.run(
      {"HMGET", person_key(person), "household", "epoch", "seq", "current_year", "carryover"});
  if (!reply) return reply.error();
  std::int64_t values[5];
  for (std::size_t i = 0; i < 5; ++i) {
    const auto value = number_in((*reply)->element[i]);
    if (!value) return Found{};
    values[i] = *value;
  }
  const auto number = [&](int i) { return static_cast<std::uint64_t>(values[i]); };
  return Found{HotPersonFound{HouseholdId{number(0)}, Epoch{number(1)}, Sequence{number(2)},
                              Fen{values[3]}, Fen{values[4]}}};
}

}  // namespace gongji::stores
