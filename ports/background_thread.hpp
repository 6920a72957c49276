// What threads are called and who gets the processor first. Settling threads (io loops, the CAF
// workers, the journal) run as the kernel has them; work that can wait for them steps back.
//
// Who steps back must hold no lock for long that a settling thread takes: it may be put aside in
// the middle.
#pragma once

namespace gongji {

// What the calling thread is called in top -H and gdb: at most 15 characters.
void name_thread(const char* name);

// From now on the calling thread, so called, gets the processor after those that settle: a tenth of
// their share when both want to run. Best effort: where the system forbids it, it stays as it is.
// There is no way back without privileges.
void step_back(const char* name);

}  // namespace gongji
