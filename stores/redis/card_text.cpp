#include "stores/redis/card_text.hpp"

#include <array>
#include <charconv>

namespace gongji::stores {
namespace {

constexpr std::array kAccountStates{"usable", "frozen", "closed"};  // in the order of AccountState

constexpr std::array kCardLines{&PersonCard::psn_name,   &PersonCard::psn_cert_type,
                                &PersonCard::certno,     &PersonCard::card_no,
                                &PersonCard::psn_type,   &PersonCard::gender,
                                &PersonCard::birth_date, &PersonCard::area};
constexpr std::size_t kUsualBytes = 160;

// A value is one line: its own line ends and backslashes are written as \n and \\.
void put(std::string& text, std::string_view value) {
  for (std::size_t special; (special = value.find_first_of("\n\\")) != std::string_view::npos;) {
    text += value.substr(0, special);
    text += value[special] == '\n' ? "\\n" : "\\\\";
    value.remove_prefix(special + 1);
  }
  text += value;
  text += '\n';
}

std::string unescaped(std::string_view line) {
  std::string value;
  value.reserve(line.size());
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool escaped = line[i] == '\\' && i + 1 < line.size();
    if (escaped) ++i;
    value += escaped && line[i] == 'n' ? '\n' : line[i];
  }
  return value;
}

// Takes the lines one by one, in the order in which they were written.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  void skip() { (void)line(); }
  std::string next() { return unescaped(line()); }
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  std::string_view line() {
    const std::size_t end = rest_.find('\n');
    complete_ = complete_ && end != std::string_view::npos;
    const std::string_view read = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    return read;
  }

  std::string_view rest_;
  bool complete_ = true;
};

std::optional<AccountState> account_state_in(std::string_view word) {
  for (std::size_t i = 0; i < kAccountStates.size(); ++i)
    if (word == kAccountStates[i]) return static_cast<AccountState>(i);
  return std::nullopt;
}

std::optional<InsuredStatus> status_in(std::string_view digits) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return static_cast<InsuredStatus>(number);
}

}  // namespace

std::string card_text(Epoch epoch, Sequence sequence, const HotDetails& details) {
  std::string text;
  text.reserve(kUsualBytes);
  text += std::to_string(epoch.number());
  text += ' ';
  put(text, std::to_string(sequence.number()));
  for (const auto& line : kCardLines) put(text, details.card.*line);
  put(text, to_insutype(details.card.scheme));
  put(text, std::to_string(static_cast<unsigned>(details.status)));
  put(text, kAccountStates[static_cast<std::size_t>(details.account_state)]);
  put(text, details.role);
  put(text, details.has_network ? "1" : "0");
  put(text, to_text(details.until));
  return text;
}

std::optional<HotDetails> details_in(std::string_view text) {
  Lines lines{text};
  HotDetails details;
  lines.skip();
  for (const auto& line : kCardLines) details.card.*line = lines.next();
  const auto scheme = scheme_from_insutype(lines.next());
  const auto status = status_in(lines.next());
  const auto account_state = account_state_in(lines.next());
  details.role = lines.next();
  details.has_network = lines.next() == "1";
  const auto until = parse_date(lines.next());
  if (!lines.complete() || !scheme || !status || !account_state || !until) return std::nullopt;
  details.card.scheme = *scheme;
  details.status = *status;
  details.account_state = *account_state;
  details.until = *until;
  return details;
}

}  // namespace gongji::stores
