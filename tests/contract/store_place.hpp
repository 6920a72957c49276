// Where a store under test lives: outlasts the store, so that a test can close it, reopen it,
// damage it and lose parts of it. A new kind of store adds a place and one line in places().
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "domain/result.hpp"
#include "ports/journal_store.hpp"
#include "stores/paired_store.hpp"

namespace gongji::stores::testing {

class StorePlace {
 public:
  virtual ~StorePlace() = default;
  virtual Result<std::unique_ptr<PairedStore>, StoreError> open() = 0;
  // The rest while no store is open. `first` = the first sequence of a group.
  using Change = std::function<void(std::string& frame)>;
  virtual void change_group(Sequence first, const Change& change) = 0;
  virtual void remove_group(Sequence first) = 0;
  virtual void lose_index() = 0;
};

struct PlaceKind {
  std::string name;
  std::unique_ptr<StorePlace> (*make)();
};

std::unique_ptr<StorePlace> make_memory_place();
std::unique_ptr<StorePlace> make_rocks_place();

inline std::vector<PlaceKind> places() {
  return {
      {"Memory", make_memory_place},
      {"RocksDb", make_rocks_place},
  };
}

}  // namespace gongji::stores::testing
