#include "tests/rules/town.hpp"

#include <chrono>
#include <stdexcept>

#include "tests/gateway/json/padded.hpp"

namespace gongji::test {

class Town::Slot final : public gateway::AnswerSlot {
 public:
  explicit Slot(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

  void answer(gateway::Answer answer) override {
    const std::lock_guard lock{desk_->mutex};
    desk_->answers.push_back(std::move(answer));
    desk_->came.notify_all();
  }
  void run_on_loop(std::unique_ptr<gateway::LoopTask> task) noexcept override {
    const std::lock_guard lock{desk_->mutex};
    desk_->tasks.push_back(std::move(task));
    desk_->came.notify_all();
  }

 private:
  std::shared_ptr<Desk> desk_;
};

namespace {

gateway::rest::RestOptions options() {
  gateway::rest::RestOptions made;
  made.deadline_ms = std::chrono::seconds{30};
  made.certificate_key.fill(7);
  return made;
}

AccessList tokens() {
  return {{"app-token", Role::kApp, "citizen app"},
          {"agency-token", Role::kAgency, "counter 3"},
          {"auditor-token", Role::kAuditor, "audit"}};
}

}  // namespace

Town::Town()
    : api_(
          {actors_.directory(), actors_.directory(), records_, rolls_, policies_, clock_, metrics_},
          tokens(), options()) {
  policies_.policy->profiles = actors::test::shipped_policy().profiles;
}

HttpReply Town::ask(const Caller& caller, std::string_view method, const std::string& target,
                    std::string_view body) {
  records_.records = journal();
  const std::string token = "Bearer " + caller.role + "-token";
  const std::string key = "town-" + std::to_string(++asked_);
  const gateway::testing::Padded padded{body};
  gateway::HttpRequest request;
  request.method = method;
  request.target = target;
  request.body = padded.view();
  request.headers = {{"authorization", token}};
  if (!caller.acting.empty()) request.headers.emplace_back("x-acting-person", caller.acting);
  if (!caller.channel.empty()) request.headers.emplace_back("x-channel", caller.channel);
  if (!caller.operator_id.empty()) request.headers.emplace_back("x-operator", caller.operator_id);
  if (method != "GET") request.headers.emplace_back("idempotency-key", key);
  request.first_byte_at = std::chrono::steady_clock::now();
  request.caller = std::make_shared<gateway::Caller>();

  auto desk = std::make_shared<Desk>();
  api_.handle(request, std::make_unique<Slot>(desk));
  std::unique_lock lock{desk->mutex};
  while (desk->answers.empty()) {
    const bool something = desk->came.wait_for(lock, std::chrono::seconds{30}, [&] {
      return !desk->tasks.empty() || !desk->answers.empty();
    });
    if (!something) throw std::runtime_error{target + " was never answered"};
    std::vector<std::unique_ptr<gateway::LoopTask>> tasks;
    tasks.swap(desk->tasks);
    lock.unlock();
    for (const auto& task : tasks) task->run();
    lock.lock();
  }
  return {desk->answers.front().http_status, desk->answers.front().body};
}

RecordPtr Town::buy(const std::string& patient, std::int64_t fen, const std::string& area) {
  Request request = actors::test::settle(patient, fen, "buy-" + std::to_string(++asked_));
  std::get<SettleCommand>(request.ask).place.area = area;
  request.origin.received_at = clock_.now();
  return actors_.submit(std::move(request)).applied();
}

std::vector<RecordPtr> Town::journal() const {
  std::vector<RecordPtr> records;
  const std::uint64_t last = actors_.store().head().durable.number();
  for (std::uint64_t number = 1; number <= last; ++number) {
    auto record = actors_.store().read(Sequence{number});
    if (!record) throw std::runtime_error{"the journal cannot be read"};
    records.push_back(std::move(record).value());
  }
  return records;
}

Person holder(const std::string& id, std::int64_t carryover_fen, const std::string& area) {
  Person person = actors::test::employee(id, carryover_fen);
  person.card.area = area;
  return person;
}

Person dependant(const std::string& id, const std::string& area) {
  Person person = actors::test::resident(id);
  person.card.area = area;
  return person;
}

std::string field_in(const HttpReply& reply, std::string_view name) {
  const std::string opening = "\"" + std::string{name} + "\":\"";
  const std::size_t at = reply.body.find(opening);
  if (at == std::string::npos) return {};
  const std::size_t start = at + opening.size();
  return reply.body.substr(start, reply.body.find('"', start) - start);
}

}  // namespace gongji::test
