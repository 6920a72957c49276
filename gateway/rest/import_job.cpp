#include "gateway/rest/import_job.hpp"

#include <algorithm>

#include "gateway/json/canonical_text.hpp"
#include "gateway/json/json_writer.hpp"
#include "gateway/rest/loop_ticket.hpp"
#include "gateway/wire/digest.hpp"

namespace gongji::gateway::rest {
namespace {

// About a millisecond's work.
constexpr unsigned kLinesOfATurn = 128;

std::string padded(std::string_view body) {
  std::string text;
  text.reserve(body.size() + kReadablePadding);
  text += body;
  text.append(kReadablePadding, '\0');
  return text;
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

// What stands against the line, or nothing when it was applied.
std::optional<Refusal> refusal_in(const Reply& reply, const std::string& canonical) {
  if (const auto* recorded = std::get_if<Recorded>(&reply)) {
    const Refusal* refusal = recorded->record->refusal();
    return refusal == nullptr ? std::nullopt : std::optional{*refusal};
  }
  if (const auto* reused = std::get_if<KeyReused>(&reply)) {
    const auto field =
        json::first_difference(reused->first->origin.business_input, canonical).value_or("");
    return Refusal{Reason::kIdempotency, field, {}, {}};
  }
  if (const auto* refused = std::get_if<NotDecided>(&reply)) return refused->refusal;
  return Refusal{Reason::kUnknownOutcome, "", {}, {}};
}

bool is_replayed(const Reply& reply) {
  const auto* recorded = std::get_if<Recorded>(&reply);
  return recorded != nullptr && recorded->replayed;
}

// The job's next turn; it lives at least as long.
class Turn final : public LoopTask {
 public:
  explicit Turn(std::shared_ptr<ImportJob> job) : job_(std::move(job)) {}
  void run() override { job_->turn(); }

 private:
  std::shared_ptr<ImportJob> job_;
};

}  // namespace

ImportJob::ImportJob(BulkService& service, const Clock& clock, Metrics& metrics, ImportOrder order,
                     std::string_view body, std::shared_ptr<AnswerSlot> slot)
    : service_(service),
      clock_(clock),
      metrics_(metrics),
      order_(std::move(order)),
      body_(padded(body)),
      rest_(std::string_view{body_}.substr(0, body.size())),
      next_number_(order_.first_line),
      slot_(std::move(slot)) {}

void ImportJob::turn() {
  turn_asked_ = false;
  read_lines();
  submit();
  const bool done = rest_.empty() && order_of_lines_.size() == 0;
  if (done && !std::exchange(answered_, true)) answer();
  if (wants_lines()) ask_for_turn();
}

bool ImportJob::wants_lines() const {
  const std::size_t open = order_of_lines_.size();
  return !rest_.empty() && open < (filling_ ? order_.window : order_.window / 2 + 1);
}

void ImportJob::read_lines() {
  filling_ = wants_lines();
  for (unsigned read = 0; read < kLinesOfATurn && wants_lines(); ++read) next_line();
  filling_ = wants_lines();
}

// A service may complete a ticket within the call, and free lines that waited.
void ImportJob::submit() {
  while (!ready_.empty()) service_.submit_all(std::exchange(ready_, {}));
}

void ImportJob::ask_for_turn() {
  if (std::exchange(turn_asked_, true)) return;
  slot_->run_on_loop(std::make_unique<Turn>(shared_from_this()));
}

void ImportJob::next_line() {
  const std::string_view line = rest_.substr(0, rest_.find('\n'));
  rest_.remove_prefix(std::min(line.size() + 1, rest_.size()));
  const std::uint64_t number = next_number_++;
  if (!is_blank(line)) take_line(line, number);
}

void ImportJob::take_line(std::string_view text, std::uint64_t number) {
  Result<ImportLine, Refusal> line = read_import_line(text);
  if (!line) return refuse(number, line.error());
  if (order_of_lines_.enter(number, line->persons)) return ready(number, std::move(line).value());
  waiting_.emplace(number, std::move(line).value());
}

void ImportJob::ready(std::uint64_t number, ImportLine line) {
  std::string& canonical = line.canonical;
  Request request;
  request.origin.key = {InstitutionCode{}, "import", order_.batch + ':' + std::to_string(number)};
  request.origin.digest = wire::sha256(canonical);
  request.origin.business_input = canonical;
  request.origin.received_at = clock_.now();
  request.origin.channel = order_.channel;
  request.origin.operator_id = order_.operator_id;
  request.origin.acting_person = order_.acting_person;
  request.key_hash = wire::message_key_hash(request.origin.key);
  request.aliases = std::move(line.aliases);
  request.ask = AdminRequest{std::move(line.command)};
  request.deadline = std::chrono::steady_clock::now() + order_.deadline_ms;
  auto ticket =
      make_loop_ticket(*slot_, [self = shared_from_this(), number, sent = std::move(canonical)](
                                   const Reply& reply) { self->on_reply(number, sent, reply); });
  ready_.push_back({std::move(request), std::move(ticket)});
}

void ImportJob::on_reply(std::uint64_t number, const std::string& canonical, const Reply& reply) {
  all_replayed_ = all_replayed_ && is_replayed(reply);
  if (const auto refusal = refusal_in(reply, canonical)) {
    refuse(number, *refusal);
  } else {
    ++accepted_;
  }
  for (const std::uint64_t next : order_of_lines_.leave(number))
    ready(next, std::move(waiting_.extract(next).mapped()));
  if (!ready_.empty() || wants_lines() || order_of_lines_.size() == 0) ask_for_turn();
}

void ImportJob::refuse(std::uint64_t number, const Refusal& refusal) {
  metrics_.refusal(refusal.reason);
  refused_.push_back({number, refusal.reason, refusal.detail});
}

void ImportJob::answer() {
  std::sort(refused_.begin(), refused_.end(),
            [](const RefusedLine& a, const RefusedLine& b) { return a.number < b.number; });
  Answer answer;
  json::JsonWriter out{answer.body};
  out.begin_object();
  out.text("batch", order_.batch);
  out.number("accepted", static_cast<std::int64_t>(accepted_));
  out.begin_array("refused");
  for (const RefusedLine& line : refused_) {
    out.begin_object();
    out.number("line", static_cast<std::int64_t>(line.number));
    out.text("code", code(line.reason));
    out.text("detail", line.detail.empty() ? info(line.reason).text : line.detail);
    out.end_object();
  }
  out.end_array();
  out.end_object();
  const bool whole_replay = all_replayed_ && accepted_ > 0;
  if (whole_replay) answer.headers.emplace_back("Idempotent-Replayed", "true");
  slot_->answer(std::move(answer));
}

}  // namespace gongji::gateway::rest
