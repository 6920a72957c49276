#include "actors/hot_filler.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "actors/hot_view.hpp"
#include "ports/log.hpp"

namespace gongji::actors {
namespace {

constexpr std::size_t kChangedMax = 4'096;  // households gathered from the journal at a time

std::string hex(const KeyHash& key) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : key) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

}  // namespace

HotFiller::HotFiller(Ports ports, HotBacklog& backlog, HotViews& views, HotWriter& writer,
                     Epoch epoch, unsigned households_per_s)
    : ports_(ports),
      backlog_(backlog),
      views_(views),
      writer_(writer),
      epoch_(epoch),
      households_per_s_(households_per_s) {}

bool HotFiller::read(HouseholdId household, Instant now, std::vector<HotHousehold>& batch) {
  const auto image = ports_.index.load(household);
  if (!image) {
    log_event(LogLevel::kError, "hot_balances_unreadable", image.error().message);
    return false;
  }
  if (image->last_sequence.is_none()) return true;  // never used
  const auto policy = ports_.policies.current();
  const Context context{std::max(image->last_at, now), policy->profiles, nullptr};
  batch.push_back(hot_view(*image, context));
  batch.back().epoch = epoch_;
  views_.learn(batch.back());
  return true;
}

bool HotFiller::gather(HouseholdId household, Sequence after, Instant now,
                       std::vector<HotHousehold>& batch) {
  if (const auto known = views_.find(household, civil_date(now))) {
    if (*known > after) batch.push_back(views_.view_of(household, after));
    return true;
  }
  if (!after.is_none()) {
    const auto newest = ports_.index.find_newest(household);
    if (newest && newest->value_or(Sequence{}) <= after) return true;
  }
  return read(household, now, batch);
}

// What is in the backlog is in the store as well. While the copy is read it stays where it is until
// it is written: readers look whether a household has something there.
bool HotFiller::write_batch(const std::vector<HouseholdId>& households, Sequence after) {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  if (writer_.fenced())
    for (const HotHousehold& change : backlog_.take_of(households)) views_.learn(change);
  auto batch = std::make_shared<std::vector<HotHousehold>>();
  batch->reserve(households.size());
  for (const HouseholdId household : households)
    if (!gather(household, after, now, *batch)) return false;
  done_ += households.size();
  return batch->empty() || writer_.write(std::move(batch));
}

bool HotFiller::write(const std::vector<HouseholdId>& households, const Between& between) {
  began_ = std::chrono::steady_clock::now();
  done_ = 0;
  for (auto first = households.begin(); first != households.end();) {
    const auto left = static_cast<std::size_t>(households.end() - first);
    const auto last =
        first + static_cast<std::ptrdiff_t>(std::min(left, writer_.households_per_batch()));
    if (!write_batch({first, last}, Sequence{}) || !between(done_))
      return static_cast<void>(writer_.finish()), false;
    first = last;
  }
  return writer_.finish();
}

// Ids are dense from 1 on, so counting visits every household; those that merged into another one
// are empty and cost a look.
bool HotFiller::write_all(Sequence after, const Between& between) {
  began_ = std::chrono::steady_clock::now();
  done_ = 0;
  const HouseholdId end = next_household();
  for (HouseholdId next{1}; next < end;) {
    std::vector<HouseholdId> part;
    for (; next < end && part.size() < writer_.households_per_batch(); next = next.next())
      part.push_back(next);
    if (!write_batch(part, after) || !between(done_))
      return static_cast<void>(writer_.finish()), false;
  }
  return writer_.finish();
}

std::optional<std::vector<HouseholdId>> HotFiller::changed_after(Sequence& from, Sequence until) {
  std::unordered_set<HouseholdId> changed;
  const auto scanned = ports_.journal.scan(from.next(), [&](const RecordPtr& record) {
    if (record->sequence > until || changed.size() >= kChangedMax) return false;
    if (record->applied() && !record->household.is_none()) changed.insert(record->household);
    from = record->sequence;
    return true;
  });
  if (scanned) return std::vector<HouseholdId>{changed.begin(), changed.end()};
  log_event(LogLevel::kError, "hot_balances_unreadable", scanned.error().message);
  return std::nullopt;
}

std::string HotFiller::journal_name() const {
  if (ports_.journal.head().durable.is_none()) return "";
  const auto first = ports_.journal.read(Sequence{1});
  if (!first) return "";
  const JournalRecord& record = **first;
  const std::string key = record.keys.empty() ? "" : hex(record.keys.front());
  return std::to_string(record.at.time_since_epoch().count()) + "-" + key;
}

std::chrono::milliseconds HotFiller::ahead_by() const {
  if (households_per_s_ == 0) return {};
  const auto allowed = std::chrono::milliseconds{done_ * 1'000 / households_per_s_};
  const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - began_);
  return std::max(allowed - passed, std::chrono::milliseconds{0});
}

}  // namespace gongji::actors
