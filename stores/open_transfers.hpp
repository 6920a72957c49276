// The moves whose second step is still to come, in the order of their departures. One household may
// have several on the way at once: a merge takes all of it along, each split some of its persons.
// Not thread-safe.
#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "ports/journal_index.hpp"

namespace gongji::stores {

class OpenTransfers {
 public:
  void open(const OpenTransfer& transfer) { by_departure_[transfer.departed] = transfer; }
  // An arrival names the departure it completes; without a name it completes the oldest from there.
  void close(HouseholdId from, Sequence departed) {
    const auto comes_from = [from](const auto& entry) { return entry.second.from == from; };
    auto found = by_departure_.find(departed);
    if (found == by_departure_.end() || !comes_from(*found))
      found = std::find_if(by_departure_.begin(), by_departure_.end(), comes_from);
    if (found != by_departure_.end()) by_departure_.erase(found);
  }
  [[nodiscard]] std::vector<OpenTransfer> all() const {
    std::vector<OpenTransfer> transfers;
    for (const auto& [departed, transfer] : by_departure_) transfers.push_back(transfer);
    return transfers;
  }

 private:
  std::map<Sequence, OpenTransfer> by_departure_;
};

}  // namespace gongji::stores
