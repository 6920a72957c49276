// The year-end roll over all accounts: walks the index person by person and sends each account its
// own roll through the front door, like any other message, so settlements go on beside it. What was
// rolled before answers so, which makes a run that broke off simply start again. One thread.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "ports/clock.hpp"
#include "ports/journal_index.hpp"
#include "ports/roll_service.hpp"
#include "ports/settlement_service.hpp"

namespace gongji::actors {

struct RollOptions {
  unsigned window = 256;                         // rolls in flight
  std::chrono::milliseconds deadline_ms{5'000};  // of one roll
};

class RollRun final : public RollService {
 public:
  // Everything referred to must outlive it.
  RollRun(SettlementService& service, const JournalIndex& index, const Clock& clock,
          RollOptions options = {});
  ~RollRun() override;
  RollRun(const RollRun&) = delete;
  RollRun& operator=(const RollRun&) = delete;

  bool start(int year, const Origin& ordered_by) override;
  [[nodiscard]] std::optional<RollProgress> progress() const override;
  void stop();  // what is in flight finishes; idempotent

 private:
  struct Shared;  // outlives this object while rolls are in flight
  void run(int year, Origin ordered_by);
  bool roll_page(int year, const Origin& ordered_by, PersonId& after);
  void submit(int year, const Origin& ordered_by, const PersonId& person);

  SettlementService& service_;
  const JournalIndex& index_;
  const Clock& clock_;
  const RollOptions options_;
  const std::shared_ptr<Shared> shared_;
  std::thread thread_;
};

}  // namespace gongji::actors
