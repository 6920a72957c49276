// Which institutions have series of their own: the busiest of the last hours, at most
// kInstitutionsShown; the rest is "other". Who has a place keeps it until another is twice as busy,
// so the series do not flicker. What an institution did before it had a place stays in "other": no
// counter ever goes down.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "monitoring/institution_table.hpp"
#include "monitoring/thread_counts.hpp"

namespace gongji::monitoring {

struct InstitutionRow {
  std::string code;
  InstitutionCounts counts;
};

class InstitutionBoard {
 public:
  // Any thread. The register: as long as there are places its institutions have one from the start,
  // so that one which never speaks can be seen to be silent.
  void know(const std::vector<std::string>& codes);
  // Any thread. Brings the board up to date; those with a place in the order of their codes, the
  // others last.
  std::vector<InstitutionRow> rows(const std::vector<ThreadCounts*>& blocks,
                                   std::chrono::steady_clock::time_point now);

 private:
  struct Standing {
    InstitutionCounts total;   // when last looked at
    InstitutionCounts gained;  // since the look before
    InstitutionCounts shown;   // counted while it had a place
    double recent = 0;         // messages, fading
    bool placed = false;
  };
  void see(const ByInstitution<InstitutionCounts>& sums, double fade);
  void give_places();
  void share_out();
  Standing* busiest_without();
  Standing* quietest_with();

  std::mutex mutex_;
  ByInstitution<Standing> standings_;  // guarded by mutex_, and so is all below
  InstitutionCounts others_;
  std::size_t placed_ = 0;
  std::chrono::steady_clock::time_point looked_at_;
};

}  // namespace gongji::monitoring
