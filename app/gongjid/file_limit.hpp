// Open files are for two: connections, and the store, whose journal must always get the next one. A
// crowd of connections may use up its own part only.
#pragma once

#include <cstddef>

namespace gongji::app {

// Raises the process's limit of open files as far as it may, and says how many of `wanted`
// connections fit beside the store (told in the log when fewer do). Once, before anything listens.
std::size_t connections_that_fit(std::size_t wanted);

}  // namespace gongji::app
