# Warnings are errors in everything we write. Libraries live in /usr/include and count as system.
add_library(gongji_warnings INTERFACE)
target_compile_options(gongji_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wswitch-enum -Werror)
