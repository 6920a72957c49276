// One run of the gateway's process, wired as app/gongjid does it: directory, households, journal
// writer, projector, archive, couriers and year roll are the real ones, on the simulated store,
// Redis and clocks. CAF runs under its test coordinator; its workers are fibers like all other
// threads.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "actors/couriers.hpp"
#include "actors/options.hpp"
#include "counterparties/options.hpp"
#include "ports/institutions.hpp"
#include "tests/simulation/world/redis.hpp"
#include "tests/simulation/world/store.hpp"
#include "tests/simulation/world/throwing_metrics.hpp"

namespace gongji::simulation {

struct NodeParts {
  StoreParts store;
  RedisServer& redis;
  const PolicySource& policies;
  actors::ActorOptions actors;
  actors::ProjectorOptions projector;
  actors::CourierOptions couriers;
  counterparties::SimulationOptions parties;
};

class Node {
 public:
  explicit Node(const NodeParts& parts);
  // The threads end as in an orderly stop; of a process that crashed nobody hears them do it.
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  // Opens the store and finishes interrupted moves; false: the process ends before it serves.
  bool start();
  [[nodiscard]] bool serving() const { return serving_ && alive_; }
  [[nodiscard]] bool alive() const { return alive_; }
  // Why the store did not open; "" when it did.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }

  // kill -9, or with the machine's power: from this moment on nothing reaches anybody.
  void crash(bool power);
  void pause(bool paused) { parts_.store.schedule.pause(process_, paused); }
  [[nodiscard]] bool is(const Process* process) const { return process == &process_; }

  // A message on the wire: an io thread of the process takes them in any order.
  void deliver(Request request, std::unique_ptr<ReplyTicket> ticket);
  bool roll_year(int year, const Origin& origin);

  [[nodiscard]] const Store& store() const { return *store_; }
  [[nodiscard]] Fen imbalance() const { return metrics_.imbalance(); }
  [[nodiscard]] bool projected() const;
  // Nothing is owed to anybody: no open move, no open request to an outside party.
  [[nodiscard]] bool settled() const;

 private:
  struct Arrival {
    Request request;
    std::unique_ptr<ReplyTicket> ticket;
  };
  struct Actors;
  void begin();
  void run_io();
  void run_worker();
  void throw_before_decision();

  const NodeParts parts_;
  Process process_;
  bool alive_ = true;
  bool serving_ = false;
  bool stopping_ = false;
  bool workers_end_ = false;
  SystemClock clock_;
  std::unique_ptr<Store> store_;
  std::deque<Arrival> arrivals_;
  Schedule::Number io_ = 0;
  std::vector<Schedule::Number> workers_;
  std::vector<Schedule::Number> helpers_;
  std::string trouble_;
  ThrowingMetrics metrics_;
  std::unique_ptr<Actors> actors_;
};

}  // namespace gongji::simulation
