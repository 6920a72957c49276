// How AddressSanitizer runs by default. Some tests put a library of their own in front of a program
// (a disk that hangs, a clock of another day), so its run-time library cannot always come first;
// what those libraries replace, it does not.
//
// Read by the sanitizer's run-time library before main(), once; ASAN_OPTIONS still wins.
extern "C" const char* __asan_default_options();
extern "C" const char* __lsan_default_suppressions();

extern "C" const char* __asan_default_options() { return "verify_asan_link_order=0"; }

// Fonts that the drawing libraries keep until the process ends.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig.so\n"
         "leak:libcairo.so\n";
}
