#include "tests/actors/actors_harness.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "config/policies.hpp"
#include "tests/test_places.hpp"

namespace gongji::actors::test {

struct Answer::Slot {
  std::mutex mutex;
  std::condition_variable came;
  std::optional<Reply> reply;
  unsigned times = 0;
};

Answer::Answer() : slot_(std::make_shared<Slot>()) {}

class CollectingTicket final : public ReplyTicket {
 public:
  CollectingTicket(const Answer& answer, GateWatch* gate) : slot_(answer.slot_), gate_(gate) {}
  ~CollectingTicket() override {
    if (!completed_) put(OutcomeUnknown{});
  }
  void complete(Reply reply) noexcept override {
    completed_ = true;
    if (gate_ != nullptr) gate_->see(reply);
    put(std::move(reply));
  }

 private:
  void put(Reply reply) {
    {
      const std::lock_guard lock{slot_->mutex};
      slot_->reply = std::move(reply);
      ++slot_->times;
    }
    slot_->came.notify_all();
  }

  std::shared_ptr<Answer::Slot> slot_;
  GateWatch* gate_;
  bool completed_ = false;
};

std::unique_ptr<ReplyTicket> ticket_of(const Answer& answer, GateWatch* gate) {
  return std::make_unique<CollectingTicket>(answer, gate);
}

Reply Answer::wait() const {
  std::unique_lock lock{slot_->mutex};
  const auto came = [this] { return slot_->reply.has_value(); };
  if (!slot_->came.wait_for(lock, std::chrono::seconds{30}, came))
    throw std::runtime_error{"a request was never answered"};
  return *slot_->reply;
}

bool Answer::arrived() const {
  const std::lock_guard lock{slot_->mutex};
  return slot_->reply.has_value();
}

unsigned Answer::times() const {
  const std::lock_guard lock{slot_->mutex};
  return slot_->times;
}

Recorded Answer::recorded() const { return as<Recorded>(); }

RecordPtr Answer::applied() const {
  const Recorded answer = recorded();
  if (const Refusal* refusal = answer.record->refusal())
    throw std::runtime_error{"refused: " + std::string{code(refusal->reason)}};
  return answer.record;
}

Reason Answer::refused() const {
  const Reply reply = wait();
  if (const auto* decided = std::get_if<NotDecided>(&reply)) return decided->refusal.reason;
  const auto* recorded = std::get_if<Recorded>(&reply);
  if (recorded == nullptr) throw_wrong_kind(reply);
  const Refusal* refusal = recorded->record->refusal();
  return refusal == nullptr ? Reason::kNone : refusal->reason;
}

bool Answer::unknown() const { return std::holds_alternative<OutcomeUnknown>(wait()); }

void Answer::throw_wrong_kind(const Reply& reply) {
  static constexpr const char* kNames[] = {"Recorded",      "KeyReused",    "Quoted",
                                           "PersonFound",   "MessageFound", "NotDecided",
                                           "OutcomeUnknown"};
  std::string what = std::string{"the answer was "} + kNames[reply.index()];
  if (const auto* decided = std::get_if<NotDecided>(&reply))
    what += ' ' + std::string{code(decided->refusal.reason)};
  throw std::runtime_error{what};
}

void GateWatch::see(const Reply& reply) {
  Sequence seen;
  const auto take = [&seen](const RecordPtr& record) {
    if (record != nullptr) seen = std::max(seen, record->sequence);
  };
  if (const auto* recorded = std::get_if<Recorded>(&reply)) {
    take(recorded->record);
    take(recorded->original);
  }
  if (const auto* reused = std::get_if<KeyReused>(&reply)) take(reused->first);
  if (const auto* found = std::get_if<PersonFound>(&reply)) seen = found->last_sequence;
  if (const auto* found = std::get_if<MessageFound>(&reply)) take(found->record);
  if (seen > store_.durable()) ++broken_;
}

const Policy& shipped_policy() {
  static const Policy policy = [] {
    auto book = config::load_policies(std::string{GONGJI_SOURCE_DIR} + "/config/policies");
    if (!book) throw std::runtime_error{book.error().text()};
    return Policy{*book, {}};
  }();
  return policy;
}

ActorsHarness::System::System(const ActorOptions& options) : config(options), system(config) {
  system.await_actors_before_shutdown(false);
  if (const std::string wrong = check_scheduler(system, options); !wrong.empty())
    throw std::runtime_error{wrong};
}

ActorsHarness::ActorsHarness(HarnessSetup setup, Disk disk)
    : store_(std::move(disk)),
      gate_(store_),
      policies_(shipped_policy()),
      metrics_(std::move(setup.after_submit)),
      journal_(store_, store_, metrics_, [this](const std::string&) { ++fatal_calls_; }),
      tools_{journal_,
             policies_,
             metrics_,
             setup.actors,
             std::move(setup.before_decide),
             setup.copy != nullptr},
      system_(setup.actors),
      directory_(system_.system, store_, store_, tools_) {
  journal_.set_after_commit([this](const std::vector<RecordPtr>&) {
    const std::lock_guard lock{hook_mutex_};
    if (commit_hook_) commit_hook_();
  });
  if (setup.copy != nullptr) read_copy(*setup.copy);
  journal_.start();
}

void ActorsHarness::read_copy(HotBalances& copy) {
  projector_.emplace(copy, HotFiller::Ports{store_, store_, policies_}, store_.head().epoch,
                     ProjectorOptions{});
  reads_.emplace(copy, *projector_);
  directory_.read_from(*reads_);
  journal_.set_projection([this](Sequence upto, std::vector<HotHousehold> changes) {
    projector_->note(upto, std::move(changes));
  });
}

void ActorsHarness::catch_up_copy() {
  for (int i = 0; i < 30'000; ++i) {
    const ProjectorFigures figures = projector_->figures();
    if (figures.up && projector_->confirmed()->sequence == store_.durable()) return;
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  throw std::runtime_error{"the copy never caught up"};
}

void ActorsHarness::on_commit(std::function<void()> hook) {
  const std::lock_guard lock{hook_mutex_};
  commit_hook_ = std::move(hook);
}

ActorsHarness::~ActorsHarness() {
  stop();
  EXPECT_EQ(gate_.broken(), 0u) << "answers left before their records were on the disk";
}

void ActorsHarness::stop() {
  store_.release();
  directory_.stop();
  journal_.stop();
  if (projector_) projector_->stop();
}

Answer ActorsHarness::submit(Request request) {
  Answer answer;
  directory_.submit(std::move(request), ticket_of(answer, &gate_));
  return answer;
}

std::vector<Answer> ActorsHarness::submit_all(std::vector<Request> requests) {
  std::vector<Answer> answers(requests.size());
  std::vector<BulkMessage> messages;
  for (std::size_t i = 0; i < requests.size(); ++i)
    messages.push_back({std::move(requests[i]), ticket_of(answers[i], &gate_)});
  directory_.submit_all(std::move(messages));
  return answers;
}

void ActorsHarness::enrol_all(const std::vector<Person>& persons) {
  std::vector<Answer> answers;
  for (const Person& each : persons) answers.push_back(submit(enrol(each)));
  for (const Answer& answer : answers) (void)answer.applied();
}

}  // namespace gongji::actors::test
