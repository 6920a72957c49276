// Nonces on disk, so that a restart does not forget them: what was captured before it would
// otherwise be good once more after it. Two files in the data folder, written in turn; each is
// emptied when everything in it is too old to matter. A line is 16 bytes: hash, then the second of
// the timestamp, both little-endian.
//
// A line is handed to the kernel before its message goes on, but not synced: it survives a kill -9.
// A power cut may lose those of the last seconds.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "domain/result.hpp"

namespace gongji::gateway::auth {

class NonceLog {
 public:
  using Visit = std::function<void(std::uint64_t hash, std::chrono::seconds timestamp)>;

  // A line is kept for at least `kept`.
  NonceLog(std::string folder, std::chrono::seconds kept);
  ~NonceLog();
  NonceLog(const NonceLog&) = delete;
  NonceLog& operator=(const NonceLog&) = delete;

  // Once, first: opens or makes the files and visits every line. The error is a sentence.
  [[nodiscard]] Status<std::string> open(const Visit& visit);
  // False: the disk would not take it.
  [[nodiscard]] bool append(std::uint64_t hash, std::chrono::seconds timestamp,
                            std::chrono::seconds now);

 private:
  [[nodiscard]] Status<std::string> open_one(std::size_t index, const Visit& visit);

  const std::string folder_;
  const std::int64_t turn_s_;
  std::array<int, 2> files_{-1, -1};
  std::int64_t turn_ = -1;  // now / turn_s_ of the last line; its parity says which file
};

}  // namespace gongji::gateway::auth
