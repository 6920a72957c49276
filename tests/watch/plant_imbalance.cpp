// Plants an imbalance: appends to a stopped store a settlement that claims one fen more than is
// left. Chain and sequence are in order, so only somebody who adds up can see it. For copies only.
//
// usage: plant_imbalance DATA_DIR
#include <cstdio>

#include "stores/rocksdb/rocks_store.hpp"

namespace gongji {
namespace {

RecordPtr last_settlement(const JournalStore& journal) {
  RecordPtr last;
  (void)journal.scan(Sequence{1}, [&](const RecordPtr& record) {
    if (record->event<Settled>() != nullptr && !record->balances.empty()) last = record;
    return true;
  });
  return last;
}

int plant(const char* data_dir) {
  stores::StoreOptions options;
  options.data_dir = data_dir;
  const auto store = stores::open_rocks_store(options);
  if (!store) return std::fprintf(stderr, "%s\n", store.error().message.c_str()), 1;
  const RecordPtr settled = last_settlement(**store);
  if (settled == nullptr) return std::fprintf(stderr, "no settlement to copy\n"), 1;
  const JournalHead head = (*store)->head();
  auto wrong = std::make_shared<JournalRecord>(*settled);
  wrong->sequence = head.durable.next();
  wrong->epoch = head.epoch;
  wrong->previous = (*store)->find_newest(settled->household)->value_or(Sequence{});
  wrong->keys.clear();
  wrong->balances.front().carryover += Fen{1};
  const RecordPtr record = wrong;
  if (!(*store)->append(head.epoch, {&record, 1}) || !(*store)->index({&record, 1})) return 1;
  std::printf("record %llu\n", static_cast<unsigned long long>(record->sequence.number()));
  return 0;
}

}  // namespace
}  // namespace gongji

int main(int argc, char** argv) {
  if (argc == 2) return gongji::plant(argv[1]);
  std::fprintf(stderr, "usage: plant_imbalance DATA_DIR\n");
  return 2;
}
