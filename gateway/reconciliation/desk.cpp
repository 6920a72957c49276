#include "gateway/reconciliation/desk.hpp"

#include <algorithm>
#include <chrono>

#include "gateway/reconciliation/zip_archive.hpp"
#include "gateway/wire/settlement_figures.hpp"

namespace gongji::gateway::reconciliation {
namespace {

Refusal busy() { return {Reason::kBusy, "", {}, {}}; }

Refusal busy(std::string_view why) { return {Reason::kBusy, std::string{why}, {}, {}}; }

LedgerReading reading_of(const LedgerQuery& query) {
  return {query.cancel_as_two_lines, [policy = query.policy](const std::string& profile) {
            return wire::acct_pay_includes_mulaid(policy->profiles, {profile, ""});
          }};
}

// Around midnight the journal's order is not that of the days. A refund stays before the settlement
// of its record.
void sort_by_record(LedgerLines& ledger) {
  std::stable_sort(
      ledger.lines.begin(), ledger.lines.end(),
      [](const LedgerLine& left, const LedgerLine& right) { return left.record < right.record; });
}

std::string digits_of(CivilDate date) { return to_compact_text(start_of(date)).substr(0, 8); }

// "3202_P44010600123_20261122.zip"
std::string result_name(const LedgerQuery& query) {
  std::string name = "3202_" + query.institution.text() + "_" + digits_of(query.days.from);
  if (query.days.to != query.days.from) name += "_" + digits_of(query.days.to);
  return name + ".zip";
}

// What was promised about one upload; given back when it is done.
class UploadPlace {
 public:
  explicit UploadPlace(std::atomic<unsigned>& waiting) : waiting_(waiting), place_(++waiting) {}
  UploadPlace(const UploadPlace&) = delete;
  UploadPlace& operator=(const UploadPlace&) = delete;
  ~UploadPlace() { --waiting_; }
  [[nodiscard]] unsigned place() const { return place_; }

 private:
  std::atomic<unsigned>& waiting_;
  const unsigned place_;
};

}  // namespace

Desk::Desk(DeskPorts ports, DeskOptions options)
    : ports_(ports),
      options_(options),
      quick_(options.quick_waiting_max),
      comparisons_(options.comparisons_waiting_max) {
  ports_.files.remove_expired(ports_.clock.now());
}

void Desk::stop() {
  stopping_ = true;
  quick_.stop();
  comparisons_.stop();
}

void Desk::totals(LedgerQuery query, Then<Totals> then) {
  const bool taken = quick_.post([this, query = std::move(query), then] {
    const auto ledger = read_ledger(query);
    if (!ledger) return then(ledger.error());
    {
      const std::lock_guard lock{figures_mutex_};
      ++figures_.totals;
    }
    then(totals_of(*ledger, query.selection));
  });
  if (!taken) then(busy());
}

void Desk::upload(UploadOrder order, Then<ShelvedFile> then) {
  const auto place = std::make_shared<UploadPlace>(uploads_waiting_);
  if (place->place() > options_.uploads_waiting_max) return then(busy());
  const auto shared = std::make_shared<UploadOrder>(std::move(order));
  const bool taken = quick_.post([this, shared, place, then] {
    then(shelve(shared->institution, shared->filename, shared->file.take()));
  });
  if (!taken) then(busy());
}

void Desk::compare(CompareOrder order, Then<ShelvedFile> then) {
  const bool taken = comparisons_.post([this, order = std::move(order), then] {
    if (auto compared = do_compare(order)) then(std::move(*compared));
  });
  if (!taken) then(busy());
}

void Desk::download(DownloadOrder order, Then<FileContents> then) {
  const bool taken = quick_.post([this, order = std::move(order), then] {
    then(find_file(order.institution, order.file_number));
  });
  if (!taken) then(busy());
}

// ---- on the desk's threads ----

Result<LedgerLines, Refusal> Desk::read_ledger(const LedgerQuery& query) const {
  const LedgerReading reading = reading_of(query);
  const FindRecord find = [this](Sequence sequence) { return ports_.days.find(sequence); };
  LedgerLines ledger;
  for (std::chrono::sys_days day{query.days.from}; day <= std::chrono::sys_days{query.days.to};
       day += std::chrono::days{1}) {
    if (stopping_) return busy();
    const auto read = ports_.days.read(query.institution, CivilDate{day});
    if (!read || !add_day(ledger, *read, reading, find)) return busy("账本暂时不能读取");
    if (ledger.lines.size() > options_.lines_max)
      return Refusal{Reason::kField,
                     "input.data.stmt_enddate 日期范围内超过" + std::to_string(options_.lines_max) +
                         "条结算，请分日对账",
                     {},
                     {}};
  }
  if (query.days.from != query.days.to) sort_by_record(ledger);
  return ledger;
}

Result<ShelvedFile, Refusal> Desk::shelve(const InstitutionCode& owner, std::string_view name,
                                          std::string_view bytes) const {
  const Instant now = ports_.clock.now();
  ports_.files.remove_expired(now);
  auto file = ports_.files.put(owner, name, bytes, now);
  if (!file) return busy("文件暂时不能保存");
  if (!*file) return busy("本机构的对账文件已占满空间，请待旧文件到期");
  return **std::move(file);
}

Result<FileContents, Refusal> Desk::find_file(const InstitutionCode& owner,
                                              std::string_view number) const {
  auto file = ports_.files.find(owner, number, ports_.clock.now());
  if (!file) return busy("文件暂时不能读取");
  if (!*file) return Refusal{Reason::kNoFile, std::string{number}, {}, {}};
  return **std::move(file);
}

std::optional<Result<ComparedFile, Refusal>> Desk::compare_with(const LedgerQuery& query,
                                                                std::string_view file,
                                                                bool six_digits) const {
  const auto ledger = read_ledger(query);
  if (!ledger) return Result<ComparedFile, Refusal>{ledger.error()};
  const FindRecord find = [this](Sequence sequence) { return ports_.days.find(sequence); };
  return compare_file(file, {query.institution, *ledger, query.selection, find, six_digits},
                      options_.compare, stopping_);
}

DeskFigures Desk::figures() const {
  const std::lock_guard lock{figures_mutex_};
  return figures_;
}

void Desk::count_comparison(const DifferenceCounts& found, std::chrono::duration<double> took) {
  const std::lock_guard lock{figures_mutex_};
  ++figures_.comparisons;
  figures_.comparison_seconds += took.count();
  figures_.differences += found;
}

std::optional<Result<ShelvedFile, Refusal>> Desk::do_compare(const CompareOrder& order) {
  using Answer = Result<ShelvedFile, Refusal>;
  const auto began = std::chrono::steady_clock::now();
  const LedgerQuery& query = order.query;
  const auto file = find_file(query.institution, order.file_number);
  if (!file) return Answer{file.error()};
  const auto compared = compare_with(query, file->bytes, order.six_digits);
  if (!compared) return std::nullopt;
  if (!*compared) return Answer{compared->error()};
  count_comparison((*compared)->differences, std::chrono::steady_clock::now() - began);
  const std::string packed = pack_text("result.txt", (*compared)->result, ports_.clock.now());
  if (packed.empty()) return Answer{busy()};
  return shelve(query.institution, result_name(query), packed);
}

}  // namespace gongji::gateway::reconciliation
