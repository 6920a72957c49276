#include "gateway/rest/line_order.hpp"

#include <utility>

namespace gongji::gateway::rest {

bool LineOrder::enter(std::uint64_t line, std::vector<PersonId> persons) {
  std::size_t behind = 0;
  for (const PersonId& person : persons) {
    std::vector<std::uint64_t>& queue = queues_[person];
    if (!queue.empty()) ++behind;
    queue.push_back(line);
  }
  lines_.emplace(line, Line{std::move(persons), behind});
  return behind == 0;
}

std::vector<std::uint64_t> LineOrder::leave(std::uint64_t line) {
  std::vector<std::uint64_t> free;
  const auto left = lines_.extract(line);
  if (!left) return free;
  for (const PersonId& person : left.mapped().persons) {
    const auto queue = queues_.find(person);
    queue->second.erase(queue->second.begin());  // it went, so it stood first
    if (queue->second.empty()) {
      queues_.erase(queue);
    } else if (const std::uint64_t next = queue->second.front(); --lines_.at(next).behind == 0) {
      free.push_back(next);
    }
  }
  return free;
}

}  // namespace gongji::gateway::rest
