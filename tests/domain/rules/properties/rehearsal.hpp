// Plays a scene: reads each line of the script against the state it finds, runs the command and has
// an auditor watch.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/domain/rules/properties/scene.hpp"
#include "tests/domain/support/auditor.hpp"
#include "tests/domain/support/books.hpp"

namespace gongji::test {

class Rehearsal {
 public:
  // What a fault planted on purpose looks like: other profiles decide than the auditor knows, or
  // another function evolves.
  struct Fault {
    const ProfileBook* decides_by = nullptr;
    Books::Evolve evolve;
  };

  explicit Rehearsal(const Scene& scene) : Rehearsal(scene, Fault{}) {}
  Rehearsal(const Scene& scene, Fault fault);
  Rehearsal(const Rehearsal&) = delete;
  Rehearsal& operator=(const Rehearsal&) = delete;

  void play();
  // Reverses every settlement that stands, the latest first or, if so asked, the earliest.
  void reverse_everything(bool earliest_first);

  [[nodiscard]] const Books& books() const { return books_; }
  [[nodiscard]] const Auditor& auditor() const { return auditor_; }
  // Quotes that differed from the settlement posted right after them.
  [[nodiscard]] unsigned broken_quotes() const { return broken_quotes_; }
  // Quotes that another pooled part would have changed (SH-32).
  [[nodiscard]] unsigned pooled_mattered() const { return pooled_mattered_; }

 private:
  struct Posted {
    PersonId patient;
    Sequence settled;
    Sequence cancelled;
  };

  void enrol(const CastMember& member, std::size_t index);
  void act(const Line& line);
  void settle(const Line& line);
  void reverse(const Line& line, ReversalKind kind);
  void reapply(const Line& line);
  void form(const Line& line);
  void bind(const Line& line);
  void change(const Line& line);
  const JournalRecord& run(const Command& command) { return books_.run(command, clock_); }

  [[nodiscard]] SettleCommand bill(const Line& line) const;
  [[nodiscard]] NewMember member(const Line& line, const std::string& family) const;
  [[nodiscard]] const PersonId& person(unsigned number) const { return ids_[number % ids_.size()]; }
  // Mostly an employee: the others are refused at once.
  [[nodiscard]] const PersonId& organiser(const Line& line) const;
  [[nodiscard]] std::string family_of(const PersonId& id) const;
  Posted* posted(const Line& line);

  const Scene& scene_;
  Books books_;
  Auditor auditor_;
  Instant clock_;
  std::vector<PersonId> ids_;
  std::vector<PersonId> employees_;
  std::vector<Posted> posted_;
  unsigned broken_quotes_ = 0;
  unsigned pooled_mattered_ = 0;
};

}  // namespace gongji::test
