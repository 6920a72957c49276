// The simulated world around the gateway: one machine with its disk, Redis and clocks, the
// processes that run on it one after the other (sometimes two at once), and the network to the
// tills.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "tests/simulation/oracle/oracle.hpp"
#include "tests/simulation/world/node.hpp"
#include "tests/simulation/world/trace.hpp"

namespace gongji::simulation {

struct WorldOptions {
  Bug bug = Bug::kNone;
  unsigned operations = 500;
  Time answer_within{std::chrono::seconds{30}};  // a message sent until it is answered
};

class World {
 public:
  World(Schedule& schedule, const PolicySource& policies, const WorldOptions& options,
        Trace& trace);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  Schedule& schedule() { return schedule_; }
  Weather& weather() { return weather_; }
  RedisServer& redis() { return redis_; }
  Oracle& oracle() { return oracle_; }
  Trace& trace() { return trace_; }
  const Disk& disk() const { return disk_; }
  // For reading what is on it, when no process is left.
  std::shared_ptr<stores::MemoryDisk> take_disk() { return disk_.take_over(); }

  // ---- processes ----
  // A fiber of its own: starts the gateway whenever none runs, until close().
  void supervise();
  void close();
  void abandon();  // the run broke off: its processes cannot be ended any more
  void crash(bool power);
  void crash_all();  // with the older owners
  // By an operator, whom the running process asked for it in its log.
  void restart_within(Time time);
  void pause(bool paused);
  void take_over();  // a second owner, while the first one stands still; it wakes up later
  [[nodiscard]] Node* serving();
  bool roll_year(int year);

  // ---- tills ----
  // One operation less to do; false: none is left.
  bool take_operation();
  [[nodiscard]] bool finished() const { return operations_left_ == 0; }
  MessagePtr message(Request request);   // remembered by the oracle
  MessagePtr question(Request request);  // not remembered by anybody
  void send(const MessagePtr& message);  // waits for nothing
  // Once; nothing when no answer comes in time.
  std::optional<Reply> ask(const MessagePtr& message);
  // Again and again, until something was decided or the limit of the whole run is passed.
  std::optional<Reply> ask_until_answered(const MessagePtr& message);
  [[nodiscard]] const std::vector<MessagePtr>& all_messages() const { return oracle_.messages(); }

 private:
  struct Slot;
  class Ticket;
  using SlotPtr = std::shared_ptr<Slot>;

  void restart();
  void bury_the_dead();
  void bury(std::unique_ptr<Node> node);
  Node* somebody_listening();
  void put_on_the_wire(const MessagePtr& message, const SlotPtr& slot);
  void deliver(const MessagePtr& message, const SlotPtr& slot);

  Schedule& schedule_;
  const PolicySource& policies_;
  const WorldOptions options_;
  Trace& trace_;
  Weather weather_;
  Disk disk_;
  RedisServer redis_;
  Oracle oracle_;
  unsigned operations_left_;
  bool closing_ = false;
  std::optional<Time> restart_at_;
  std::unique_ptr<Node> node_;
  std::vector<std::unique_ptr<Node>> older_;  // owners of before that have not noticed yet
};

}  // namespace gongji::simulation
