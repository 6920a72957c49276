#include "gateway/reconciliation/compare_file.hpp"

#include "gateway/reconciliation/text_lines.hpp"
#include "gateway/reconciliation/zip_archive.hpp"

namespace gongji::gateway::reconciliation {
namespace {

constexpr std::size_t kBadLinesNamed = 3;

Refusal wrong_file(std::string_view what) {
  return {Reason::kField, "input.data.file_qury_no " + std::string{what}, {}, {}};
}

class FileComparison {
 public:
  FileComparison(const ComparisonInput& input, const CompareLimits& limits,
                 const std::atomic<bool>& stop)
      : input_(input),
        limits_(limits),
        stop_(stop),
        comparison_(input.institution, input.ledger, input.selection, input.find,
                    [this](const ResultLine& line) { on_difference(line); }) {}

  void read(std::string_view file) {
    TextLines lines{
        [this](std::string_view text, std::uint64_t number) { return take_line(text, number); }};
    bool more = true;
    const auto unpacked = unpack_text(file, limits_.text_bytes_max, [&](std::string_view piece) {
      more = lines.take(piece);
      return more;
    });
    if (more && unpacked) (void)lines.end();
    if (!unpacked) fault_ = wrong_file(unpacked.error());
    if (bad_lines_ != 0) fault_ = wrong_file(bad_text_);
    if (!fault_ && !stop_) note(comparison_.finish(give_up_));
  }

  std::optional<Result<ComparedFile, Refusal>> end() {
    if (stop_) return std::nullopt;
    if (fault_) return Result<ComparedFile, Refusal>{*std::move(fault_)};
    return Result<ComparedFile, Refusal>{
        ComparedFile{comparison_.differences(), file_, std::move(result_)}};
  }

 private:
  bool take_line(std::string_view text, std::uint64_t number) {
    if (text.empty()) return !stop_;
    const auto line = parse_detail_line(text);
    if (!line) {
      note_bad(number, line.error());
    } else if (bad_lines_ == 0) {
      file_.add({1, line->total, line->pooled, line->account});
      note(comparison_.take(*line, number));
    }
    return !stop_ && !fault_ && bad_lines_ < kBadLinesNamed;
  }
  void note_bad(std::uint64_t number, const std::string& rule) {
    bad_text_ += (bad_lines_++ == 0 ? "第" : "；第") + std::to_string(number) + "行 " + rule;
  }
  void note(const Status<StoreError>& status) {
    if (!status && !fault_) fault_ = Refusal{Reason::kBusy, "", {}, {}};
  }
  void on_difference(const ResultLine& line) {
    if (comparison_.differences().sum() <= limits_.differences_max)
      return append_result_line(result_, line, input_.six_digits);
    give_up_ = true;
    if (!fault_)
      fault_ = wrong_file("差异超过" + std::to_string(limits_.differences_max) +
                          "条，请核对日期、清算类别与文件");
  }

  const ComparisonInput& input_;
  const CompareLimits& limits_;
  const std::atomic<bool>& stop_;
  std::atomic<bool> give_up_{false};
  Comparison comparison_;
  Totals file_;
  std::string result_;
  std::size_t bad_lines_ = 0;
  std::string bad_text_;
  std::optional<Refusal> fault_;
};

}  // namespace

std::optional<Result<ComparedFile, Refusal>> compare_file(std::string_view file,
                                                          const ComparisonInput& input,
                                                          const CompareLimits& limits,
                                                          const std::atomic<bool>& stop) {
  FileComparison comparison{input, limits, stop};
  comparison.read(file);
  return comparison.end();
}

}  // namespace gongji::gateway::reconciliation
