// Who may call the HTTP interface for apps and agencies: bearer tokens with a role. A value: loaded
// by config/ from the access file, read by gateway/rest. Tokens are secrets; never log or export
// one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gongji {

// kApp: a citizen app's back end, acts for a named person. kAgency: a counter clerk or the core
// system. kAuditor: reads only.
enum class Role : std::uint8_t { kApp, kAgency, kAuditor };

struct AccessToken {
  std::string token;
  Role role;
  std::string name;  // journaled as who called: "counter 3"
};

using AccessList = std::vector<AccessToken>;

}  // namespace gongji
