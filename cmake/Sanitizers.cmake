# GONGJI_SANITIZE = "" | address | thread.
# address: ASan + UBSan. UBSan's null check is off because CAF 0.17 trips it in its own headers.
# thread: TSan, with CAF's core built under it as well (FindCAF.cmake, scripts/caf_under_tsan).
set(GONGJI_SANITIZE "" CACHE STRING "address or thread")
option(GONGJI_FUZZ "build the libFuzzer targets (clang only)" OFF)
if(GONGJI_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)  # what libFuzzer steers by
endif()
# What the sanitizers are told from within is linked into every program: tests/sanitizers/.
function(gongji_tell_sanitizer file)
  add_library(gongji_told OBJECT ${CMAKE_SOURCE_DIR}/tests/sanitizers/${file})
  link_libraries("$<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:$<TARGET_OBJECTS:gongji_told>>")
endfunction()

# g++ 12 warns wrongly under each: about optionals inside Beast's parser (address), and about the
# fences inside Asio (thread; its locks are what orders memory there, and those TSan sees).
if(GONGJI_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=null -fno-sanitize-recover=all -fno-omit-frame-pointer
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  add_link_options(-fsanitize=address,undefined)
  gongji_tell_sanitizer(address_options.cpp)
elseif(GONGJI_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
  add_link_options(-fsanitize=thread)
  gongji_tell_sanitizer(thread_suppressions.cpp)
elseif(NOT GONGJI_SANITIZE STREQUAL "")
  message(FATAL_ERROR "GONGJI_SANITIZE must be empty, address or thread, not '${GONGJI_SANITIZE}'")
endif()
