#include "loadtest/prepare.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "loadtest/exchange_all.hpp"

namespace gongji::loadtest {
namespace {

// Several imports side by side: while one is read the lines of the others are written.
constexpr std::uint32_t kMembersPerBatch = 5000;  // families or singles
constexpr unsigned kConnections = 4;  // the gateway takes in no more large bodies at once
constexpr std::chrono::milliseconds kTimeout{120'000};

// Batch n of a kind always holds the members n * 5000 …; more members later only add lines to the
// last batch of each kind, behind those it had.
enum class LineKind : std::uint8_t { kFamilyPersons, kNetworks, kSingles };

std::string_view to_text(LineKind kind) {
  switch (kind) {
    case LineKind::kFamilyPersons: return "families";
    case LineKind::kNetworks: return "networks";
    case LineKind::kSingles: return "singles";
  }
  return "";
}

void append_lines(std::string& out, LineKind kind, std::uint32_t member) {
  switch (kind) {
    case LineKind::kFamilyPersons:
      append_person_line(out, {PersonRole::kOrganiser, member});
      append_person_line(out, {PersonRole::kChild, member});
      break;
    case LineKind::kNetworks: append_network_line(out, member); break;
    case LineKind::kSingles: append_person_line(out, {PersonRole::kSingle, member}); break;
  }
}

// All batches of one kind.
class Imports final : public Traffic {
 public:
  Imports(LineKind kind, std::uint32_t members, const std::string& token, Prepared& prepared,
          std::function<void()> on_progress)
      : kind_(kind),
        members_(members),
        headers_("Authorization: Bearer " + token +
                 "\r\nContent-Type: application/x-ndjson\r\nX-Operator: gongji-load\r\n"),
        prepared_(prepared),
        on_progress_(std::move(on_progress)) {}

  bool next(PendingCall& call, OutgoingMessage& message) override {
    const std::uint32_t first = next_batch_ * kMembersPerBatch;
    if (first >= members_ || !problem.empty()) return false;
    call.number = next_batch_++;
    const std::uint32_t end = std::min(members_, first + kMembersPerBatch);
    for (std::uint32_t member = first; member < end; ++member)
      append_lines(message.body, kind_, member);
    // Lives until the next call; the message is written out before that.
    target_ = "/v1/import?first_line=1&batch=" + name_of(call);
    message.target = target_;
    message.headers = headers_;
    return true;
  }

  void answered(const PendingCall& call, const IncomingAnswer& answer, TimePoint) override {
    boost::system::error_code error;
    const auto json = boost::json::parse({answer.body.data(), answer.body.size()}, error);
    const auto* fields = error ? nullptr : json.if_object();
    const auto* refused = fields == nullptr ? nullptr : fields->if_contains("refused");
    if (answer.http_status != 200 || refused == nullptr || !refused->is_array()) {
      complain(call, "HTTP " + std::to_string(answer.http_status) + " " +
                         std::string{answer.body.substr(0, 300)});
      return;
    }
    prepared_.lines += lines_of(call);
    prepared_.refused += refused->as_array().size();
    if (prepared_.first_refusal.empty() && !refused->as_array().empty())
      prepared_.first_refusal =
          name_of(call) + ": " + boost::json::serialize(refused->as_array().front());
    on_progress_();
  }

  void lost(const PendingCall& call, TimePoint) override { complain(call, "no answer"); }

  std::string problem;  // "" = none

 private:
  [[nodiscard]] std::string name_of(const PendingCall& call) const {
    return "load-v2-" + std::string{to_text(kind_)} + "-" + std::to_string(call.number);
  }
  [[nodiscard]] std::uint64_t lines_of(const PendingCall& call) const {
    const std::uint64_t members =
        std::min<std::uint64_t>(kMembersPerBatch, members_ - call.number * kMembersPerBatch);
    return kind_ == LineKind::kFamilyPersons ? 2 * members : members;
  }
  void complain(const PendingCall& call, const std::string& what) {
    if (problem.empty()) problem = "import of " + name_of(call) + ": " + what;
  }

  LineKind kind_;
  std::uint32_t members_;
  std::string headers_;
  std::string target_;
  Prepared& prepared_;
  std::function<void()> on_progress_;
  std::uint32_t next_batch_ = 0;
};

}  // namespace

Result<Prepared, std::string> prepare_population(const Address& http, const std::string& token,
                                                 const Population& population,
                                                 const PrepareProgress& progress) {
  Prepared prepared;
  const std::uint64_t all = std::uint64_t{3} * population.families + population.singles;
  const ExchangeOptions exchange{
      .address = http, .connections = kConnections, .depth = 1, .timeout_ms = kTimeout};
  for (const auto& [kind, members] : {std::pair{LineKind::kFamilyPersons, population.families},
                                      {LineKind::kSingles, population.singles},
                                      {LineKind::kNetworks, population.families}}) {
    const TimePoint began = SteadyClock::now();
    const std::uint64_t lines_before = prepared.lines;
    Imports imports{kind, members, token, prepared, [&] { progress(prepared.lines, all); }};
    if (auto done = exchange_all(exchange, imports); !done) return done.error();
    if (!imports.problem.empty()) return imports.problem;
    if (kind == LineKind::kNetworks) continue;
    prepared.persons += prepared.lines - lines_before;
    prepared.persons_s += std::chrono::duration<double>(SteadyClock::now() - began).count();
  }
  return prepared;
}

}  // namespace gongji::loadtest
