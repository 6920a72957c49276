// How the allocator (jemalloc) takes memory from the kernel; read by it before main(). MALLOC_CONF
// in the environment is read after this and wins. Why: docs/decisions/0024.
//
// thp:always: in pages of 2 MB where the kernel allows it (madvise or always). A gateway with many
// households touches a new page for nearly every one of them.
// background_thread: what was given back goes to the kernel although nobody asks for memory. A
// quiet gateway still held the 240 MB of a crowd a minute later (tests/overload/crowd_test.py).
extern "C" {
// The name and the type are jemalloc's. With another allocator nobody reads it.
extern const char* malloc_conf;
const char* malloc_conf = "thp:always,background_thread:true";
}
