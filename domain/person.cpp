#include "domain/person.hpp"

#include <algorithm>

namespace gongji {
namespace {

Fen sum_of(const std::vector<YearMoney>& parts) {
  Fen sum;
  for (const YearMoney& part : parts) sum += part.amount;
  return sum;
}

}  // namespace

std::vector<YearMoney> Person::current_year_for(Fen amount) const {
  std::vector<YearMoney> taken;
  const auto take = [&](int year, Fen available) {
    const Fen part = min(amount, available);
    if (!part.is_positive()) return;
    taken.push_back({year, part});
    amount -= part;
  };
  take(rolled_year + 1, current_year - sum_of(year_money));
  for (const YearMoney& part : year_money) take(part.year, part.amount);
  return taken;
}

Fen Person::current_year_of(int year) const {
  Fen held = year == rolled_year + 1 ? current_year - sum_of(year_money) : Fen{};
  for (const YearMoney& part : year_money)
    if (part.year == year) held += part.amount;
  return held;
}

Fen Person::rolls_in(int year) const {
  Fen later;
  for (const YearMoney& part : year_money)
    if (part.year > year) later += part.amount;
  return current_year - later;
}

void Person::add_current_year(YearMoney money) {
  current_year += money.amount;
  if (money.year <= rolled_year + 1) return;  // goes with the next roll, as undated money does
  const auto later = std::find_if(year_money.begin(), year_money.end(),
                                  [&](const YearMoney& part) { return part.year >= money.year; });
  if (later != year_money.end() && later->year == money.year)
    later->amount += money.amount;
  else if (money.amount.is_positive())
    year_money.insert(later, money);
}

void Person::take_current_year(YearMoney money) {
  if (money.year == 0) {
    for (const YearMoney& part : current_year_for(money.amount)) take_current_year(part);
    return;
  }
  current_year -= money.amount;
  for (YearMoney& part : year_money)
    if (part.year == money.year) part.amount -= min(part.amount, money.amount);
  std::erase_if(year_money, [](const YearMoney& part) { return part.amount.is_zero(); });
}

void Person::roll(int year) {
  const Fen moved = rolls_in(year);
  current_year -= moved;
  carryover += moved;
  std::erase_if(year_money, [&](const YearMoney& part) { return part.year <= year; });
  rolled_year = std::max(rolled_year, year);
}

}  // namespace gongji
