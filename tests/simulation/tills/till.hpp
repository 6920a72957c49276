// A client of the gateway: sends one message at a time, waits for its answer with a limit, and
// sends the very same message again when none comes, as docs/integrate asks. Now and then it does
// what clients do: repeats an old message, reuses an id, takes back what is still under way.
#pragma once

#include <string>
#include <vector>

#include "tests/simulation/tills/town.hpp"
#include "tests/simulation/world/world.hpp"

namespace gongji::simulation {

class Till {
 public:
  Till(World& world, Town& town, unsigned number);

  // One fiber each; returns when the world has no more operations to do.
  void run();

 private:
  void act();
  Request invent(const std::string& msgid);
  void remember(const MessagePtr& message, const std::optional<Reply>& reply);
  void repeat_old();
  void reuse_id();
  void take_back();
  void take_back_under_way(const MessagePtr& message);
  void cancel();
  void refund();
  void ask_about();
  std::string next_id();

  World& world_;
  Town& town_;
  Random chance_;
  const std::string name_;
  unsigned last_id_ = 0;
  std::vector<MessagePtr> mine_;
  std::vector<RecordPtr> settlements_;
};

}  // namespace gongji::simulation
