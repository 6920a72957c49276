// What happened, line by line, for people who replay a seed. Costs nothing while nobody reads it.
#pragma once

#include <cstdio>
#include <string>

#include "ports/journal_store.hpp"
#include "tests/simulation/scheduler/schedule.hpp"

namespace gongji::simulation {

class Trace {
 public:
  explicit Trace(bool on) : on_(on) {}

  // `text` makes the line, and is called only when somebody reads it.
  template <class Text>
  void line(const Schedule& schedule, Text text) {
    if (!on_) return;
    const std::string made = text();
    std::printf("%10.3f ms  %s\n", static_cast<double>(schedule.now().count()) / 1e6, made.c_str());
  }

  // What lies on the disk at the end.
  void journal(const JournalStore& store);

 private:
  const bool on_;
};

}  // namespace gongji::simulation
