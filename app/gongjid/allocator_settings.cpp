// How the allocator (jemalloc) takes memory from the kernel; read by it before main(). MALLOC_CONF
// in the environment is read after this and wins. Why: docs/decisions/0024.
//
// thp:always: in pages of 2 MB where the kernel allows it (madvise or always). A gateway with many
// households touches a new page for nearly every one of them.
// dirty_decay_ms: what was given back is kept for a minute. The buffers of the store are freed and
// wanted again every few seconds.
extern "C" {
// The name and the type are jemalloc's. With another allocator nobody reads it.
extern const char* malloc_conf;
const char* malloc_conf = "thp:always,dirty_decay_ms:60000";
}
