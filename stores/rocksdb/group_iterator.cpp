#include "stores/rocksdb/group_iterator.hpp"

#include "stores/rocksdb/journal_keys.hpp"
#include "stores/rocksdb/rocks_errors.hpp"

namespace gongji::stores {
namespace {

std::string_view view(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace

GroupIterator::GroupIterator(rocksdb::DB& db, const rocksdb::ReadOptions& options)
    : iterator_(db.NewIterator(options)) {}

bool GroupIterator::seek(Sequence sequence) {
  iterator_->SeekForPrev(group_key(sequence));
  const bool before_all = !on_group() && iterator_->status().ok();
  if (before_all) iterator_->Seek(group_key(Sequence{}));
  return on_group();
}

bool GroupIterator::forward() {
  iterator_->Next();
  return on_group();
}

bool GroupIterator::back() {
  const std::string here = iterator_->key().ToString();
  iterator_->Prev();
  if (on_group()) return true;
  iterator_->Seek(here);
  return false;
}

std::string_view GroupIterator::frame() const {
  return on_group() ? view(iterator_->value()) : std::string_view{};
}

Status<StoreError> GroupIterator::status() const {
  if (const auto status = iterator_->status(); !status.ok())
    return rocks_error("journal, reading", status);
  return Done{};
}

bool GroupIterator::on_group() const {
  return iterator_->Valid() && is_group_key(view(iterator_->key()));
}

rocksdb::ReadOptions scanning() {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  options.readahead_size = std::size_t{2} << 20;
  return options;
}

}  // namespace gongji::stores
