// Hop 3 of 8: the directory. Claims the keys of a message, answers it from the journal when it is
// known already, finds the household of the person it is about and hands it over. It is the door
// the gateway sees (SettlementService) and the owner of everything behind it. Next hop:
// actors/household_desk.hpp.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "actors/claims.hpp"
#include "actors/hot_reads.hpp"
#include "actors/household_actor.hpp"
#include "actors/household_desk.hpp"
#include "actors/lookups.hpp"
#include "actors/mover.hpp"
#include "actors/readers.hpp"
#include "actors/registrar.hpp"
#include "actors/roster.hpp"
#include "actors/splitter.hpp"
#include "actors/transfers.hpp"
#include "actors/worker_thread.hpp"
#include "ports/bulk_service.hpp"
#include "ports/journal_index.hpp"
#include "ports/journal_store.hpp"
#include "ports/settlement_service.hpp"

namespace gongji::actors {

class Directory final : public SettlementService, public BulkService, private HouseholdEvents {
 public:
  // `system` runs with the configuration of actors/system.hpp. Everything referred to must outlive
  // the directory.
  Directory(caf::actor_system& system, JournalStore& store, JournalIndex& index,
            const HouseholdTools& tools);
  ~Directory() override;

  // Finishes merges that a crash interrupted. Blocks; call before requests are let in. False when a
  // merge could not be finished: the store contradicts itself.
  bool recover();

  void submit(Request request, std::unique_ptr<ReplyTicket> ticket) override;
  void submit_all(std::vector<BulkMessage> messages) override;

  // While the store has too little room: what would need a record is refused with E_BUSY. Questions
  // and repeats of what is recorded are answered, and what is in flight finishes.
  void refuse_new_work(bool refuse) { disk_is_full_ = refuse; }

  // Call when no more requests come in; then stop the journal writer, which answers what is still
  // in its queue. Every household finishes the mail it has and leaves, those with nothing in flight
  // with a snapshot; returns when the last one is gone. What had not reached a household yet is
  // answered "unknown". Waits for no disk; idempotent.
  void stop();

  // Before requests are let in: sleeping households are asked about there first.
  void read_from(HotReads& reads) { reads_ = &reads; }

  [[nodiscard]] std::size_t active_households() { return roster_.size(); }

 private:
  bool admit(const EnvelopePtr& mail);
  bool claim(const EnvelopePtr& mail);
  bool shed_for_disk(const EnvelopePtr& mail);
  void claim_and_route(const EnvelopePtr& mail);
  void route(const EnvelopePtr& mail);
  bool to_person(const PersonId& person, const EnvelopePtr& mail, Turn turn = Turn::kReady);
  void settle_or_administer(const EnvelopePtr& mail);
  void to_copy_or_person(const PersonId& person, const EnvelopePtr& mail);

  void on_others_needed(EnvelopePtr mail) override;
  void on_loosened(HouseholdId household) override;
  void on_failure(HouseholdId household) override;
  void take_back(HouseholdId household, EnvelopePtr mail) override;
  void on_drained(HouseholdId household) override;

  JournalIndex& index_;
  const HouseholdTools& tools_;
  std::atomic<bool> disk_is_full_{false};
  std::atomic<bool> stopped_{false};
  HotReads* reads_ = nullptr;                                                // none without a copy
  const InflightCount living_ = std::make_shared<std::atomic<unsigned>>(0);  // household actors
  Roster roster_;
  // Shared with messages that may outlive this object; its jobs, which use this object, end in
  // stop().
  const std::shared_ptr<WorkerThread> librarian_ = std::make_shared<WorkerThread>("librarian");
  Readers readers_;  // as the librarian
  const std::shared_ptr<ClaimTable> claims_;
  Lookups lookups_;
  Transfers transfers_;
  Mover mover_;
  Splitter splitter_;
  Registrar registrar_;
};

}  // namespace gongji::actors
