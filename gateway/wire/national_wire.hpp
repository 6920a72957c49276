// The national insurance interface, as this gateway answers it: the same envelope over HTTP
// (POST /fsi/api…) and over TCP frames. Reads a message, submits it, renders the answer from what
// the service returns (docs/wire.md).
//
// Threads: handle() on any loop thread, several at once; answers are rendered on the loop thread of
// the session they belong to. Nothing here blocks. The object must outlive the loops and every
// ticket it gave to the service.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "gateway/body_sink.hpp"
#include "gateway/exchange.hpp"
#include "gateway/wire/answer_dispatch.hpp"
#include "gateway/wire/answer_renderer.hpp"
#include "gateway/wire/held_message.hpp"
#include "gateway/wire/intake.hpp"
#include "gateway/wire/pending_message.hpp"
#include "gateway/wire/quote_id.hpp"
#include "gateway/wire/reconciliation_clerk.hpp"
#include "gateway/wire/sender_gate.hpp"
#include "gateway/wire/stand_in_bodies.hpp"
#include "gateway/wire/upload_scan.hpp"
#include "ports/clock.hpp"
#include "ports/institutions.hpp"
#include "ports/metrics.hpp"
#include "ports/settlement_service.hpp"
#include "ports/traffic.hpp"

namespace gongji::gateway::wire {

struct WireOptions {
  std::chrono::milliseconds deadline_ms{5'000};  // one message, from its first byte
  int retry_after_s = 1;                         // told to who is refused for load
  std::size_t frame_bytes_max = 64 * 1024;       // a 9101 longer than this is streamed
  Traffic* traffic = nullptr;                    // hears of every message; outlives the wire
  auth::ReplayLimits replay{};
  InstitutionLimitOptions institutions{};
  std::size_t signatures_waiting_max = 1024;
  std::chrono::milliseconds slow_ms{1'000};  // told in the log (gateway/message_log.hpp)
};

class NationalWire final : public HttpHandler,
                           public UploadHandler,
                           public FrameHandler,
                           private ReplySink,
                           private VerdictSink {
 public:
  // `quote_key` signs quote_id; with another key, quotes given before are refused as a wrong field.
  NationalWire(SettlementService& service, const PolicySource& policies, const Clock& clock,
               Metrics& metrics, const QuoteKey& quote_key, WireOptions options = {});

  // 3201, 3202, 9101 and 9102 are answered by it; before the first message. `desk` outlives this.
  void open_desk(reconciliation::Desk& desk);
  // Once, before the first message: nonces survive a restart in files of that folder. The error is
  // a sentence.
  [[nodiscard]] Status<std::string> keep_nonces_in(const std::string& folder) {
    return gate_.keep_nonces_in(folder);
  }

  void handle(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) override;
  // A 9101 over HTTP: its file is taken out of the message while it arrives.
  std::unique_ptr<BodySink> begin_upload(const HttpRequest& head) override;
  void handle(const FrameRequest& request, std::unique_ptr<AnswerSlot> slot) override;

 private:
  void take(Incoming incoming);
  void take_upload(const HttpRequest& request, UploadScan& scan, std::string_view body_digest,
                   std::unique_ptr<AnswerSlot> slot);
  [[nodiscard]] Incoming begin(const HttpRequest& request, std::unique_ptr<AnswerSlot> slot) const;
  void verify(auth::SignatureCheck check, HeldMessage&& ready);
  void on_verdict(HeldMessage held, bool good) override;
  void pass_on(HeldMessage&& ready);
  void submit(HeldMessage&& ready);
  void reconcile(HeldMessage&& ready);
  void on_reconciled(const MessageContext& message,
                     const Result<ReconciliationAnswer, Refusal>& answer, AnswerSlot& slot);
  void sign_in_or_out(const MessageContext& message, Caller& caller, AnswerSlot& slot);
  void on_reply(const MessageContext& message, const Reply& reply, AnswerSlot& slot) override;
  void turn_away(const MessageContext& message, const Turned& turned, AnswerSlot& slot);

  SettlementService& service_;
  const Clock& clock_;
  Metrics& metrics_;
  const WireOptions options_;
  SenderGate gate_;
  const Intake intake_;
  auth::SignatureDesk desk_;
  const AnswerRenderer renderer_;
  AnswerDispatch dispatch_;
  std::optional<ReconciliationClerk> clerk_;
};

}  // namespace gongji::gateway::wire
