// What ThreadSanitizer cannot see: Debian's RocksDB is not instrumented, so neither are its locks,
// and every value that one of its threads hands to another looks unguarded. Its reads, writes and
// frees are left out; those of our own code that stand around a call into it are still watched, and
// the planted race is planted with this list in place.
//
// Read by the sanitizer's run-time library before main(), once.
extern "C" const char* __tsan_default_suppressions();

extern "C" const char* __tsan_default_suppressions() {
  return "called_from_lib:librocksdb.so\n"
         "race:librocksdb.so\n";
}
