// The inbound door for many messages at once: an import that sends a hundred thousand lines a
// second, or the roll of all accounts, cannot wake an actor for each person.
#pragma once

#include <memory>
#include <vector>

#include "ports/settlement_service.hpp"

namespace gongji {

struct BulkMessage {
  Request request;
  std::unique_ptr<ReplyTicket> ticket;
};

class BulkService {
 public:
  virtual ~BulkService() = default;
  // As if each were given to SettlementService::submit(), in this order, with the same answers and
  // promises; only cheaper where many persons are enrolled whom nobody knows, or accounts rolled
  // whose households sleep. Any thread; never blocks on disk or decision.
  virtual void submit_all(std::vector<BulkMessage> messages) = 0;
};

}  // namespace gongji
