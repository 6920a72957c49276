// Who is at work: which person belongs to which household, and the actor of each household that is
// in memory. One mutex, short sections; every message passes once. Mail for a person who is not in
// memory waits here, in order, until he is found and his household is loaded.
//
// A household with nothing in flight has everything it wrote in the store, so it may leave memory
// at any moment: the least recently used go first once there are more than `active_max`.
#pragma once

#include <caf/actor.hpp>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "actors/envelope.hpp"
#include "actors/options.hpp"
#include "ports/metrics.hpp"

namespace gongji::actors {

class Roster {
 public:
  using Spawn = std::function<caf::actor(HouseholdImage image)>;
  Roster(const ActorOptions& options, Metrics& metrics, Spawn spawn);

  // ---- mail ----
  // Nobody asks for him, and his household is not in memory: all it wrote is durable and indexed,
  // unless it was decided asleep (Lookups::sleepers_projected()).
  [[nodiscard]] bool asleep(const PersonId& person);
  enum class Posted { kTaken, kSearchNeeded, kFull };
  // Delivers, or keeps until the person is found; kSearchNeeded once per search: the caller must
  // see to it that found() or resolve_unknown() is called.
  Posted post(const PersonId& person, const EnvelopePtr& mail, Turn turn = Turn::kReady);
  // A message that was posted as kLooking has what it needs (kReady) or was answered (kGone).
  void resume(const PersonId& person, const EnvelopePtr& mail, Turn turn);
  // Internal mail to a household, past any block. False when it is not in memory.
  bool post_internal(HouseholdId household, EnvelopePtr mail);

  // ---- finding persons and loading households (the librarian's thread) ----
  // The person's household is known; true when it must be loaded now.
  bool found(const PersonId& person, HouseholdId household);
  // Nobody knows him. Mail before an enrolment is returned for refusal; the enrolment and what
  // follows goes to a new household `fresh`, made only then.
  std::vector<EnvelopePtr> resolve_unknown(const PersonId& person,
                                           const std::function<HouseholdId()>& fresh);
  // True when the household must be loaded now; an entry is made for it. False when it is in
  // memory, or comes back by itself after a failure.
  bool enter(HouseholdId household);
  // Keeps a household that is in memory there, as a message in flight does; empty for others.
  [[nodiscard]] InflightToken keep_awake(HouseholdId household);
  void loaded(HouseholdImage image);
  // Loading failed: everything that waits for it.
  std::vector<EnvelopePtr> give_up(HouseholdId household);
  std::vector<EnvelopePtr> give_up(const PersonId& person);

  // ---- failures ----
  void failed(HouseholdId household);
  void take_back(HouseholdId household, EnvelopePtr mail);
  // True when everything it submitted is durable and indexed: it may be loaded again.
  [[nodiscard]] bool settled(HouseholdId household);

  // ---- moving (the mover only) ----
  [[nodiscard]] std::optional<HouseholdId> household_of(const PersonId& person);
  [[nodiscard]] bool active(HouseholdId household);
  void pin(HouseholdId household, bool pinned);     // stays in memory while pinned
  void block(HouseholdId household, bool blocked);  // mail waits
  void merge(HouseholdId from, HouseholdId into);   // persons and waiting mail of `from`
  void open(HouseholdId fresh);                     // an empty household, blocked and pinned
  // These persons and their waiting mail go from one household to another.
  void split(HouseholdId from, HouseholdId into, const std::vector<PersonId>& persons);
  // The move broke off: nobody knows where these are until a restart. Their mail.
  std::vector<EnvelopePtr> lose(HouseholdId from, const std::vector<PersonId>& persons);

  [[nodiscard]] std::size_t size();
  void clear();  // all actors leave, with snapshots; what waits is dropped

 private:
  struct Entry {
    HouseholdId id;
    caf::actor actor;
    bool loading = true;
    bool blocked = false;
    bool pinned = false;
    InflightCount inflight;
    std::vector<PersonId> persons;
    std::vector<EnvelopePtr> returned;  // given back by a failed actor; before `waiting`
    std::list<EnvelopePtr> waiting;
    std::list<HouseholdId>::iterator age;
  };
  Entry* find(HouseholdId household);
  Entry& create(HouseholdId household);
  void deliver(Entry& entry, EnvelopePtr mail);
  void flush(Entry& entry);
  void name(Entry& entry, const PersonId& person);
  std::vector<EnvelopePtr> take_out(Entry& entry, const std::vector<PersonId>& persons);
  void touch(Entry& entry);
  void erase(Entry& entry, bool keep_snapshot);
  void passivate_some();

  const ActorOptions options_;
  Metrics& metrics_;
  Spawn spawn_;
  std::mutex mutex_;
  std::unordered_map<PersonId, Entry*> persons_;
  std::unordered_map<HouseholdId, Entry> entries_;
  std::unordered_map<PersonId, std::vector<EnvelopePtr>> searching_;
  std::list<HouseholdId> ages_;  // most recently used first
};

}  // namespace gongji::actors
