// Reads one TOML table key by key and notices everything that is wrong with it: a missing key, a
// wrong type or value and, when the reader goes out of scope, every key nobody asked for. Used by
// the profile, institution and token files. Readers live on the stack, children inside parents.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/config_error.hpp"
#include "config/toml_document.hpp"
#include "domain/money.hpp"
#include "domain/profile.hpp"
#include "domain/time.hpp"

namespace gongji::config {

template <class Value>
using Names = std::vector<std::pair<std::string_view, Value>>;

// What went wrong in one file. An unknown key is told before anything else: what follows from a
// misspelling (a key that is missing, a default that does not fit) is not the cause.
class Findings {
 public:
  void unknown(ConfigError error) { keep(unknown_, std::move(error)); }
  void wrong(ConfigError error) { keep(wrong_, std::move(error)); }
  void missing(ConfigError error) { keep(missing_, std::move(error)); }
  [[nodiscard]] const std::optional<ConfigError>& first() const {
    if (unknown_) return unknown_;
    return wrong_ ? wrong_ : missing_;
  }

 private:
  static void keep(std::optional<ConfigError>& place, ConfigError error) {
    if (!place) place = std::move(error);
  }
  std::optional<ConfigError> unknown_;
  std::optional<ConfigError> wrong_;
  std::optional<ConfigError> missing_;
};

class TableReader {
 public:
  // The whole document.
  TableReader(const TomlDocument& document, Findings& findings);
  TableReader(const TableReader&) = delete;
  TableReader& operator=(const TableReader&) = delete;
  ~TableReader();  // reports keys that were not read

  // Absent key without a fallback: a finding, and a neutral value comes back. Required text must
  // not be empty.
  std::string text(std::string_view key);
  std::string text_or(std::string_view key, std::string fallback);
  std::vector<std::string> texts_or_none(std::string_view key);
  bool flag_or(std::string_view key, bool fallback);
  // true, false, or "unset" (also when absent).
  std::optional<bool> flag_or_unset(std::string_view key);
  std::optional<std::int64_t> number_or_none(std::string_view key, std::int64_t min,
                                             std::int64_t max);
  // Yuan, "400.00" or 400.00 or 400, at most two decimals, never negative.
  Fen money(std::string_view key);
  Fen money_or(std::string_view key, Fen fallback);
  // 2026-01-01, bare or quoted.
  std::optional<CivilDate> date(std::string_view key);
  std::optional<CivilDate> date_or_none(std::string_view key);
  // { 2026 = "400.00" }
  std::vector<YearPrice> yearly_or_none(std::string_view key);
  // { COMMERCIAL = "4000.00" }, in the order of the names.
  std::vector<std::pair<std::string, Fen>> amounts_or_none(std::string_view key);

  template <class Value>
  Value choice(std::string_view key, const Names<Value>& names) {
    const toml::node* node = require(key);
    return node == nullptr ? names.front().second : chosen(key, *node, names);
  }
  template <class Value>
  Value choice_or(std::string_view key, const Names<Value>& names, Value fallback) {
    const toml::node* node = take(key);
    return node == nullptr ? fallback : chosen(key, *node, names);
  }
  template <class Value>
  std::vector<Value> choices(std::string_view key, const Names<Value>& names) {
    return (require(key) == nullptr) ? std::vector<Value>{} : choices_or(key, names, {});
  }
  template <class Value>
  std::vector<Value> choices_or(std::string_view key, const Names<Value>& names,
                                std::vector<Value> fallback) {
    const toml::node* node = take(key);
    if (node == nullptr) return fallback;
    std::vector<Value> values;
    for_each_item(key, *node,
                  [&](const toml::node& item) { values.push_back(chosen(key, item, names)); });
    return values;
  }

  // A key that has one reading today: absent, or exactly this.
  void only_text(std::string_view key, std::string_view text);
  void only_flag(std::string_view key, bool flag);
  void only_texts(std::string_view key, std::initializer_list<std::string_view> texts);
  // A key the engine has no reading for yet: absent, or an empty table.
  void none_yet(std::string_view key);
  // A key that tells people something and decides nothing: any value.
  void note(std::string_view key) { static_cast<void>(take(key)); }

  TableReader table(std::string_view key);  // missing = a finding
  TableReader table_or_empty(std::string_view key);
  // [[key]] tables in the order of the file; none when absent.
  void each_table(std::string_view key, const std::function<void(TableReader&)>& read);

  // A finding of the caller's own, at the place of that key ("" = the table itself).
  void wrong(std::string_view key, std::string message);

 private:
  TableReader(const TableReader& parent, const toml::table& table, std::string path);
  const toml::node* take(std::string_view key);     // marks the key as known
  const toml::node* require(std::string_view key);  // and reports its absence
  void report(std::string_view key, const toml::node& at, std::string message);
  Fen money_of(std::string_view key, const toml::node& node);
  CivilDate date_of(std::string_view key, const toml::node& node);
  void for_each_item(std::string_view key, const toml::node& node,
                     const std::function<void(const toml::node&)>& visit);
  [[nodiscard]] std::string full(std::string_view key) const;

  template <class Value>
  Value chosen(std::string_view key, const toml::node& node, const Names<Value>& names) {
    const auto written = node.value_exact<std::string_view>();
    std::string known;
    for (const auto& [name, value] : names) {
      if (written && *written == name) return value;
      known += (known.empty() ? "" : ", ") + std::string{name};
    }
    report(key, node, "must be one of " + known);
    return names.front().second;
  }

  const TomlDocument& document_;
  Findings& findings_;
  const toml::table& table_;
  std::string path_;  // "fund.floor", "" for the document
  std::vector<std::string> known_;
};

}  // namespace gongji::config
