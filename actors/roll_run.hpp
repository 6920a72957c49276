// The year-end roll over all accounts: walks the index person by person and sends each account its
// own roll through the door for many messages, so settlements go on beside it and who sleeps sleeps
// on. What was rolled before answers so, which makes a run that broke off simply start again. One
// thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "ports/bulk_service.hpp"
#include "ports/clock.hpp"
#include "ports/journal_index.hpp"
#include "ports/roll_service.hpp"

namespace gongji::actors {

struct RollOptions {
  // Rolls in flight. Half of them are sent at once; who looks for a sleeper waits behind so many.
  unsigned window = 128;
  std::chrono::milliseconds deadline_ms{5'000};  // of one roll
};

class RollRun final : public RollService {
 public:
  // Everything referred to must outlive it.
  RollRun(BulkService& service, const JournalIndex& index, const Clock& clock,
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
  bool roll_all(int year, const Origin& ordered_by, std::deque<PersonId> persons);
  bool wait_for_room(std::deque<PersonId>& persons);
  std::vector<PersonId> take(std::deque<PersonId>& persons);
  void submit(int year, const Origin& ordered_by, const std::vector<PersonId>& persons);
  [[nodiscard]] Request request_of(int year, const Origin& ordered_by,
                                   const PersonId& person) const;

  BulkService& service_;
  const JournalIndex& index_;
  const Clock& clock_;
  const RollOptions options_;
  const std::shared_ptr<Shared> shared_;
  std::thread thread_;
};

}  // namespace gongji::actors
