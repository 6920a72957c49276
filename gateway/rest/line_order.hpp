// Which lines of an import may be decided now: lines that name the same person keep their order,
// all others pass each other. A network names persons that lines before it bring in, so it waits
// for those and for nobody else. One thread.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "domain/ids.hpp"

namespace gongji::gateway::rest {

class LineOrder {
 public:
  // Lines enter in the order of the file; `persons` names nobody twice. True when none before it
  // that names one of them is still there: it may go. False: some leave() will name it.
  bool enter(std::uint64_t line, std::vector<PersonId> persons);
  // A line that went is done; the lines that may go now because of it.
  std::vector<std::uint64_t> leave(std::uint64_t line);
  // Entered and not left.
  [[nodiscard]] std::size_t size() const { return lines_.size(); }

 private:
  struct Line {
    std::vector<PersonId> persons;
    std::size_t behind = 0;  // in how many of their queues others stand before it
  };
  std::unordered_map<std::uint64_t, Line> lines_;
  // Nearly always one line: a vector of it is a hundredth of what a deque takes.
  std::unordered_map<PersonId, std::vector<std::uint64_t>> queues_;
};

}  // namespace gongji::gateway::rest
