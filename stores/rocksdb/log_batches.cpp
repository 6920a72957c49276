#include "stores/rocksdb/log_batches.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace gongji::stores {
namespace {

constexpr std::size_t kBlockBytes = 32'768;
constexpr std::size_t kPieceHeaderBytes = 7;
constexpr std::size_t kBatchHeaderBytes = 12;
constexpr std::size_t kEnoughBytes = kBatchHeaderBytes + kEntryStartBytes;

// As RocksDB numbers them; others belong to logs that are written over, which ours never are.
enum class PieceKind : std::uint8_t { kWhole = 1, kFirst = 2, kMiddle = 3, kLast = 4 };

struct Piece {
  PieceKind kind;
  std::string_view bytes;
};

std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

// The piece at the start of what is left of a block, cut short where a crash cut it; nothing when
// no piece can be there.
std::optional<Piece> piece_at_start(std::string_view rest) {
  if (rest.size() < kPieceHeaderBytes) return std::nullopt;
  const std::size_t length = byte_at(rest, 4) + (std::size_t{byte_at(rest, 5)} << 8U);
  const std::uint8_t kind = byte_at(rest, 6);
  if (kind < 1 || kind > 4 || kPieceHeaderBytes + length > kBlockBytes) return std::nullopt;
  return Piece{PieceKind{kind}, rest.substr(kPieceHeaderBytes, length)};
}

// Puts the start of a batch together, which may go over the end of a block.
class BatchStarts {
 public:
  explicit BatchStarts(const std::function<void(std::string_view)>& visit) : visit_(visit) {}

  void take(const Piece& piece) {
    if (piece.kind == PieceKind::kWhole || piece.kind == PieceKind::kFirst) begin();
    if (!wanted_) return;
    start_ += piece.bytes.substr(0, kEnoughBytes);
    const bool ends = piece.kind == PieceKind::kWhole || piece.kind == PieceKind::kLast;
    if (ends || start_.size() >= kEnoughBytes) show();
  }

 private:
  void begin() {
    start_.clear();
    wanted_ = true;
  }

  void show() {
    wanted_ = false;
    if (start_.size() > kBatchHeaderBytes)
      visit_(std::string_view{start_}.substr(kBatchHeaderBytes));
  }

  const std::function<void(std::string_view)>& visit_;
  bool wanted_ = false;
  std::string start_;
};

}  // namespace

void for_each_batch(std::string_view log, const std::function<void(std::string_view)>& visit) {
  BatchStarts starts{visit};
  for (std::size_t block = 0; block < log.size(); block += kBlockBytes) {
    std::string_view rest = log.substr(block, kBlockBytes);
    while (const auto piece = piece_at_start(rest)) {
      starts.take(*piece);
      rest.remove_prefix(kPieceHeaderBytes + piece->bytes.size());
    }
  }
}

}  // namespace gongji::stores
