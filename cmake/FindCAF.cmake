# Debian's libcaf-dev ships no CMake file. Gives CAF::core.
find_path(CAF_INCLUDE_DIR caf/all.hpp)
if(GONGJI_SANITIZE STREQUAL "thread")
  # Debian's library hides the atomics of its mailboxes from ThreadSanitizer; one built with it takes
  # its place. Building it takes minutes, once a build folder.
  execute_process(COMMAND "${CMAKE_SOURCE_DIR}/scripts/caf_under_tsan" "${CMAKE_BINARY_DIR}/caf"
                  OUTPUT_VARIABLE CAF_CORE_LIBRARY OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
else()
  find_library(CAF_CORE_LIBRARY caf_core)
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(CAF REQUIRED_VARS CAF_CORE_LIBRARY CAF_INCLUDE_DIR)
if(CAF_FOUND AND NOT TARGET CAF::core)
  find_package(Threads REQUIRED)
  add_library(CAF::core UNKNOWN IMPORTED)
  set_target_properties(CAF::core PROPERTIES IMPORTED_LOCATION "${CAF_CORE_LIBRARY}")
  target_include_directories(CAF::core SYSTEM INTERFACE "${CAF_INCLUDE_DIR}")
  target_link_libraries(CAF::core INTERFACE Threads::Threads)
endif()
