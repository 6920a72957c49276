#include "stores/memory/memory_journal.hpp"

#include <mutex>

#include "stores/append_rules.hpp"
#include "stores/codec/frame.hpp"
#include "stores/journal_reading.hpp"

namespace gongji::stores {

// Groups stay where they are and as they are while the store is open, so the lock is only held for
// finding one, and whoever is visited by a scan may use the store.
class MemoryJournal::Cursor final : public GroupCursor {
 public:
  explicit Cursor(const MemoryJournal& journal) : journal_(journal) {}

  bool seek(Sequence sequence) override {
    const std::shared_lock lock{journal_.mutex_};
    auto found = groups().upper_bound(sequence);
    if (found != groups().begin()) --found;
    return stand_on(found);
  }
  bool forward() override {
    const std::shared_lock lock{journal_.mutex_};
    return stand_on(groups().upper_bound(first_));
  }
  bool back() override {
    const std::shared_lock lock{journal_.mutex_};
    auto found = groups().lower_bound(first_);
    return found != groups().begin() && stand_on(--found);
  }
  [[nodiscard]] std::string_view frame() const override { return frame_; }
  [[nodiscard]] Status<StoreError> status() const override { return Done{}; }

 private:
  using Groups = std::map<Sequence, std::string>;
  [[nodiscard]] const Groups& groups() const { return journal_.disk_->groups; }
  bool stand_on(Groups::const_iterator group) {
    if (group == groups().end()) return frame_ = {}, false;
    first_ = group->first;
    frame_ = group->second;
    return true;
  }

  const MemoryJournal& journal_;
  Sequence first_;
  std::string_view frame_;
};

Result<std::unique_ptr<MemoryJournal>, StoreError> MemoryJournal::open(
    std::shared_ptr<MemoryDisk> disk) {
  if (disk->held) return StoreError{"memory store: another owner holds it"};
  disk->held = true;
  std::unique_ptr<MemoryJournal> journal{new MemoryJournal{std::move(disk)}};
  Cursor cursor{*journal};
  auto head = read_head(cursor);
  if (!head) return std::move(head).error();
  head->epoch = journal->disk_->epoch = journal->disk_->epoch.next();
  journal->head_ = *head;
  return journal;
}

MemoryJournal::~MemoryJournal() { disk_->held = false; }

Status<StoreError> MemoryJournal::append(Epoch epoch, std::span<const RecordPtr> records) {
  if (records.empty()) return Done{};
  const std::unique_lock lock{mutex_};
  if (auto allowed = may_append(head_, epoch, records); !allowed) return allowed;
  std::string frame;
  const FrameHeader header = encode_frame(epoch, head_.chain, records, frame);
  disk_->groups.emplace(header.first, std::move(frame));
  head_ = {header.last(), epoch, header.chain};
  return Done{};
}

Result<RecordPtr, StoreError> MemoryJournal::read(Sequence sequence) const {
  Cursor cursor{*this};
  return read_record(cursor, sequence);
}

Status<StoreError> MemoryJournal::scan(Sequence from,
                                       const std::function<bool(const RecordPtr&)>& visit) const {
  const Sequence durable = head().durable;
  Cursor cursor{*this};
  return scan_records(cursor, from, durable, visit);
}

JournalHead MemoryJournal::head() const {
  const std::shared_lock lock{mutex_};
  return head_;
}

}  // namespace gongji::stores
