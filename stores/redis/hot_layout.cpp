#include "stores/redis/hot_layout.hpp"

#include <charconv>

#include "stores/redis/card_text.hpp"
#include "stores/redis/hot_fields.hpp"

namespace gongji::stores {
namespace {

using Kind = RedisValue::Kind;

std::string text(std::uint64_t number) { return std::to_string(number); }

template <class Number>
std::optional<Number> number_in(std::string_view digits) {
  Number value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// The fields of one hash that are asked for together; `at` reads on.
class Fields {
 public:
  Fields(const RedisValue& reply, std::size_t wanted) : reply_(reply) {
    complete_ = reply.is(Kind::kList) && reply.list.size() == wanted;
    for (std::size_t i = 0; complete_ && i < wanted; ++i) complete_ = reply.list[i].is(Kind::kText);
  }
  [[nodiscard]] bool complete() const { return complete_; }
  const std::string& next() { return reply_.list[at_++].text; }
  template <class Number>
  Number number() {
    const auto value = number_in<Number>(next());
    complete_ = complete_ && value.has_value();
    return value.value_or(Number{});
  }

 private:
  const RedisValue& reply_;
  std::size_t at_ = 0;
  bool complete_ = false;
};

HotPerson& person_in(HotHousehold& state, std::string_view id) {
  for (HotPerson& person : state.persons)
    if (person.id.text() == id) return person;
  HotPerson& added = state.persons.emplace_back();
  added.id = PersonId{id};
  return added;
}

Fen* amount_in(HotHousehold& state, std::string_view field) {
  const auto of = [&](std::string_view suffix, Fen HotPerson::*amount) -> Fen* {
    if (!field.ends_with(suffix)) return nullptr;
    return &(person_in(state, field.substr(0, field.size() - suffix.size())).*amount);
  };
  if (Fen* found = of(kCurrentYear, &HotPerson::current_year)) return found;
  if (Fen* found = of(kCarryover, &HotPerson::carryover)) return found;
  return of(kFamily, &HotPerson::family);
}

bool read_field(HotHousehold& state, const std::string& field, const std::string& value) {
  if (field == "until") {
    const auto day = parse_date(value);
    state.until = day.value_or(CivilDate{});
    return day.has_value();
  }
  const auto number = number_in<std::int64_t>(value);
  if (!number) return false;
  if (field == "epoch") return state.epoch = Epoch{static_cast<std::uint64_t>(*number)}, true;
  if (field == "seq") return state.sequence = Sequence{static_cast<std::uint64_t>(*number)}, true;
  Fen* amount = amount_in(state, field);
  if (amount != nullptr) *amount = Fen{*number};
  return amount != nullptr;
}

}  // namespace

// The braces are a hash tag: all of one household, and all of one person, lies in one slot.
std::string household_key(HouseholdId household) {
  return "gongji:hh:{" + text(household.number()) + "}";
}
std::string person_key(const PersonId& person) { return "gongji:psn:{" + person.text() + "}"; }
std::string details_key(const PersonId& person) { return "gongji:card:{" + person.text() + "}"; }
std::string marker_key(const std::string& tag) {
  return tag.empty() ? "gongji:meta" : "gongji:meta:{" + tag + "}";
}

// ---- reading ----

RedisRequest ask_person(const PersonId& person) {
  return {{"HMGET", person_key(person), "household", "epoch", "seq", "current_year", "carryover"},
          nullptr};
}

RedisRequest ask_details(const PersonId& person) { return {{"GET", details_key(person)}, nullptr}; }

RedisRequest ask_marker(const std::string& tag) {
  return {{"HMGET", marker_key(tag), "layout", "journal", "epoch", "seq"}, nullptr};
}

std::optional<HotPersonFound> read_person(const RedisValue& person, const RedisValue& details) {
  Fields fields{person, 5};
  auto known = details.is(Kind::kText) ? details_in(details.text) : std::nullopt;
  if (!fields.complete() || !known) return std::nullopt;
  HotPersonFound found;
  found.household = HouseholdId{fields.number<std::uint64_t>()};
  found.epoch = Epoch{fields.number<std::uint64_t>()};
  found.sequence = Sequence{fields.number<std::uint64_t>()};
  found.current_year = Fen{fields.number<std::int64_t>()};
  found.carryover = Fen{fields.number<std::int64_t>()};
  found.details = std::move(*known);
  if (!fields.complete()) return std::nullopt;
  return found;
}

std::optional<HotMarker> read_marker(const RedisValue& marker) {
  Fields fields{marker, 4};
  if (!marker.is(Kind::kList) || marker.list.empty() || marker.list[0].is(Kind::kNil))
    return std::nullopt;
  HotMarker found;
  if (!fields.complete() || fields.next() != kLayoutVersion) return found;  // of another layout
  found.journal = fields.next();
  found.epoch = Epoch{fields.number<std::uint64_t>()};
  found.sequence = Sequence{fields.number<std::uint64_t>()};
  return fields.complete() ? found : HotMarker{};
}

std::optional<HotHousehold> read_household(HouseholdId household, const RedisValue& hash) {
  if (!hash.is(Kind::kList) || hash.list.empty()) return std::nullopt;
  HotHousehold state;
  state.household = household;
  for (std::size_t i = 0; i + 1 < hash.list.size(); i += 2)
    if (!read_field(state, hash.list[i].text, hash.list[i + 1].text)) return std::nullopt;
  return state;
}

}  // namespace gongji::stores
