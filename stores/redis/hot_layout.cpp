#include "stores/redis/hot_layout.hpp"

#include <array>
#include <charconv>
#include <vector>

namespace gongji::stores {
namespace {

using Kind = RedisValue::Kind;

constexpr std::string_view kCurrentYear = ":current_year";
constexpr std::string_view kCarryover = ":carryover";
constexpr std::string_view kFamily = ":family";

std::string text(std::uint64_t number) { return std::to_string(number); }
std::string text(Fen amount) { return std::to_string(amount.count()); }

template <class Number>
std::optional<Number> number_in(std::string_view digits) {
  Number value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

constexpr std::array kAccountStates{"usable", "frozen", "closed"};  // in the order of AccountState

std::optional<AccountState> account_state_in(std::string_view word) {
  for (std::size_t i = 0; i < kAccountStates.size(); ++i)
    if (word == kAccountStates[i]) return static_cast<AccountState>(i);
  return std::nullopt;
}

RedisRequest replace(std::string key, const HotHousehold& state, RedisWords fields) {
  RedisWords words{std::move(key), text(state.epoch.number()), text(state.sequence.number())};
  words.insert(words.end(), std::make_move_iterator(fields.begin()),
               std::make_move_iterator(fields.end()));
  return {std::move(words), &kReplace};
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

std::optional<HotDetails> read_details(const RedisValue& reply) {
  Fields fields{reply, 14};
  if (!fields.complete()) return std::nullopt;
  HotDetails details;
  PersonCard& card = details.card;
  for (std::string* field : {&card.psn_name, &card.psn_cert_type, &card.certno, &card.card_no,
                             &card.psn_type, &card.gender, &card.birth_date})
    *field = fields.next();
  const auto scheme = scheme_from_insutype(fields.next());
  card.area = fields.next();
  details.status = static_cast<InsuredStatus>(fields.number<unsigned>());
  const auto account_state = account_state_in(fields.next());
  details.role = fields.next();
  details.has_network = fields.next() == "1";
  const auto until = parse_date(fields.next());
  if (!scheme || !account_state || !until || !fields.complete()) return std::nullopt;
  details.until = *until;
  card.scheme = *scheme;
  details.account_state = *account_state;
  return details;
}

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

// ---- writing ----

RedisRequest write_household(const HotHousehold& state) {
  RedisWords fields{"until", to_text(state.until)};
  fields.reserve(2 + 6 * state.persons.size());
  const auto put = [&](const HotPerson& person, std::string_view suffix, Fen amount) {
    fields.push_back(person.id.text() + std::string{suffix});
    fields.push_back(text(amount));
  };
  for (const HotPerson& person : state.persons) {
    put(person, kCurrentYear, person.current_year);
    put(person, kCarryover, person.carryover);
    put(person, kFamily, person.family);
  }
  return replace(household_key(state.household), state, std::move(fields));
}

RedisRequest write_person(const HotHousehold& state, const HotPerson& person) {
  return replace(person_key(person.id), state,
                 {"household", text(state.household.number()), "current_year",
                  text(person.current_year), "carryover", text(person.carryover)});
}

RedisRequest write_details(const HotHousehold& state, const HotPerson& person) {
  const HotDetails& details = *person.details;
  const PersonCard& card = details.card;
  return replace(details_key(person.id), state,
                 {"psn_name",       card.psn_name,
                  "psn_cert_type",  card.psn_cert_type,
                  "certno",         card.certno,
                  "card_no",        card.card_no,
                  "psn_type",       card.psn_type,
                  "gend",           card.gender,
                  "brdy",           card.birth_date,
                  "insutype",       std::string{to_insutype(card.scheme)},
                  "insuplc_admdvs", card.area,
                  "psn_insu_stas",  text(static_cast<unsigned>(details.status)),
                  "account_state",  kAccountStates[static_cast<std::size_t>(details.account_state)],
                  "role",           details.role,
                  "network",        details.has_network ? "1" : "0",
                  "until",          to_text(details.until)});
}

RedisRequest write_marker(const std::string& tag, const HotMarker& to,
                          const std::optional<HotMarker>& from) {
  RedisWords words{marker_key(tag), std::string{kLayoutVersion}, to.journal,
                   text(to.epoch.number()), text(to.sequence.number())};
  if (from) {
    words.push_back(text(from->epoch.number()));
    words.push_back(text(from->sequence.number()));
  }
  return {std::move(words), &kMark};
}

// ---- reading ----

RedisRequest ask_person(const PersonId& person) {
  return {{"HMGET", person_key(person), "household", "epoch", "seq", "current_year", "carryover"},
          nullptr};
}

RedisRequest ask_details(const PersonId& person) {
  return {{"HMGET", details_key(person), "psn_name", "psn_cert_type", "certno", "card_no",
           "psn_type", "gend", "brdy", "insutype", "insuplc_admdvs", "psn_insu_stas",
           "account_state", "role", "network", "until"},
          nullptr};
}

RedisRequest ask_marker(const std::string& tag) {
  return {{"HMGET", marker_key(tag), "layout", "journal", "epoch", "seq"}, nullptr};
}

std::optional<HotPersonFound> read_person(const RedisValue& person, const RedisValue& details) {
  Fields fields{person, 5};
  auto known = read_details(details);
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
