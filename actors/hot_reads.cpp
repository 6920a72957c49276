#include "actors/hot_reads.hpp"

#include <utility>

namespace gongji::actors {
namespace {

PersonFound reply_of(const PersonId& person, Instant now, const HotPersonFound& found) {
  PersonFound reply;
  reply.person.id = person;
  reply.person.card = found.details.card;
  reply.person.status = found.details.status;
  reply.person.account_state = found.details.account_state;
  reply.person.current_year = found.current_year;
  reply.person.carryover = found.carryover;
  reply.role = found.details.role;
  reply.household = found.household;
  reply.last_sequence = found.sequence;
  reply.at = now;
  return reply;
}

}  // namespace

void HotReads::find(const PersonId& person, Instant now, Then then) {
  const auto confirmed = projector_.confirmed();
  if (!confirmed || confirmed->sequence.is_none()) {
    ++fallbacks_;
    return then(std::nullopt);
  }
  hot_.find_person(person, *confirmed,
                   [this, person, now, then = std::move(then)](
                       const Result<std::optional<HotPersonFound>, StoreError>& found) {
                     then(judge(person, now, found));
                   });
}

std::optional<PersonFound> HotReads::judge(
    const PersonId& person, Instant now,
    const Result<std::optional<HotPersonFound>, StoreError>& result) {
  if (!result) return ++fallbacks_, std::nullopt;
  if (!*result) return ++misses_, std::nullopt;
  const HotPersonFound& found = result->value();
  if (!projector_.settled(found.household)) return ++fallbacks_, std::nullopt;
  if (found.details.has_network) return ++misses_, std::nullopt;
  if (found.details.until < civil_date(now)) {
    projector_.refresh(found.household);
    return ++misses_, std::nullopt;
  }
  ++hits_;
  return reply_of(person, now, found);
}

}  // namespace gongji::actors
