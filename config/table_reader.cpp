#include "config/table_reader.hpp"

#include <algorithm>

#include "config/nearest.hpp"

namespace gongji::config {
namespace {

const toml::table kEmptyTable;

// Digits, then optionally a point and one or two digits.
std::optional<Fen> parse_yuan(std::string_view text) {
  constexpr std::size_t kIntegerDigitsMax = 12;
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  std::string cents{point < text.size() ? text.substr(point + 1) : "00"};
  if (whole.empty() || whole.size() > kIntegerDigitsMax) return std::nullopt;
  if (cents.empty() || cents.size() > 2) return std::nullopt;
  if (cents.size() == 1) cents += '0';
  std::int64_t fen = 0;
  for (const char digit : std::string{whole} + cents) {
    if (digit < '0' || digit > '9') return std::nullopt;
    fen = fen * 10 + (digit - '0');
  }
  return Fen{fen};
}

std::optional<int> parse_year(std::string_view text) {
  if (text.size() != 4 || text.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  return std::stoi(std::string{text});
}

}  // namespace

TableReader::TableReader(const TomlDocument& document, Findings& findings)
    : document_(document), findings_(findings), table_(document.root) {}

TableReader::TableReader(const TableReader& parent, const toml::table& table, std::string path)
    : document_(parent.document_),
      findings_(parent.findings_),
      table_(table),
      path_(std::move(path)) {}

TableReader::~TableReader() {
  for (auto&& [key, node] : table_) {
    const bool asked = std::find(known_.begin(), known_.end(), key.str()) != known_.end();
    if (!asked)
      findings_.unknown({document_.path, key.source().begin.line, full(key.str()),
                         unknown_key_text(key.str(), known_)});
  }
}

std::string TableReader::text(std::string_view key) {
  const toml::node* node = require(key);
  if (node == nullptr) return "";
  if (node->value_exact<std::string_view>() == std::string_view{})
    report(key, *node, "must not be empty");
  return text_or(key, "");
}

std::string TableReader::text_or(std::string_view key, std::string fallback) {
  const toml::node* node = take(key);
  if (node == nullptr) return fallback;
  if (auto text = node->value_exact<std::string>()) return *text;
  report(key, *node, "must be text in quotes");
  return fallback;
}

std::vector<std::string> TableReader::texts_or_none(std::string_view key) {
  std::vector<std::string> texts;
  const toml::node* node = take(key);
  if (node == nullptr) return texts;
  for_each_item(key, *node, [&](const toml::node& item) {
    if (auto text = item.value_exact<std::string>())
      texts.push_back(*text);
    else
      report(key, item, "must be a list of texts in quotes");
  });
  return texts;
}

bool TableReader::flag_or(std::string_view key, bool fallback) {
  const toml::node* node = take(key);
  if (node == nullptr) return fallback;
  if (const auto flag = node->value_exact<bool>()) return *flag;
  report(key, *node, "must be true or false");
  return fallback;
}

std::optional<bool> TableReader::flag_or_unset(std::string_view key) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  if (const auto flag = node->value_exact<bool>()) return flag;
  if (node->value_exact<std::string_view>() != "unset")
    report(key, *node, "must be true, false or \"unset\"");
  return std::nullopt;
}

std::optional<std::int64_t> TableReader::number_or_none(std::string_view key, std::int64_t min,
                                                        std::int64_t max) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  const auto number = node->value_exact<std::int64_t>();
  if (number && *number >= min && *number <= max) return number;
  report(key, *node,
         "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
  return std::nullopt;
}

Fen TableReader::money(std::string_view key) {
  return require(key) == nullptr ? Fen{} : money_or(key, Fen{});
}

Fen TableReader::money_or(std::string_view key, Fen fallback) {
  const toml::node* node = take(key);
  return node == nullptr ? fallback : money_of(key, *node);
}

Fen TableReader::money_of(std::string_view key, const toml::node& node) {
  std::string text = node.value_exact<std::string>().value_or("");
  if (node.is_number()) text = document_.slice(node.source());
  const auto amount = parse_yuan(text);
  if (!amount) report(key, node, "must be an amount in yuan such as \"400.00\"");
  return amount.value_or(Fen{});
}

std::optional<CivilDate> TableReader::date(std::string_view key) {
  return require(key) == nullptr ? std::nullopt : date_or_none(key);
}

std::optional<CivilDate> TableReader::date_or_none(std::string_view key) {
  const toml::node* node = take(key);
  if (node == nullptr) return std::nullopt;
  return date_of(key, *node);
}

CivilDate TableReader::date_of(std::string_view key, const toml::node& node) {
  std::string text = node.value_exact<std::string>().value_or("");
  if (node.is_date()) text = document_.slice(node.source());
  const auto day = parse_date(text);
  if (!day) report(key, node, "must be a date such as 2026-01-01");
  return day.value_or(CivilDate{});
}

std::vector<YearPrice> TableReader::yearly_or_none(std::string_view key) {
  std::vector<YearPrice> prices;
  const toml::node* node = take(key);
  if (node == nullptr) return prices;
  if (!node->is_table()) {
    report(key, *node, "must be a table of years such as { 2026 = \"400.00\" }");
    return prices;
  }
  for (auto&& [year_text, amount] : *node->as_table()) {
    const std::string name = std::string{key} + "." + std::string{year_text.str()};
    const auto year = parse_year(year_text.str());
    if (!year) report(name, amount, "must be named by a year of four digits");
    prices.push_back({year.value_or(0), money_of(name, amount)});
  }
  return prices;
}

std::vector<std::pair<std::string, Fen>> TableReader::amounts_or_none(std::string_view key) {
  std::vector<std::pair<std::string, Fen>> amounts;
  const toml::node* node = take(key);
  if (node == nullptr) return amounts;
  if (!node->is_table()) {
    report(key, *node, "must be a table of amounts such as { COMMERCIAL = \"4000.00\" }");
    return amounts;
  }
  for (auto&& [name, amount] : *node->as_table()) {
    const std::string place = std::string{key} + "." + std::string{name.str()};
    amounts.emplace_back(name.str(), money_of(place, amount));
  }
  return amounts;
}

void TableReader::only_text(std::string_view key, std::string_view text) {
  const toml::node* node = take(key);
  if (node != nullptr && node->value_exact<std::string_view>() != text)
    report(key, *node, "only \"" + std::string{text} + "\" is known");
}

void TableReader::only_flag(std::string_view key, bool flag) {
  const toml::node* node = take(key);
  if (node != nullptr && node->value_exact<bool>() != flag)
    report(key, *node, std::string{"only "} + (flag ? "true" : "false") + " is known");
}

void TableReader::only_texts(std::string_view key, std::initializer_list<std::string_view> texts) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  const std::vector<std::string> written = texts_or_none(key);
  if (std::equal(written.begin(), written.end(), texts.begin(), texts.end())) return;
  std::string list;
  for (const std::string_view text : texts)
    list += (list.empty() ? "\"" : ", \"") + std::string{text} + "\"";
  report(key, *node, "only [" + list + "] is known");
}

void TableReader::none_yet(std::string_view key) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  if (node->is_table() && node->as_table()->empty()) return;
  report(key, *node, "no rule of the engine reads this yet; leave it out");
}

TableReader TableReader::table(std::string_view key) {
  static_cast<void>(require(key));
  return table_or_empty(key);
}

TableReader TableReader::table_or_empty(std::string_view key) {
  const toml::node* node = take(key);
  const toml::table* table = node == nullptr ? nullptr : node->as_table();
  if (node != nullptr && table == nullptr) report(key, *node, "must be a table");
  return {*this, table == nullptr ? kEmptyTable : *table, full(key)};
}

void TableReader::each_table(std::string_view key, const std::function<void(TableReader&)>& read) {
  const toml::node* node = take(key);
  if (node == nullptr) return;
  for_each_item(key, *node, [&](const toml::node& item) {
    if (!item.is_table()) return report(key, item, "must be a list of tables");
    TableReader reader{*this, *item.as_table(), full(key)};
    read(reader);
  });
}

void TableReader::wrong(std::string_view key, std::string message) {
  const toml::node* node = key.empty() ? nullptr : table_.get(key);
  const unsigned line = (node == nullptr ? table_.source() : node->source()).begin.line;
  findings_.wrong({document_.path, line, key.empty() ? path_ : full(key), std::move(message)});
}

const toml::node* TableReader::take(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  return table_.get(key);
}

const toml::node* TableReader::require(std::string_view key) {
  const toml::node* node = take(key);
  if (node == nullptr)
    findings_.missing({document_.path, table_.source().begin.line, full(key),
                       "missing, and there is no default"});
  return node;
}

void TableReader::report(std::string_view key, const toml::node& at, std::string message) {
  findings_.wrong({document_.path, at.source().begin.line, full(key), std::move(message)});
}

void TableReader::for_each_item(std::string_view key, const toml::node& node,
                                const std::function<void(const toml::node&)>& visit) {
  if (!node.is_array()) return report(key, node, "must be a list in [brackets]");
  for (const toml::node& item : *node.as_array()) visit(item);
}

std::string TableReader::full(std::string_view key) const {
  return path_.empty() ? std::string{key} : path_ + "." + std::string{key};
}

}  // namespace gongji::config
