#include "gateway/rest/record_names.hpp"

#include <set>

#include "gateway/rest/loop_then.hpp"
#include "gateway/rest/record_ids.hpp"
#include "gateway/rest/settlement_view.hpp"

namespace gongji::gateway::rest {
namespace {

std::string name_of(const JournalRecord& record) {
  if (record.event<ContributionOrdered>() != nullptr) return contribution_id(record);
  return record.event<Settled>() != nullptr ? settlement_id(record) : std::string{};
}

struct Search {
  std::set<Sequence> wanted;
  RecordNames names;
  std::function<void(const RecordNames& names)> proceed;
};

void find_next(Backend& backend, const CallPtr& call, const std::shared_ptr<Search>& search) {
  if (search->wanted.empty()) return search->proceed(search->names);
  const Sequence next = *search->wanted.begin();
  search->wanted.erase(search->wanted.begin());
  backend.ports.records.find(
      next, then_on_loop<RecordPtr>(backend, call,
                                    [&backend, call, search, next](const RecordPtr& record) {
                                      if (record != nullptr) search->names[next] = name_of(*record);
                                      find_next(backend, call, search);
                                    }));
}

}  // namespace

Sequence spoken_of(const JournalRecord& record) {
  if (const auto* reversed = record.event<SettlementReversed>()) return reversed->original;
  if (const auto* again = record.event<SettlementReapplied>()) return again->original;
  if (const auto* tax = std::get_if<AnswerTaxCommand>(&record.command)) return tax->contribution;
  const auto* insurer = std::get_if<AnswerInsurerCommand>(&record.command);
  return insurer == nullptr ? Sequence{} : insurer->contribution;
}

void with_names(Backend& backend, const CallPtr& call, const std::vector<RecordPtr>& records,
                std::function<void(const RecordNames& names)> proceed) {
  auto search = std::make_shared<Search>();
  search->proceed = std::move(proceed);
  for (const RecordPtr& record : records)
    if (const Sequence earlier = spoken_of(*record); !earlier.is_none())
      search->wanted.insert(earlier);
  find_next(backend, call, search);
}

}  // namespace gongji::gateway::rest
