#include "loadtest/load_traffic.hpp"

#include "domain/time.hpp"
#include "loadtest/answer.hpp"

namespace gongji::loadtest {
namespace {

std::string civil_now() {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  return to_civil_text(now);
}

std::uint64_t nanoseconds_between(TimePoint from, TimePoint to) {
  return to > from ? static_cast<std::uint64_t>(Nanoseconds{to - from}.count()) : 0;
}

bool takes_money(CallKind kind) { return kind == CallKind::kSettle || kind == CallKind::kPremium; }

}  // namespace

LoadTraffic::LoadTraffic(const LoadTrafficOptions& options, Recorder& recorder)
    : profile_(make_profile({options.profile, options.population, options.zipf_skew,
                             options.first_number - 1, options.number_step})),
      envelopes_(options.sender),
      premiums_(options.token, options.premium_year),
      random_(options.seed),
      ledger_(options.population, options.audit_sample_max, options.seed ^ 0xa5a5),
      recorder_(recorder),
      disk_(options.disk),
      next_number_(options.first_number),
      number_step_(options.number_step) {
  envelopes_.set_time(civil_now());
}

void LoadTraffic::start(TimePoint at) { start_ = last_answer_ = at; }

bool LoadTraffic::next(PendingCall& call, OutgoingMessage& message) {
  const Call wanted = profile_->next(random_);
  call.kind = wanted.kind;
  call.patient = wanted.purchase.patient;
  call.number = next_number_;
  next_number_ += number_step_;
  write(wanted, call, message);
  slice_.lateness.record(nanoseconds_between(call.scheduled, call.sent));
  return true;
}

void LoadTraffic::write(const Call& wanted, const PendingCall& call, OutgoingMessage& message) {
  switch (wanted.kind) {
    case CallKind::kQuote:
      return envelopes_.append_quote(message.body, call.number, wanted.purchase);
    case CallKind::kPersonQuery:
      return envelopes_.append_person_query(message.body, call.number, call.patient);
    case CallKind::kPremium:
      return premiums_.write(message, envelopes_.msgid(call.number), call.patient);
    case CallKind::kSettle:
    case CallKind::kMessageQuery:
    case CallKind::kBalance:
      return envelopes_.append_settlement(message.body, call.number, wanted.purchase);
  }
}

void LoadTraffic::answered(const PendingCall& call, const IncomingAnswer& answer, TimePoint now) {
  close_seconds(now);
  last_answer_ = now;
  const bool premium = call.kind == CallKind::kPremium;
  const AnswerFacts facts =
      premium ? read_premium_answer(answer) : read_answer(answer.http_status, answer.body);
  KindTally& tally = slice_.kinds[static_cast<std::size_t>(call.kind)];
  tally.counts.add(facts.answer);
  if (facts.answer == AnswerClass::kBusy)
    slice_.busy_latency.record(nanoseconds_between(call.scheduled, now));
  else
    note_latency(tally, call, now);
  if (facts.answer != AnswerClass::kApplied) {
    const std::string_view code = facts.code.empty() ? "no code" : facts.code;
    ++slice_.codes[std::string{code}];
  }
  if (!takes_money(call.kind)) return;
  if (facts.answer == AnswerClass::kApplied) keep(call, answer.body);
  if (facts.answer == AnswerClass::kUnknown) ledger_.unanswered(call);
}

void LoadTraffic::note_latency(KindTally& tally, const PendingCall& call, TimePoint now) {
  const std::uint64_t took = nanoseconds_between(call.scheduled, now);
  tally.latency.record(took);
  slice_.since_sent.record(nanoseconds_between(call.sent, now));
  if (disk_ != nullptr && !disk_->stall_met_between(call.scheduled, now))
    slice_.calm_latency.record(took);
}

void LoadTraffic::keep(const PendingCall& call, std::string_view body) {
  if (call.kind == CallKind::kPremium) {
    if (const auto paid = premium_in(body)) return ledger_.answered(call, paid->id, paid->amount);
  } else {
    const std::string_view setl_id = find_text(body, "\"setl_id\"");
    const auto account_pay = find_amount(body, "\"acct_pay\"");
    if (!setl_id.empty() && account_pay) return ledger_.answered(call, setl_id, *account_pay);
  }
  // Says 0 and not what it did: the audit has to find out.
  ++slice_.codes["applied without an id or an amount"];
  ledger_.unanswered(call);
}

void LoadTraffic::lost(const PendingCall& call, TimePoint now) {
  close_seconds(now);
  slice_.kinds[static_cast<std::size_t>(call.kind)].counts.add(AnswerClass::kUnknown);
  ++slice_.codes["no answer"];
  if (takes_money(call.kind)) ledger_.unanswered(call);
}

void LoadTraffic::tick(TimePoint now) {
  close_seconds(now);
  envelopes_.set_time(civil_now());
}

void LoadTraffic::transferred(std::size_t sent, std::size_t received) {
  slice_.bytes_sent += sent;
  slice_.bytes_received += received;
}

void LoadTraffic::close_seconds(TimePoint now) {
  const auto second = nanoseconds_between(start_, now) / 1'000'000'000;
  while (slice_.second < second) {
    recorder_.deliver(slice_);
    slice_.reset(slice_.second + 1);
  }
}

void LoadTraffic::finish(TimePoint now) {
  close_seconds(now);
  recorder_.deliver(slice_);
}

}  // namespace gongji::loadtest
