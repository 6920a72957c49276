#include "tests/gateway/reconciliation/day_story.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/wire/record_ids.hpp"

namespace gongji::gateway::testing {
namespace {

SettleCommand command_of(const Sale& sale) {
  SettleCommand command;
  command.patient = PersonId{sale.psn_no};
  command.place = {sale.institution, sale.area, Channel::kPharmacy, true};
  command.med_type = "41";
  command.visit_id = sale.mdtrt_id;
  command.parts.medfee_sum = sale.total;
  command.parts.fund_pay_sum = sale.pooled;
  return command;
}

Settled settled_of(const Sale& sale) {
  Settled settled;
  settled.patient = PersonId{sale.psn_no};
  settled.card.scheme = sale.scheme;
  settled.own = {{settled.patient, Bucket::kCarryover, sale.own, LinkId{}}};
  settled.family = {{PersonId{"spouse"}, Bucket::kCarryover, sale.family, LinkId{3}}};
  return settled;
}

// The group of a posting by its place in `groups`, where it is entered when it is new.
Posting with_group(const RecordPosting& posting, std::vector<PostingGroup>& groups) {
  const PostingGroupView& view = posting.group;
  const PostingGroup group{view.scheme, view.clearing, std::string{view.area},
                           std::string{view.profile}};
  auto at = std::find(groups.begin(), groups.end(), group);
  if (at == groups.end()) at = groups.insert(groups.end(), group);
  Posting placed = posting.posting;
  placed.group = static_cast<std::uint32_t>(at - groups.begin());
  return placed;
}

}  // namespace

Sequence DayStory::settle(int day, const Sale& sale) {
  return add(day, command_of(sale), Events{settled_of(sale)}, sale);
}

Sequence DayStory::cancel(int day, Sequence settlement) {
  const SettlementReversed event{settlement, ReversalKind::kCancel, {}, {}, {}};
  return add(day, ReverseCommand{{}, settlement, ReversalKind::kCancel}, Events{event}, {});
}

Sequence DayStory::undo(int day, Sequence settlement) {
  const SettlementReversed event{settlement, ReversalKind::kUndo, {}, {}, {}};
  return add(day, ReverseCommand{{}, settlement, ReversalKind::kUndo}, Events{event}, {});
}

Sequence DayStory::reapply(int day, Sequence settlement, Sequence cancel) {
  const SettlementReapplied event{settlement, cancel, {}, {}};
  return add(day, ReapplyCommand{{}, settlement, cancel}, Events{event}, {});
}

Sequence DayStory::refund_partly(int day, Sequence settlement, const Sale& smaller) {
  const SettlementReversed reversed{settlement, ReversalKind::kCancel, {}, {}, {}};
  return add(day, PartialRefundCommand{settlement, command_of(smaller)},
             Events{reversed, settled_of(smaller)}, smaller);
}

Sequence DayStory::add(int day, Command command, Events events, const Sale& sale) {
  auto record = std::make_shared<JournalRecord>();
  record->sequence = Sequence{++next_};
  record->at = start_of(date(day)) + std::chrono::hours{10};
  record->origin.key = {sale.institution, sale.infno, msgid(record->sequence)};
  record->profile.id = sale.profile;
  record->command = std::move(command);
  record->outcome = std::move(events);
  told_[record->sequence] = {day, record};
  return record->sequence;
}

InstitutionDay DayStory::day(int day) const {
  InstitutionDay found{date(day), {}, {}};
  for (const auto& [sequence, told] : told_) {
    const auto [institution, undoing, settled] = postings_of(*told.record);
    if (institution == nullptr || *institution != kShopCode) continue;
    if (undoing) found.fates.push_back(undoing->posting);
    if (told.day != day) continue;
    if (undoing) found.postings.entries.push_back(undoing->posting);
    if (settled) found.postings.entries.push_back(with_group(*settled, found.postings.groups));
  }
  return found;
}

reconciliation::LedgerLines DayStory::ledger(int from, int to, bool two_lines) const {
  reconciliation::LedgerLines lines;
  const reconciliation::LedgerReading reading{
      two_lines, [](const std::string& profile) { return profile != "EX-2025"; }};
  for (int each = from; each <= to; ++each)
    EXPECT_TRUE(reconciliation::add_day(lines, day(each), reading, find()).ok());
  return lines;
}

reconciliation::FindRecord DayStory::find() const {
  return [this](Sequence sequence) -> Result<RecordPtr, StoreError> {
    ++records_read_;
    const auto found = told_.find(sequence);
    return found == told_.end() ? RecordPtr{} : found->second.record;
  };
}

std::string DayStory::setl_id(Sequence record) const {
  return wire::make_setl_id(record, told_.at(record).record->at);
}

std::string DayStory::mdtrt_id(Sequence settlement) const {
  const JournalRecord& record = *told_.at(settlement).record;
  const std::string& sent = record.settle_command()->visit_id;
  return sent.empty() ? wire::make_mdtrt_id(settlement, record.at) : sent;
}

std::string DayStory::detail_line(Sequence settlement, const std::string& flag) const {
  const JournalRecord& record = *told_.at(settlement).record;
  const RecordPosting posting = *postings_of(record).settled;
  const Posting& amounts = posting.posting;
  const bool back = flag.ends_with('1');
  const auto money = [back](Fen amount) { return to_yuan_text(back ? -amount : amount); };
  return setl_id(settlement) + '\t' + mdtrt_id(settlement) + '\t' +
         record.settle_command()->patient.text() + '\t' + money(amounts.total) + '\t' +
         money(amounts.pooled) + '\t' + money(amounts.own + amounts.family) + '\t' + flag;
}

std::string to_text(const reconciliation::Totals& totals) {
  return std::to_string(totals.count) + " " + to_yuan_text(totals.total) + "/" +
         to_yuan_text(totals.pooled) + "/" + to_yuan_text(totals.account);
}

}  // namespace gongji::gateway::testing
