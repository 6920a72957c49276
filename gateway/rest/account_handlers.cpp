#include "gateway/rest/account_handlers.hpp"

#include <array>

#include "gateway/json/json_writer.hpp"
#include "gateway/rest/account_view.hpp"
#include "gateway/rest/answers.hpp"
#include "gateway/rest/choices.hpp"
#include "gateway/rest/paging.hpp"
#include "gateway/rest/write.hpp"
#include "gateway/rest/year_field.hpp"

namespace gongji::gateway::rest {
namespace {

constexpr int kYearMax = 9999;

constexpr std::array<json::FieldSpec, 3> kMovementFields{{
    {"bucket", json::FieldKind::kId, 20, json::kRequired},
    {"amount", json::FieldKind::kMoney, 0, json::kRequired},
    {"reason", json::FieldKind::kId, 50, json::kRequired},
}};

using ToJson = std::string (*)(const JournalRecord& record);

Write with_body(Command command, const BodyReader& body, ToJson json) {
  return {std::move(command), body.canonical(),
          [json](const JournalRecord& record) { return json_answer(json(record)); }};
}

// A credit or a debit.
template <class Movement>
Movement read_movement(BodyReader& body, const json::FieldValues& values, const Call& call) {
  Movement movement;
  movement.person = call.person(0);
  movement.bucket = choose(body, values, "bucket", kBuckets).value_or(Bucket::kCarryover);
  movement.amount = values.money_or_zero("amount");
  movement.reason = values.text("reason");
  if (values.has("amount") && movement.amount.is_zero()) body.fault("", "amount", "应大于零");
  return movement;
}

std::string progress_json(const RollProgress& progress) {
  std::string body;
  json::JsonWriter out{body};
  const auto count = [&](std::string_view name, std::uint64_t value) {
    out.number(name, static_cast<std::int64_t>(value));
  };
  out.begin_object();
  out.number("year", progress.year);
  count("accounts_total", progress.accounts_total);
  count("accounts_done", progress.accounts_done);
  count("accounts_rolled", progress.accounts_rolled);
  count("accounts_skipped", progress.accounts_skipped);
  count("accounts_refused", progress.accounts_refused);
  out.key("running");
  out.boolean(progress.running);
  out.key("complete");
  out.boolean(progress.complete);
  out.end_object();
  return body;
}

// Under some profile with a roll; one mistyped year must not ask every account in vain.
bool has_ended(const Backend& backend, int year) {
  const auto policy = backend.ports.policies.current();
  const CivilDate today = civil_date(backend.ports.clock.now());
  bool any_rolls = false;
  for (const Profile& profile : policy->profiles.all()) {
    if (!profile.has_year_roll) continue;
    any_rolls = true;
    if (year < profile.insurance_year(today)) return true;
  }
  return !any_rolls;
}

// Every account is rolled once a year whoever asks how often, so a run is known by its key only to
// tell the same request from another one.
void start_roll(Backend& backend, Call& call, int year) {
  const std::string canonical = std::to_string(year);
  const auto first =
      backend.jobs.first_request(call.token_name + ':' + call.idempotency_key, canonical);
  if (first && *first != canonical) return call.answer(key_reused("body.year"));
  Origin origin;
  origin.received_at = backend.ports.clock.now();
  origin.channel = call.channel;
  origin.operator_id = call.operator_id;
  origin.acting_person = call.acting_person;
  if (!backend.ports.rolls.start(year, origin))
    return call.answer(running_already("另一年度的结转正在进行", backend.options.retry_after_s));
  RollProgress started;
  started.year = year;
  started.running = true;
  const auto progress = backend.ports.rolls.progress();
  Answer answer = json_answer(progress_json(progress.value_or(started)), kAccepted);
  if (first) answer.headers.emplace_back("Idempotent-Replayed", "true");
  call.answer(std::move(answer));
}

}  // namespace

void credit_account(Backend& backend, CallPtr call) {
  BodyReader body{call->body};
  const json::FieldValues values = body.fields(kMovementFields);
  auto command = read_movement<CreditCommand>(body, values, *call);
  if (answer_faults(body, *call)) return;
  submit_write(backend, call, with_body(std::move(command), body, credited_json));
}

// The core system's own use is the only one: everything else goes through a settlement (SH-24).
void debit_account(Backend& backend, CallPtr call) {
  BodyReader body{call->body};
  const json::FieldValues values = body.fields(kMovementFields);
  auto command = read_movement<DebitCommand>(body, values, *call);
  if (values.has("reason") && command.reason != "CORE_USE")
    body.fault("", "reason", "应为CORE_USE");
  if (answer_faults(body, *call)) return;
  submit_write(backend, call, with_body(std::move(command), body, debited_json));
}

void roll_accounts(Backend& backend, CallPtr call) {
  static constexpr std::array<json::FieldSpec, 3> kFields{{
      {"year", json::FieldKind::kId, 4, json::kRequired},
      {"psn_no", json::FieldKind::kId, 30},
      {"interest", json::FieldKind::kMoney},
  }};
  BodyReader body{call->body};
  const json::FieldValues values = body.fields(kFields);
  const int year = read_year(body, values);
  if (values.has("interest") && !values.has("psn_no"))
    body.fault("", "interest", "只能随psn_no一起给出");
  if (body.ok() && !values.has("psn_no") && !has_ended(backend, year))
    body.fault("", "year", "该年度尚未结束，不能结转");
  if (answer_faults(body, *call)) return;
  if (!values.has("psn_no")) return start_roll(backend, *call, year);
  const RollYearCommand command{PersonId{values.text("psn_no")}, year,
                                values.money_or_zero("interest")};
  Write write = with_body(command, body, rolled_json);
  write.nothing_to_do = [command] { return json_answer(not_rolled_json(command)); };
  submit_write(backend, call, std::move(write));
}

void get_roll(Backend& backend, CallPtr call) {
  const auto year = read_number(*call, "year", 0, kYearMax);
  if (!year) return call->answer(year.error());
  const auto progress = backend.ports.rolls.progress();
  const bool wanted = progress && (*year == 0 || progress->year == static_cast<int>(*year));
  call->answer(wanted ? json_answer(progress_json(*progress))
                      : refused(backend, Reason::kNotFound));
}

void transfer_out(Backend& backend, CallPtr call) {
  static constexpr std::array<json::FieldSpec, 1> kFields{{
      {"reason", json::FieldKind::kId, 20},
  }};
  BodyReader body{call->body};
  const json::FieldValues values = body.fields(kFields);
  const std::string reason{values.has("reason") ? values.text("reason") : "TRANSFER"};
  if (reason != "TRANSFER" && reason != "INHERITANCE")
    body.fault("", "reason", "应为TRANSFER或INHERITANCE");
  if (answer_faults(body, *call)) return;
  submit_write(backend, call,
               with_body(TransferOutCommand{call->person(0), reason}, body, transferred_json));
}

}  // namespace gongji::gateway::rest
