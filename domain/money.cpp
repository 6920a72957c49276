#include "domain/money.hpp"

namespace gongji {

std::string to_yuan_text(Fen amount) {
  const bool negative = amount.is_negative();
  const std::int64_t count = negative ? (-amount).count() : amount.count();
  const std::string cents = std::to_string(count % 100);
  std::string text = negative ? "-" : "";
  text += std::to_string(count / 100);
  text += cents.size() == 1 ? ".0" : ".";
  text += cents;
  return text;
}

}  // namespace gongji
