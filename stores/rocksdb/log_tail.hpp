// After a crash the newest RocksDB log may end in half a group. That group was never acknowledged
// and is dropped. Half a group with further groups behind it is another matter: groups are written
// one after the other, each on disk before the next, so those behind prove that the damaged one was
// acknowledged. RocksDB's recovery would drop them all without a word. This file finds the proof.
#pragma once

#include <string>

#include "domain/ids.hpp"

namespace gongji::stores {

// Does any log (*.log) in `directory` hold the key of a group behind the one that follows
// `readable`, the last record that can be read? Reads the logs to the end.
bool logs_go_beyond(const std::string& directory, Sequence readable);

}  // namespace gongji::stores
