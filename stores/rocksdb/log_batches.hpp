// The write batches of a RocksDB log, read without RocksDB: its own reader stops at the first
// damage, and what stands behind the damage is what matters here. The format is RocksDB's (Write
// Ahead Log File Format): blocks of 32 KiB; in a block, pieces of a header of 7 bytes (checksum
// u32, length u16, kind u8) and their bytes; a batch longer than its block goes on in the next one.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace gongji::stores {

constexpr std::size_t kEntryStartBytes = 13;  // a put and a key of 11 bytes

// Shows how the first entry of every batch in `log` starts, behind the batch's header (sequence
// u64, count u32): kEntryStartBytes or more, less only where the batch ends before. Checksums are
// not looked at; what is left of a block that stops making sense is passed over.
void for_each_batch(std::string_view log, const std::function<void(std::string_view)>& visit);

}  // namespace gongji::stores
