// What ThreadSanitizer cannot see: Debian's RocksDB and the libraries that draw a certificate are
// not instrumented, so neither are their locks, and every value that one of their threads hands to
// another looks unguarded. Their reads, writes and frees are left out; those of our own code that
// stand around a call into them are still watched, and the planted race is planted with this list
// in place.
//
// Read by the sanitizer's run-time library before main(), once.
extern "C" const char* __tsan_default_suppressions();

extern "C" const char* __tsan_default_suppressions() {
  return "called_from_lib:librocksdb.so\n"
         "race:librocksdb.so\n"
         "called_from_lib:libcairo.so\n"
         "race:libcairo.so\n"
         "called_from_lib:libpango-1.0.so\n"
         "race:libpango-1.0.so\n"
         "called_from_lib:libpangocairo-1.0.so\n"
         "race:libpangocairo-1.0.so\n"
         "called_from_lib:libpangoft2-1.0.so\n"
         "race:libpangoft2-1.0.so\n"
         "called_from_lib:libfontconfig.so\n"
         "race:libfontconfig.so\n"
         "called_from_lib:libharfbuzz.so\n"
         "race:libharfbuzz.so\n"
         "called_from_lib:libglib-2.0.so\n"
         "race:libglib-2.0.so\n";
}
