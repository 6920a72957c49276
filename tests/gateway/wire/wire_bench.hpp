// The national wire with everything around it played by the test: institutions of every kind, a
// fixed time (2026-11-22 10:15:30.512 civil), messages in, answers out.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "gateway/wire/national_wire.hpp"
#include "tests/gateway/json/padded.hpp"
#include "tests/gateway/wire/fake_service.hpp"

namespace gongji::gateway::testing {

inline constexpr std::string_view kPharmacy = "P44010600123";
inline constexpr std::string_view kHospital = "H44010600456";
inline constexpr std::string_view kStringInfcode = "H44010600457";  // infcode_as_string
inline constexpr std::string_view kFundRequired = "H44010600458";   // fund_pay_required
inline constexpr std::string_view kWatchful = "P44010600124";       // duplicate_window_s = 60
inline constexpr std::string_view kHmac = "H44010600459";           // registered with a proof
inline constexpr std::string_view kHmacSecret = "s3cr3t-of-the-tests";
inline constexpr std::string_view kPatient = "44010000000000000000000088";

Instant civil(int hour, int minute, int second, int millisecond);

class FixedPolicy final : public PolicySource {
 public:
  FixedPolicy();
  [[nodiscard]] std::shared_ptr<const Policy> current() const override { return policy_; }
  // As a reload does.
  void change(std::string_view code, const std::function<void(Institution&)>& edit);

 private:
  std::shared_ptr<const Policy> policy_;
};

class WireMetrics final : public NoMetrics {
 public:
  void transaction(std::string_view infno, TransactionOutcome outcome, double) override {
    transactions.emplace_back(infno, outcome);
  }
  void stage(Stage stage, double) override { ++stages[stage]; }
  void refusal(Reason reason) override { refusals.push_back(reason); }
  void zero_share(Reason reason) override { zero_shares.push_back(reason); }
  void paid(PaidFrom source, Channel channel, Fen amount) override {
    paid_amounts.emplace_back(source, channel, amount);
  }

  std::vector<std::pair<std::string, TransactionOutcome>> transactions;
  std::map<Stage, int> stages;
  std::vector<Reason> refusals;
  std::vector<Reason> zero_shares;
  std::vector<std::tuple<PaidFrom, Channel, Fen>> paid_amounts;
};

class WireBench {
 public:
  WireBench();
  ~WireBench() { end(service, loop); }
  WireBench(const WireBench&) = delete;
  WireBench& operator=(const WireBench&) = delete;

  // Hands a message over; its answer is there when nothing had to be decided.
  void post(std::string_view body, std::string_view target = "/fsi/api",
            std::string_view method = "POST");
  void frame(std::string_view payload);
  // Completes the oldest open ticket and turns the loop.
  void reply(Reply reply);
  // The answer that came last.
  [[nodiscard]] const Answer& answer() const;
  [[nodiscard]] const std::string& body() const { return answer().body; }
  // post() and the answer's err_msg, for messages that go no further.
  std::string refused(std::string_view body);
  // post() and the one request it must have become.
  Request submitted(std::string_view body);

  FakeService service;
  FixedPolicy policies;
  FakeClock clock;
  WireMetrics metrics;
  FakeLoop loop;
  std::vector<std::pair<std::string_view, std::string_view>> headers;  // of the next posts
  std::chrono::milliseconds age{0};  // of the next messages: how long ago their first byte came
  std::shared_ptr<Caller> caller = std::make_shared<Caller>();
  std::shared_ptr<Caller> connection = std::make_shared<Caller>();  // TCP
  wire::NationalWire wire;
};

wire::QuoteKey test_quote_key();

// The text of a field anywhere in a JSON answer: strings unescaped, numbers as written; "?" when it
// is not there.
std::string field(std::string_view json, std::string_view name);

// {"infno":…,"msgid":…,"fixmedins_code":…, common fields, "input":<input>}
std::string message(std::string_view infno, std::string_view institution, std::string_view input,
                    std::string_view msgid = "P44010600123202611221015300007");

// ---- records, as the journal would hold them ----

// Who the patient is in every story: employee, born 1990-01-01, 18-digit certno.
PersonCard patient_card();

struct Decided {
  Split split;
  Fen balance;  // the patient's, after
  Reason zero_reason = Reason::kNone;
  std::optional<bool> counts_relief{};
  std::optional<bool> counts_deductible{};
  std::string profile = "SH-2025";
};
std::shared_ptr<JournalRecord> settlement_record(const Request& request, std::uint64_t sequence,
                                                 Instant at, const Decided& decided);
std::shared_ptr<JournalRecord> refusal_record(const Request& request, std::uint64_t sequence,
                                              Instant at, Refusal refusal);
std::shared_ptr<JournalRecord> cancel_record(const Request& request, const JournalRecord& original,
                                             std::uint64_t sequence, Instant at, Fen balance);

}  // namespace gongji::gateway::testing
