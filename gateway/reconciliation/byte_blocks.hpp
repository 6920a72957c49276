// Bytes that gather a few at a time, tens of megabytes in the end: in blocks, so that growing never
// copies what is there.
#pragma once

#include <string>
#include <vector>

namespace gongji::gateway::reconciliation {

class ByteBlocks {
 public:
  void add(char byte) {
    if (blocks_.empty() || blocks_.back().size() == kBlockBytes) {
      blocks_.emplace_back();
      blocks_.back().reserve(kBlockBytes);
    }
    blocks_.back().push_back(byte);
    ++size_;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const std::vector<std::string>& blocks() const { return blocks_; }

  // As one string; nothing is left here.
  [[nodiscard]] std::string take() {
    std::string all;
    all.reserve(size_);
    for (std::string& block : blocks_) {
      all += block;
      block = {};
    }
    blocks_.clear();
    size_ = 0;
    return all;
  }

 private:
  static constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
  std::vector<std::string> blocks_;
  std::size_t size_ = 0;
};

}  // namespace gongji::gateway::reconciliation
