// The real directory, households on a real actor system, journal writer on its thread and memory
// store, without a gateway. Requests go in as values, answers are waited for with a deadline that
// only a hang can miss. Every answer is checked against the gate: it may speak only of what is on
// the disk already.
#pragma once

#include <caf/actor_system.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "actors/directory.hpp"
#include "actors/hot_balance_projector.hpp"
#include "actors/hot_reads.hpp"
#include "actors/system.hpp"
#include "config/policy_holder.hpp"
#include "tests/actors/requests.hpp"
#include "tests/actors/switch_store.hpp"

namespace gongji::actors::test {

// What became of one request; shared with its ticket.
class Answer {
 public:
  Answer();
  [[nodiscard]] Reply wait() const;      // throws when nothing comes for half a minute
  [[nodiscard]] bool arrived() const;    // by now
  [[nodiscard]] unsigned times() const;  // that it was answered; never more than 1

  // The one kind the test expects; throws, naming the other, when it is another.
  [[nodiscard]] Recorded recorded() const;
  [[nodiscard]] RecordPtr applied() const;  // recorded, and not refused
  [[nodiscard]] Reason refused() const;     // recorded or not
  [[nodiscard]] bool unknown() const;
  template <class Kind>
  [[nodiscard]] Kind as() const {
    const Reply reply = wait();
    if (const Kind* kind = std::get_if<Kind>(&reply)) return *kind;
    throw_wrong_kind(reply);
  }

 private:
  friend class CollectingTicket;
  struct Slot;
  [[noreturn]] static void throw_wrong_kind(const Reply& reply);
  std::shared_ptr<Slot> slot_;
};

// Answers that spoke of records which were not on the disk. Must outlive the tickets.
class GateWatch {
 public:
  explicit GateWatch(const SwitchStore& store) : store_(store) {}
  void see(const Reply& reply);
  [[nodiscard]] unsigned broken() const { return broken_; }

 private:
  const SwitchStore& store_;
  std::atomic<unsigned> broken_{0};
};

std::unique_ptr<ReplyTicket> ticket_of(const Answer& answer, GateWatch* gate);

// Throws where a household's handler can be hit with its record on the way to the journal already.
class ThrowingMetrics final : public NoMetrics {
 public:
  explicit ThrowingMetrics(std::function<void()> after_submit)
      : after_submit_(std::move(after_submit)) {}
  void stage(Stage stage, double) override {
    if (stage == Stage::kDecide && after_submit_) after_submit_();
  }

 private:
  const std::function<void()> after_submit_;
};

struct HarnessSetup {
  ActorOptions actors;
  std::function<void(const Envelope&)> before_decide;
  std::function<void()> after_submit;  // the record has its place in the journal; may throw
  HotBalances* copy = nullptr;         // for readers; outlives the harness
};

using Disk = std::shared_ptr<stores::MemoryDisk>;

class ActorsHarness {
 public:
  explicit ActorsHarness(HarnessSetup setup = {},
                         Disk disk = std::make_shared<stores::MemoryDisk>());
  ~ActorsHarness();  // an orderly stop; fails the test when the gate was broken
  ActorsHarness(const ActorsHarness&) = delete;
  ActorsHarness& operator=(const ActorsHarness&) = delete;

  Answer submit(Request request);
  std::vector<Answer> submit_all(std::vector<Request> requests);
  Reply ask(Request request) { return submit(std::move(request)).wait(); }

  void enrol_all(const std::vector<Person>& persons);
  // As 1101 and the household's page would tell; throws when there is no such person.
  PersonFound look_up(const std::string& id) { return submit(person(id)).as<PersonFound>(); }
  std::int64_t carryover(const std::string& id) { return look_up(id).person.carryover.count(); }

  // Returns when the copy knows everything that was answered.
  void catch_up_copy();
  bool recover() { return directory_.recover(); }
  void stop();  // directory, then journal
  // Returns when the index knows everything that was answered.
  void catch_up() { journal_.wait_until_indexed(journal_.durable()); }

  SwitchStore& store() { return store_; }
  Directory& directory() { return directory_; }
  const JournalWriter& journal() { return journal_; }
  // Called for each durable group from now on; may be set while the journal runs.
  void on_commit(std::function<void()> hook);
  GateWatch& gate() { return gate_; }
  [[nodiscard]] unsigned fatal_calls() const { return fatal_calls_; }
  [[nodiscard]] std::size_t records() const { return store_.head().durable.number(); }

 private:
  void read_copy(HotBalances& copy);
  struct System {
    explicit System(const ActorOptions& options);
    SystemConfig config;
    caf::actor_system system;
  };

  SwitchStore store_;
  GateWatch gate_;
  std::atomic<unsigned> fatal_calls_{0};
  config::PolicyHolder policies_;
  ThrowingMetrics metrics_;
  std::mutex hook_mutex_;
  std::function<void()> commit_hook_;  // guarded by hook_mutex_
  JournalWriter journal_;
  HouseholdTools tools_;
  System system_;
  Directory directory_;
  std::optional<HotBalanceProjector> projector_;
  std::optional<HotReads> reads_;
};

const Policy& shipped_policy();

}  // namespace gongji::actors::test
