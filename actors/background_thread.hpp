// Threads whose work can wait for settlements.
#pragma once

namespace gongji::actors {

// From now on the calling thread gets the processor after those that settle, and is called `name`
// (at most 15 characters) in top and gdb. Best effort: where the system forbids it, it stays as it
// is. There is no way back without privileges.
void step_back(const char* name);

}  // namespace gongji::actors
