#include "stores/memory/memory_store.hpp"
#include "tests/contract/store_place.hpp"

namespace gongji::stores::testing {
namespace {

class MemoryPlace final : public StorePlace {
 public:
  Result<std::unique_ptr<PairedStore>, StoreError> open() override {
    auto store = open_memory_store(disk_);
    if (!store) return std::move(store).error();
    return std::unique_ptr<PairedStore>{std::move(store).value()};
  }
  void change_group(Sequence first, const Change& change) override {
    change(disk_->groups.at(first));
  }
  void remove_group(Sequence first) override { disk_->groups.erase(first); }
  void lose_index() override {}  // it never keeps one

 private:
  std::shared_ptr<MemoryDisk> disk_ = std::make_shared<MemoryDisk>();
};

}  // namespace

std::unique_ptr<StorePlace> make_memory_place() { return std::make_unique<MemoryPlace>(); }

}  // namespace gongji::stores::testing
