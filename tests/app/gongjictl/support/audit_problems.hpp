// What an audit found, as one text to search in.
#pragma once

#include <string>

#include "app/gongjictl/audit.hpp"

namespace gongji::ctl {

inline std::string all_problems(const Audit& audit) {
  std::string text;
  for (const std::string& problem : audit.problems.first) text += problem + "\n";
  return text;
}

}  // namespace gongji::ctl
