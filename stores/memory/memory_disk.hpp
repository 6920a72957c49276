// What a MemoryStore writes to: it outlives the store as a disk does, so that tests and the
// simulator can stop and start again. Used by one open MemoryStore at a time; between two of them a
// test may look at and damage it.
#pragma once

#include <map>
#include <string>

#include "domain/ids.hpp"

namespace gongji::stores {

struct MemoryDisk {
  std::map<Sequence, std::string> groups;  // first sequence → the group's bytes (codec/frame.hpp)
  Epoch epoch;                             // of the last opening
  bool held = false;
};

}  // namespace gongji::stores
