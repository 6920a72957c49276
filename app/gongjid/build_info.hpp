// Which build this is: exported as gongji_build_info and shown by --version.
#pragma once

#include <string>

namespace gongji::app {

constexpr const char* kVersion = GONGJI_VERSION;
std::string build_commit();  // short hash at configure time, "unknown" outside a checkout

}  // namespace gongji::app
