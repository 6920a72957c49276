// Threads that mostly sleep and that everybody waits for: the journal writer, whose sync has come
// back, holds the answers of all.
#pragma once

namespace gongji::actors {

// From now on the calling thread gets a processor as soon as it has something to do, and is called
// `name` (at most 15 characters) in top and gdb; what it starts is ordinary again. False where the
// system forbids it (RLIMIT_RTPRIO is 0 and CAP_SYS_NICE is missing); then it stays as it is.
//
// Only for threads that work for a moment at a time: nothing ordinary takes the processor from
// them.
bool go_first(const char* name);

}  // namespace gongji::actors
