// A wire bench with a reconciliation desk behind it, whose threads are real: asking waits for the
// answer.
#pragma once

#include <gtest/gtest.h>

#include <thread>

#include "gateway/reconciliation/desk.hpp"
#include "stores/memory/memory_file_shelf.hpp"
#include "tests/gateway/wire/wire_bench.hpp"

namespace gongji::gateway::testing {

// Nobody settled anything.
class EmptyDays : public DayBook {
 public:
  Result<InstitutionDay, StoreError> read(const InstitutionCode&, CivilDate date) const override {
    return InstitutionDay{date, {}, {}};
  }
  Result<RecordPtr, StoreError> find(Sequence) const override { return RecordPtr{}; }
};

class DeskBench : public WireBench {
 public:
  // `days` outlives it.
  explicit DeskBench(const DayBook& days) : desk{{days, files, clock}} { wire.open_desk(desk); }

  void ask(std::string_view infno, std::string_view input,
           std::string_view institution = kPharmacy) {
    const std::size_t before = loop.answers.size();
    post(message(infno, institution, input));
    wait_for_answer(before);
  }
  void ask_over_tcp(std::string_view infno, std::string_view input) {
    const std::size_t before = loop.answers.size();
    frame(message(infno, kPharmacy, input));
    wait_for_answer(before);
  }
  // There were `before` answers.
  void wait_for_answer(std::size_t before) {
    for (int i = 0; i < 30'000 && loop.answers.size() == before; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
      loop.turn();
    }
    ASSERT_GT(loop.answers.size(), before);
  }

  stores::MemoryFileShelf files;
  reconciliation::Desk desk;
};

}  // namespace gongji::gateway::testing
