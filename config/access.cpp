#include "config/access.hpp"

#include <algorithm>

#include "config/table_reader.hpp"

namespace gongji::config {
namespace {

const Names<Role> kRoles{
    {"app", Role::kApp}, {"agency", Role::kAgency}, {"auditor", Role::kAuditor}};

// What an Authorization header can carry.
bool is_token(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

AccessToken read_token(TableReader& table) {
  AccessToken found{table.text("token"), table.choice("role", kRoles), table.text("name")};
  if (!is_token(found.token)) table.wrong("token", "must be printable ASCII without spaces");
  return found;
}

bool contains(const AccessList& list, const std::string& token) {
  return std::any_of(list.begin(), list.end(),
                     [&](const AccessToken& each) { return each.token == token; });
}

}  // namespace

Result<AccessList, ConfigError> load_access(const std::filesystem::path& file) {
  AccessList list;
  if (file.empty()) return list;
  const auto document = read_toml(file);
  if (!document) return document.error();
  Findings findings;
  {
    TableReader reader{*document, findings};
    reader.each_table("token", [&](TableReader& table) {
      AccessToken token = read_token(table);
      if (contains(list, token.token)) table.wrong("token", "is listed twice");
      list.push_back(std::move(token));
    });
  }
  if (findings.first()) return *findings.first();
  return list;
}

}  // namespace gongji::config
