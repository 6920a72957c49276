#include "actors/couriers.hpp"

#include <utility>

#include "ports/log.hpp"

namespace gongji::actors {
namespace {

// Nobody waits for these answers: the request stays open until its answer is in the journal, and is
// carried again meanwhile.
class SilentTicket final : public ReplyTicket {
 public:
  void complete(Reply) noexcept override {}
};

void tell_unread(const StoreError& error) {
  log_event(LogLevel::kError, "open_requests_unread",
            "Requests to the tax authority or an insurer wait: the store cannot be read.",
            {{"error", error.message}});
}

}  // namespace

Couriers::Couriers(SettlementService& service, RecordService& records, const Clock& clock,
                   TaxAuthority* tax, Insurer* insurer, CourierOptions options)
    : service_(service),
      records_(records),
      clock_(clock),
      tax_(tax),
      insurer_(insurer),
      options_(options),
      thread_([this] { run(); }) {}

Couriers::~Couriers() { stop(); }

void Couriers::stop() {
  {
    const std::lock_guard lock{mutex_};
    if (stopping_) return;
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Couriers::run() {
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    lock.unlock();
    if (tax_ != nullptr) round(MarkKind::kTaxRequest, Sequence{});
    if (insurer_ != nullptr) round(MarkKind::kInsurerRequest, Sequence{});
    lock.lock();
    wake_.wait_for(lock, options_.round_ms, [this] { return stopping_; });
  }
}

// The records service calls back on its own thread; it stops before this object goes.
void Couriers::round(MarkKind kind, Sequence after) {
  records_.marked(kind, after, options_.batch,
                  [this, kind](const Result<std::vector<RecordPtr>, StoreError>& open) {
                    if (!open) return tell_unread(open.error());
                    for (const RecordPtr& record : *open)
                      if (due(record->sequence)) carry(kind, *record);
                    if (open->size() == options_.batch) round(kind, open->back()->sequence);
                  });
}

bool Couriers::due(Sequence request) {
  const std::lock_guard lock{mutex_};
  const Time now = std::chrono::steady_clock::now();
  const auto [known, first] = carried_.try_emplace(request, now);
  if (!first && now - known->second < options_.repeat_ms) return false;
  known->second = now;
  return !stopping_;
}

void Couriers::carry(MarkKind kind, const JournalRecord& record) {
  const auto* ordered = record.event<ContributionOrdered>();
  if (ordered == nullptr) return;
  const Sequence number = record.sequence;
  const PersonId payer = ordered->order.payer;
  const std::string request = std::to_string(number.number());
  if (kind == MarkKind::kTaxRequest)
    tax_->withdraw(request, ordered->order, [this, number, payer](CounterpartyAnswer answer) {
      hand_in(number, AnswerTaxCommand{payer, number, answer.accepted, std::move(answer.detail)});
    });
  else
    insurer_->insure(request, ordered->order, [this, number, payer](CounterpartyAnswer answer) {
      hand_in(number,
              AnswerInsurerCommand{payer, number, answer.accepted, std::move(answer.detail)});
    });
}

void Couriers::hand_in(Sequence number, Command answer) {
  {
    const std::lock_guard lock{mutex_};
    if (stopping_) return;
    carried_.erase(number);  // if this gets lost, the next round carries it again
  }
  Request request;
  request.origin.key.infno = "counterparty";
  request.origin.channel = "core";
  request.origin.received_at = clock_.now();
  request.deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
  request.ask = AdminRequest{std::move(answer)};
  service_.submit(std::move(request), std::make_unique<SilentTicket>());
}

}  // namespace gongji::actors
