// Everything that must look into the store before a message can be answered or routed. Runs on the
// librarian's thread only, where waiting for the disk is allowed.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "actors/claims.hpp"
#include "actors/envelope.hpp"
#include "actors/journal_writer.hpp"
#include "actors/readers.hpp"
#include "actors/roster.hpp"
#include "actors/unindexed.hpp"
#include "actors/worker_thread.hpp"
#include "ports/journal_index.hpp"
#include "ports/journal_store.hpp"

namespace gongji::actors {

class Lookups {
 public:
  // Hands a message whose person is now known to the roster.
  using ToPerson = std::function<void(const PersonId& person, const EnvelopePtr& mail)>;
  // Takes the claims of a message anew, after `more_claims` grew, and routes it again.
  using ClaimAgain = std::function<void(const EnvelopePtr& mail)>;
  // A household was loaded that falls into parts (a crash came before its split).
  using Loosened = std::function<void(HouseholdId household)>;
  Lookups(JournalStore& store, JournalIndex& index, JournalWriter& journal, ClaimTable& claims,
          Roster& roster, std::shared_ptr<WorkerThread> librarian, Readers& readers,
          ToPerson to_person, ClaimAgain claim_again, Loosened loosened);

  // Any thread; each posts itself to the librarian.
  void search(const PersonId& person);                        // who waits for him in the roster
  void search_alias(const EnvelopePtr& mail, KeyHash alias);  // 1101 by certificate or card
  void replay(const EnvelopePtr& mail, Sequence first);       // the message key is known
  void undo(const EnvelopePtr& mail);                         // 2601
  void original(const EnvelopePtr& mail, Sequence original);  // commands about an earlier record
  // These two hold a place in the patient's queue already (Turn::kLooking).
  void cancel(const EnvelopePtr& mail);                        // 2103, 2208, 2305
  void settle_again(const EnvelopePtr& mail, Sequence first);  // the business key is known
  void query(const EnvelopePtr& mail);                         // 2602
  void settlement(const EnvelopePtr& mail);                    // 5203
  void visit(const EnvelopePtr& mail);                         // 2201 … 2205
  void reload(HouseholdId household);                          // after a failure
  // Librarian's thread. An id no household ever had.
  HouseholdId fresh_household();

  // While a household that readers know is decided without an actor. Librarian's thread.
  class DecidingAsleep {
   public:
    explicit DecidingAsleep(Lookups& lookups) : lookups_(lookups) {
      lookups_.decided_asleep_ = std::numeric_limits<std::uint64_t>::max();
    }
    ~DecidingAsleep() { lookups_.decided_asleep_ = lookups_.unindexed_.newest().number(); }
    DecidingAsleep(const DecidingAsleep&) = delete;
    DecidingAsleep& operator=(const DecidingAsleep&) = delete;

   private:
    Lookups& lookups_;
  };
  // Any thread. What was answered of sleeping households so far is known to the projection: who
  // reads the copy cannot be told less than somebody else was told before.
  [[nodiscard]] bool sleepers_projected() const {
    return decided_asleep_ <= journal_.indexed().number();
  }
  // Librarian's thread. A household that was decided without an actor; found from now on.
  void remember(const HouseholdImage& image) { unindexed_.remember(image); }
  // Librarian's thread. The same one has persons who are connected no more.
  void loosened(HouseholdId household) {
    if (load(household)) loosened_(household);
  }

  // Where a person lives, and that household when it is not in memory.
  struct Home {
    Result<std::optional<HouseholdId>, StoreError> household = std::optional<HouseholdId>{};
    std::optional<Result<HouseholdImage, StoreError>> image{};
    [[nodiscard]] bool would_wait() const;
  };
  // Librarian's thread. Without waiting for the disk; says when that would be needed.
  Home at_hand(const PersonId& person);
  // Librarian's thread. Reads whatever has to be read.
  Home home_of(const PersonId& person);
  // Any thread. A reader waits for the disk; then it calls `then`, and what it read is at hand.
  void fetch(const PersonId& person, WorkerThread::Job then);
  // Librarian's thread. The household as its last record leaves it, when everybody in it sleeps;
  // nothing when somebody is awake or asked for, he is unknown, or it cannot be read.
  std::optional<HouseholdImage> asleep(const PersonId& person, Home home);
  [[nodiscard]] bool all_asleep(const HouseholdImage& image);

  // Librarian's thread. As its last record leaves it, also one the index does not know yet.
  Result<HouseholdImage, StoreError> image_of(HouseholdId household);
  // Librarian's thread. Makes sure the household is in memory or on its way back after a failure;
  // false when it cannot be read.
  bool load(HouseholdId household);
  // Where a person lives, in memory or in the store. Librarian's thread.
  Result<std::optional<HouseholdId>, StoreError> household_of(const PersonId& person);
  // Blocks until the index knows everything that was answered so far.
  void catch_up() const { journal_.wait_until_indexed(journal_.durable()); }
  // The same with what was decided so far: after something threw that may have recorded it. Not
  // within a turn.
  void wait_for_journal() const { journal_.wait_until_indexed(journal_.assigned()); }

 private:
  void wake(const PersonId& person, Home home);
  void answer_strangers(const PersonId& person);
  bool fill(HouseholdId household, const Result<HouseholdImage, StoreError>& image);
  Result<std::optional<Sequence>, StoreError> find_key(const KeyHash& key) const;
  void search_alias_on_disk(const EnvelopePtr& mail, KeyHash alias);
  void answer_alias(const EnvelopePtr& mail,
                    const Result<std::optional<PersonId>, StoreError>& enrolled);
  void do_replay(const EnvelopePtr& mail, Sequence first);
  bool prepare_cancel(const EnvelopePtr& mail);
  bool prepare_original(const EnvelopePtr& mail, Sequence original);
  bool ordered_here(const EnvelopePtr& mail, const JournalRecord& record);
  struct Resumption;
  void ask_elsewhere(const EnvelopePtr& mail, const RecordPtr& record);
  void ask_keeper(const std::shared_ptr<Resumption>& resumption, const RecordPtr& record,
                  unsigned asked);
  void do_undo(const EnvelopePtr& mail);
  void undo_record(const EnvelopePtr& mail, const RecordPtr& record);
  void undo_settlement(const EnvelopePtr& mail, const RecordPtr& settlement);
  void undo_cancel(const EnvelopePtr& mail, const RecordPtr& cancel);
  std::optional<bool> settled_anew(const EnvelopePtr& mail, const JournalRecord& settlement);
  void do_query(const EnvelopePtr& mail);
  void do_settlement(const EnvelopePtr& mail);
  void do_visit(const EnvelopePtr& mail);
  void record_visit(const EnvelopePtr& mail);
  void repeat_visit(const EnvelopePtr& mail, const RecordPtr& first);
  [[nodiscard]] bool is_new(const KeyHash& key) const;
  void tombstone(const EnvelopePtr& mail, bool bars_original);
  RecordPtr read_key(const EnvelopePtr& mail, const KeyHash& key);
  RecordPtr read(const EnvelopePtr& mail, Sequence sequence);
  RecordPtr followed(const EnvelopePtr& mail, const RecordPtr& record);
  bool claims_also(const EnvelopePtr& mail, std::vector<KeyHash> keys);
  RecordPtr read_if_there(const EnvelopePtr& mail, Sequence sequence);
  RecordPtr settlement_behind(const EnvelopePtr& mail, const JournalRecord& record);
  std::optional<bool> undone(const EnvelopePtr& mail, const KeyHash& message);
  void fail(const EnvelopePtr& mail, const StoreError& error);

  JournalStore& store_;
  JournalIndex& index_;
  JournalWriter& journal_;
  ClaimTable& claims_;
  Roster& roster_;
  const std::shared_ptr<WorkerThread> librarian_;
  Readers& readers_;
  ToPerson to_person_;
  ClaimAgain claim_again_;
  Loosened loosened_;
  HouseholdId next_household_;
  Unindexed unindexed_;
  std::atomic<std::uint64_t> decided_asleep_{0};  // the last record of one; all ones: under way
};

}  // namespace gongji::actors
