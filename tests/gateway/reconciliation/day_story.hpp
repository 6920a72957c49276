// A pharmacy's days as a test tells them: settlements, cancels, reversals, and the ledger that
// comes of it. Records are made as well, so that what differs can be named.
#pragma once

#include <map>
#include <string>

#include "gateway/reconciliation/ledger_lines.hpp"
#include "gateway/reconciliation/totals.hpp"

namespace gongji::gateway::testing {

inline const InstitutionCode kShopCode{"P44010600123"};

struct Sale {
  Fen total = Fen{8'650};
  Fen pooled{};
  Fen own = Fen{2'000};
  Fen family = Fen{4'650};
  std::string infno = "2102";
  std::string psn_no = "44010000000000000000000088";
  std::string mdtrt_id{};  // "" = ours
  Scheme scheme = Scheme::kEmployee;
  std::string area = "440100";
  std::string profile = "SH-2025";
  InstitutionCode institution = kShopCode;
};

class DayStory {
 public:
  // Days count from 2026-11-22.
  static CivilDate date(int day) {
    return CivilDate{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} +
                     std::chrono::days{day}};
  }

  Sequence settle(int day, const Sale& sale = {});
  Sequence cancel(int day, Sequence settlement);
  Sequence undo(int day, Sequence settlement);
  Sequence reapply(int day, Sequence settlement, Sequence cancel);
  // Cancels and settles the smaller bill in one record.
  Sequence refund_partly(int day, Sequence settlement, const Sale& smaller);
  // Records of others in between.
  void skip(std::uint64_t records) { next_ += records; }

  [[nodiscard]] InstitutionDay day(int day) const;
  [[nodiscard]] reconciliation::LedgerLines ledger(int from, int to, bool two_lines = false) const;
  [[nodiscard]] reconciliation::FindRecord find() const;
  [[nodiscard]] int records_read() const { return records_read_; }

  [[nodiscard]] std::string setl_id(Sequence record) const;
  [[nodiscard]] std::string mdtrt_id(Sequence settlement) const;
  // As the institution would write it: TAB-separated, with our figures.
  [[nodiscard]] std::string detail_line(Sequence settlement, const std::string& flag = "0") const;
  static std::string msgid(Sequence record) { return "MSG" + std::to_string(record.number()); }

 private:
  struct Told {
    int day;
    RecordPtr record;
  };
  Sequence add(int day, Command command, Events events, const Sale& sale);

  std::uint64_t next_ = 41;
  std::map<Sequence, Told> told_;
  mutable int records_read_ = 0;
};

// "count total/pooled/account"
std::string to_text(const reconciliation::Totals& totals);

}  // namespace gongji::gateway::testing
