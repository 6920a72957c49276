#include <algorithm>
#include <utility>

#include "stores/redis/card_text.hpp"
#include "stores/redis/hot_fields.hpp"
#include "stores/redis/hot_layout.hpp"

// How the copy is written, entry by entry or many at once. Part of hot_layout.hpp.
namespace gongji::stores {
namespace {

std::string text(std::uint64_t number) { return std::to_string(number); }

// ---- the fields of each hash, into a list of words or straight into what is sent ----

class ListOfWords {
 public:
  explicit ListOfWords(RedisWords& words) : words_(words) {}
  void word(std::string_view text, std::string_view more = {}) {
    words_.emplace_back(text).append(more);
  }
  void number(std::int64_t number) { words_.push_back(std::to_string(number)); }

 private:
  RedisWords& words_;
};

constexpr std::size_t kOrderWords = 4;
template <class To>
void put_order(To& to, const HotHousehold& state) {
  to.word("epoch");
  to.number(static_cast<std::int64_t>(state.epoch.number()));
  to.word("seq");
  to.number(static_cast<std::int64_t>(state.sequence.number()));
}

std::size_t household_words(const HotHousehold& state) { return 2 + 6 * state.persons.size(); }
template <class To>
void put_household(To& to, const HotHousehold& state) {
  to.word("until");
  to.word(to_text(state.until));
  for (const HotPerson& person : state.persons) {
    to.word(person.id.text(), kCurrentYear);
    to.number(person.current_year.count());
    to.word(person.id.text(), kCarryover);
    to.number(person.carryover.count());
    to.word(person.id.text(), kFamily);
    to.number(person.family.count());
  }
}

constexpr std::size_t kPersonWords = 6;
template <class To>
void put_person(To& to, const HotHousehold& state, const HotPerson& person) {
  to.word("household");
  to.number(static_cast<std::int64_t>(state.household.number()));
  to.word("current_year");
  to.number(person.current_year.count());
  to.word("carryover");
  to.number(person.carryover.count());
}

RedisWords order_of(std::string key, const HotHousehold& state) {
  return {std::move(key), text(state.epoch.number()), text(state.sequence.number())};
}

bool has_details(const HotHousehold& state) {
  return std::any_of(state.persons.begin(), state.persons.end(),
                     [](const HotPerson& person) { return person.details.has_value(); });
}

// ---- many at once ----

// A household whose details are told may have lost a member: what it had is removed first. Where
// nobody lives there is nothing to say, and that is every second household once families are
// formed.
void remove_old(RespLines& lines, const std::vector<HotHousehold>& households) {
  RedisWords words{"DEL"};
  for (const HotHousehold& state : households)
    if (has_details(state) || state.persons.empty())
      words.push_back(household_key(state.household));
  if (words.size() > 1) lines.add(words);
}

void set_hashes(RespLines& lines, const HotHousehold& state) {
  lines.begin(2 + kOrderWords + household_words(state));
  lines.word("HSET");
  lines.word(household_key(state.household));
  put_order(lines, state);
  put_household(lines, state);
  lines.end();
  for (const HotPerson& person : state.persons) {
    if (!person.touched) continue;
    lines.begin(2 + kOrderWords + kPersonWords);
    lines.word("HSET");
    lines.word(person_key(person.id));
    put_order(lines, state);
    put_person(lines, state, person);
    lines.end();
  }
}

void set_cards(RespLines& lines, const std::vector<HotHousehold>& households) {
  RedisWords words{"MSET"};
  for (const HotHousehold& state : households)
    for (const HotPerson& person : state.persons) {
      if (!person.details) continue;
      words.push_back(details_key(person.id));
      words.push_back(card_text(state.epoch, state.sequence, *person.details));
    }
  if (words.size() > 1) lines.add(words);
}

}  // namespace

RedisRequest write_household(const HotHousehold& state) {
  RedisWords words = order_of(household_key(state.household), state);
  ListOfWords to{words};
  put_household(to, state);
  return {std::move(words), &kReplace};
}

RedisRequest write_person(const HotHousehold& state, const HotPerson& person) {
  RedisWords words = order_of(person_key(person.id), state);
  ListOfWords to{words};
  put_person(to, state, person);
  return {std::move(words), &kReplace};
}

RedisRequest write_details(const HotHousehold& state, const HotPerson& person) {
  RedisWords words = order_of(details_key(person.id), state);
  words.push_back(card_text(state.epoch, state.sequence, *person.details));
  return {std::move(words), &kReplaceText};
}

RespLines write_plainly(const std::vector<HotHousehold>& households) {
  RespLines lines;
  lines.add({"MULTI"});
  remove_old(lines, households);
  for (const HotHousehold& state : households)
    if (!state.persons.empty()) set_hashes(lines, state);
  set_cards(lines, households);
  lines.add({"EXEC"});
  return lines;
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

}  // namespace gongji::stores
