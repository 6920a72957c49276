#include <algorithm>
#include <utility>

#include "stores/redis/card_text.hpp"
#include "stores/redis/hot_fields.hpp"
#include "stores/redis/hot_layout.hpp"
#include "stores/redis/ready_hash.hpp"

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

bool tells_details(const HotPerson& person) { return person.details.has_value(); }

bool has_details(const HotHousehold& state) {
  return std::any_of(state.persons.begin(), state.persons.end(), tells_details);
}

// ---- many at once ----

// A household whose details are told may have lost a member: where a hash is not replaced whole,
// what it had is removed first. Where nobody lives there is nothing to say, and that is every
// second household once families are formed.
void remove_old(RespLines& lines, const std::vector<HotHousehold>& households, HashForm form) {
  RedisWords words{"DEL"};
  for (const HotHousehold& state : households)
    if (state.persons.empty() || (form == HashForm::kWords && has_details(state)))
      words.push_back(household_key(state.household));
  if (words.size() > 1) lines.add(words);
}

// Sets one hash after the other, in that form; `put` puts its fields, so many words.
class Hashes {
 public:
  Hashes(RespLines& lines, HashForm form) : lines_(lines), form_(form) {}

  template <class Put>
  void set(const std::string& key, std::size_t words, Put put) {
    form_ == HashForm::kReady ? restore(key, put) : set_words(key, words, put);
  }

 private:
  template <class Put>
  void restore(const std::string& key, Put put) {
    ready_.begin();
    put(ready_);
    lines_.begin(5);
    lines_.word("RESTORE");
    lines_.word(key);
    lines_.word("0");  // never expires
    lines_.word(ready_.end());
    lines_.word("REPLACE");
    lines_.end();
  }
  template <class Put>
  void set_words(const std::string& key, std::size_t words, Put put) {
    lines_.begin(2 + words);
    lines_.word("HSET");
    lines_.word(key);
    put(lines_);
    lines_.end();
  }

  RespLines& lines_;
  const HashForm form_;
  ReadyHash ready_;
};

void set_hashes(Hashes& hashes, const HotHousehold& state) {
  hashes.set(household_key(state.household), kOrderWords + household_words(state), [&](auto& to) {
    put_order(to, state);
    put_household(to, state);
  });
  for (const HotPerson& person : state.persons)
    if (person.touched)
      hashes.set(person_key(person.id), kOrderWords + kPersonWords, [&](auto& to) {
        put_order(to, state);
        put_person(to, state, person);
      });
}

void set_cards(RespLines& lines, const std::vector<HotHousehold>& households) {
  std::size_t cards = 0;
  for (const HotHousehold& state : households)
    cards += static_cast<std::size_t>(
        std::count_if(state.persons.begin(), state.persons.end(), tells_details));
  if (cards == 0) return;
  lines.begin(1 + 2 * cards);
  lines.word("MSET");
  for (const HotHousehold& state : households)
    for (const HotPerson& person : state.persons) {
      if (!person.details) continue;
      lines.word(details_key(person.id));
      lines.word(card_text(state.epoch, state.sequence, *person.details));
    }
  lines.end();
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

RespLines write_plainly(const std::vector<HotHousehold>& households, HashForm form) {
  RespLines lines;
  lines.add({"MULTI"});
  remove_old(lines, households, form);
  Hashes hashes{lines, form};
  for (const HotHousehold& state : households)
    if (!state.persons.empty()) set_hashes(hashes, state);
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
