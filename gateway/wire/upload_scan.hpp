// Reads a 9101 that is too long to be held: the file, an array of numbers under the name `in`, is
// taken out byte by byte as the message arrives, and what remains is an ordinary message with an
// empty array in its place. Works the same when `input` is a JSON text inside the JSON.
#pragma once

#include <string>
#include <string_view>

#include "gateway/crypto/hash.hpp"
#include "gateway/reconciliation/byte_blocks.hpp"
#include "gateway/wire/incoming.hpp"

namespace gongji::gateway::wire {

class UploadScan {
 public:
  // `rest_bytes_max` = how long the message may be without its file.
  explicit UploadScan(std::size_t rest_bytes_max) : rest_bytes_max_(rest_bytes_max) {}

  // False: what is not the file is too long.
  [[nodiscard]] bool take(std::string_view piece);

  [[nodiscard]] const std::string& rest() const { return rest_; }
  [[nodiscard]] bool file_begun() const { return arrays_ != 0; }
  // One array, all of it numbers from -128 to 255 (bytes are signed in some languages).
  [[nodiscard]] bool file_is_whole() const { return arrays_ == 1 && !in_array_ && !broken_; }
  // Once.
  [[nodiscard]] StreamedFile take_file() { return {std::move(file_), file_hash_.finish()}; }

 private:
  [[nodiscard]] bool take_text(std::string_view piece);
  std::size_t take_array(std::string_view piece);
  void take_array_byte(char byte);
  void end_number();
  [[nodiscard]] bool file_begins_here() const;

  const std::size_t rest_bytes_max_;
  std::string rest_;
  reconciliation::ByteBlocks file_;
  std::string unhashed_;  // bytes of the file, of the piece at hand
  crypto::BodyHash file_hash_{crypto::HashKind::kSm3};
  unsigned arrays_ = 0;
  bool in_array_ = false;
  bool broken_ = false;
  bool negative_ = false;
  bool number_ended_ = false;  // by a space
  bool comma_last_ = false;
  unsigned digits_ = 0;
  unsigned number_ = 0;
};

}  // namespace gongji::gateway::wire
