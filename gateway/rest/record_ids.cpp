#include "gateway/rest/record_ids.hpp"

#include "gateway/rest/answers.hpp"
#include "gateway/rest/loop_then.hpp"
#include "gateway/wire/record_ids.hpp"

namespace gongji::gateway::rest {
namespace {

// An app hears of a record that does not exist what it hears of one that is not its own.
Refusal unknown(const Call& call, Reason reason) {
  return {call.by_app() ? Reason::kForbiddenView : reason, "", {}, {}};
}

using Fits = std::function<bool(const JournalRecord& record)>;

void with_record(Backend& backend, const CallPtr& call, std::optional<Sequence> sequence,
                 Reason missing, Fits fits, WithRecord proceed) {
  if (!sequence) return call->answer(refused(backend, unknown(*call, missing)));
  backend.ports.records.find(
      *sequence, then_on_loop<RecordPtr>(backend, call,
                                         [&backend, call, missing, fits = std::move(fits),
                                          proceed = std::move(proceed)](const RecordPtr& record) {
                                           if (record != nullptr && fits(*record))
                                             return proceed(record);
                                           call->answer(refused(backend, unknown(*call, missing)));
                                         }));
}

bool settles(const JournalRecord& record) {
  return record.event<Settled>() != nullptr || record.event<SettlementReversed>() != nullptr;
}

}  // namespace

std::string contribution_id(const JournalRecord& record) {
  std::string id = wire::make_setl_id(record.sequence, record.at);
  id.front() = 'C';
  return id;
}

std::optional<Sequence> sequence_of_contribution(std::string_view id) {
  if (!id.starts_with('C')) return std::nullopt;
  return wire::sequence_of_setl_id("S" + std::string{id.substr(1)});
}

void with_settlement(Backend& backend, const CallPtr& call, std::string_view setl_id,
                     WithRecord proceed) {
  with_record(
      backend, call, wire::sequence_of_setl_id(setl_id), Reason::kNoSettlement,
      [id = std::string{setl_id}](const JournalRecord& record) {
        return settles(record) && wire::make_setl_id(record.sequence, record.at) == id;
      },
      std::move(proceed));
}

void with_contribution(Backend& backend, const CallPtr& call, std::string_view id,
                       WithRecord proceed) {
  with_record(
      backend, call, sequence_of_contribution(id), Reason::kNotFound,
      [id = std::string{id}](const JournalRecord& record) {
        return record.event<ContributionOrdered>() != nullptr && contribution_id(record) == id;
      },
      std::move(proceed));
}

std::string rfc3339(Instant at) {
  const std::string compact = to_compact_text(at);  // 20261122101530512
  std::string text = to_civil_text(at);             // 2026-11-22 10:15:30
  text[10] = 'T';
  return text + '.' + compact.substr(14) + "+08:00";
}

}  // namespace gongji::gateway::rest
