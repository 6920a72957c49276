#include "stores/redis/card_text.hpp"

#include <array>
#include <charconv>

namespace gongji::stores {
namespace {

constexpr std::array kAccountStates{"usable", "frozen", "closed"};  // in the order of AccountState

struct TextLine {
  std::string_view name;
  std::string PersonCard::*value;
};
constexpr std::array kCardLines{
    TextLine{"psn_name", &PersonCard::psn_name},
    TextLine{"psn_cert_type", &PersonCard::psn_cert_type},
    TextLine{"certno", &PersonCard::certno},
    TextLine{"card_no", &PersonCard::card_no},
    TextLine{"psn_type", &PersonCard::psn_type},
    TextLine{"gend", &PersonCard::gender},
    TextLine{"brdy", &PersonCard::birth_date},
    TextLine{"insuplc_admdvs", &PersonCard::area},
};

// A value is one line: its own line ends and backslashes are written as \n and \\.
void put(std::string& text, std::string_view name, std::string_view value) {
  text += name;
  text += ' ';
  for (const char c : value) {
    if (c == '\n' || c == '\\') text += '\\';
    text += c == '\n' ? 'n' : c;
  }
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
  std::string next(std::string_view name) {
    const std::string_view read = line();
    const bool named =
        read.starts_with(name) && read.size() > name.size() && read[name.size()] == ' ';
    complete_ = complete_ && named;
    return named ? unescaped(read.substr(name.size() + 1)) : "";
  }
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
  std::string text =
      std::to_string(epoch.number()) + " " + std::to_string(sequence.number()) + "\n";
  text.reserve(320);
  for (const TextLine& line : kCardLines) put(text, line.name, details.card.*line.value);
  put(text, "insutype", to_insutype(details.card.scheme));
  put(text, "psn_insu_stas", std::to_string(static_cast<unsigned>(details.status)));
  put(text, "account_state", kAccountStates[static_cast<std::size_t>(details.account_state)]);
  put(text, "role", details.role);
  put(text, "network", details.has_network ? "1" : "0");
  put(text, "until", to_text(details.until));
  return text;
}

std::optional<HotDetails> details_in(std::string_view text) {
  Lines lines{text};
  HotDetails details;
  lines.skip();
  for (const TextLine& line : kCardLines) details.card.*line.value = lines.next(line.name);
  const auto scheme = scheme_from_insutype(lines.next("insutype"));
  const auto status = status_in(lines.next("psn_insu_stas"));
  const auto account_state = account_state_in(lines.next("account_state"));
  details.role = lines.next("role");
  details.has_network = lines.next("network") == "1";
  const auto until = parse_date(lines.next("until"));
  if (!lines.complete() || !scheme || !status || !account_state || !until) return std::nullopt;
  details.card.scheme = *scheme;
  details.status = *status;
  details.account_state = *account_state;
  details.until = *until;
  return details;
}

}  // namespace gongji::stores
