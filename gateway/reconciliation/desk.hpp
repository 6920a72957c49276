// The reconciliation desk: totals, uploads, comparisons and downloads, on threads of its own, so
// that neither a loop nor a settlement ever waits for them. Two threads: one for what takes
// milliseconds, one for comparisons, which take seconds.
//
// Memory, at the defaults: an upload is held once more while it is stored (4 waiting at most, 64
// MiB each at the longest body); totals and a comparison take some 130 bytes a settlement of the
// days they span (5 million lines at most), a comparison its file and its result besides.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>

#include "gateway/reconciliation/compare_file.hpp"
#include "gateway/reconciliation/desk_figures.hpp"
#include "gateway/reconciliation/orders.hpp"
#include "gateway/side_thread.hpp"
#include "ports/clock.hpp"
#include "ports/day_book.hpp"
#include "ports/file_shelf.hpp"

namespace gongji::gateway::reconciliation {

struct DeskOptions {
  std::size_t quick_waiting_max = 256;
  unsigned uploads_waiting_max = 4;
  std::size_t comparisons_waiting_max = 4;  // so that the last still answers within a minute
  std::uint64_t lines_max = 5'000'000;      // of the ledger, in one totals or comparison
  CompareLimits compare{};
};

// What the desk looks at; all outlive it.
struct DeskPorts {
  const DayBook& days;
  FileShelf& files;
  const Clock& clock;
};

class Desk {
 public:
  // Called once, on a desk thread, or at once on the caller's when the desk has no room (E_BUSY);
  // dropped uncalled when the desk stops.
  template <class T>
  using Then = std::function<void(Result<T, Refusal>)>;

  explicit Desk(DeskPorts ports, DeskOptions options = {});
  ~Desk() { stop(); }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  // All: any thread, never blocks. What the ledger says, whatever the institution stated.
  void totals(LedgerQuery query, Then<Totals> then);
  void upload(UploadOrder order, Then<ShelvedFile> then);
  // The result file.
  void compare(CompareOrder order, Then<ShelvedFile> then);
  void download(DownloadOrder order, Then<FileContents> then);

  // Any thread.
  [[nodiscard]] DeskFigures figures() const;

  // Ends what runs and drops what waits. Within a second, whatever is being compared.
  void stop();

 private:
  Result<LedgerLines, Refusal> read_ledger(const LedgerQuery& query) const;
  Result<ShelvedFile, Refusal> shelve(const InstitutionCode& owner, std::string_view name,
                                      std::string_view bytes) const;
  std::optional<Result<ComparedFile, Refusal>> compare_with(const LedgerQuery& query,
                                                            std::string_view file,
                                                            bool six_digits) const;
  std::optional<Result<ShelvedFile, Refusal>> do_compare(const CompareOrder& order);
  void count_comparison(const DifferenceCounts& found, std::chrono::duration<double> took);
  Result<FileContents, Refusal> find_file(const InstitutionCode& owner,
                                          std::string_view number) const;

  const DeskPorts ports_;
  const DeskOptions options_;
  std::atomic<bool> stopping_{false};
  std::atomic<unsigned> uploads_waiting_{0};
  mutable std::mutex figures_mutex_;
  DeskFigures figures_;  // guarded by figures_mutex_
  SideThread quick_;
  SideThread comparisons_;
};

}  // namespace gongji::gateway::reconciliation
