// The judge of a run. Knows what was sent, what was answered and what lies on the disk, and nothing
// of how the gateway works. One thread, plain maps; the first things that are wrong are kept in
// words.
//
// At each answer: what it speaks of is on stable storage, no append that failed or was never made
// stands behind it, and the same message got the same answer before. At the end: see verdict.hpp.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ports/settlement_service.hpp"
#include "tests/simulation/world/disk.hpp"

namespace gongji::simulation {

class Node;

// What a till sent, as often as it sent it.
struct Message {
  std::string name;  // for people: "2102 m3-17"
  Request request;
  Sequence decided;      // the record it was answered with; none yet
  bool settled = false;  // an answer came that sending it again would not change
};
using MessagePtr = std::shared_ptr<Message>;

class Oracle {
 public:
  explicit Oracle(const Disk& disk) : disk_(disk) {}

  void sent(const MessagePtr& message);
  // Called when the answer leaves the gateway, whether or not it arrives.
  void answered(Message& message, const Reply& reply, const Node& node);

  void complain(const std::string& what);
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }
  // Every message that was ever sent.
  [[nodiscard]] const std::vector<MessagePtr>& messages() const { return messages_; }
  [[nodiscard]] const std::vector<RecordPtr>& answers() const { return answers_; }

 private:
  void check_gate(const Message& message, const RecordPtr& record, const Node& node);
  void check_same(Message& message, const Recorded& answer);
  void see(Message& message, const Recorded& answer, const Node& node);

  const Disk& disk_;
  std::vector<MessagePtr> messages_;
  std::vector<RecordPtr> answers_;
  std::vector<std::string> complaints_;
};

}  // namespace gongji::simulation
