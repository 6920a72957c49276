// Writes random histories: a cast of several neighbourhoods in two provinces and one operation
// after the other, chosen with an eye on the ledger so that most of them mean something (a
// settlement to cancel exists, an amount is about what is there). The same seed writes the same
// history.
#pragma once

#include <cstdint>
#include <random>

#include "tests/domain/rules/model/ledger_model.hpp"

namespace gongji::model {

class Author {
 public:
  explicit Author(std::uint64_t seed);

  [[nodiscard]] const Cast& cast() const { return cast_; }
  [[nodiscard]] const std::vector<int>& neighbours(int who) const;
  Operation next(const LedgerModel& ledger);

 private:
  int below(int limit);  // 0 … limit-1
  bool one_in(int n) { return below(n) == 0; }
  template <class T>
  const T& any_of(const std::vector<T>& values) {
    return values[static_cast<std::size_t>(below(static_cast<int>(values.size())))];
  }
  int anybody();
  int employee();
  int neighbour(int who);
  int organiser_of_somebody(const LedgerModel& ledger);
  int recent(std::size_t count);
  Amount amount(const LedgerModel& ledger, int about);

  void cast_neighbourhood(const std::string& province, int size);
  Kind kind();
  void write(Operation& op, const LedgerModel& ledger);
  void write_bill(Operation& op, const LedgerModel& ledger);
  void write_reversal(Operation& op, const LedgerModel& ledger);
  void write_tie(Operation& op, const LedgerModel& ledger, int organiser);
  void write_network(Operation& op, const LedgerModel& ledger);
  void write_link(Operation& op, const LedgerModel& ledger);
  void write_report(Operation& op, const LedgerModel& ledger);
  void write_main_account(Operation& op, const LedgerModel& ledger);
  void write_money(Operation& op, const LedgerModel& ledger);
  void write_order(Operation& op, const LedgerModel& ledger);
  std::vector<std::string> modes();

  std::mt19937_64 chance_;
  Cast cast_;
  std::vector<std::vector<int>> neighbourhoods_;
  int day_ = 0;
};

}  // namespace gongji::model
