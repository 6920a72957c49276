// The resources of /v1: method, path, who may use it, and what answers. One row a resource; the
// OpenAPI document (openapi.json) says the same, and a test compares the two.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

// What a request does, for the answer to those who may not.
enum class Use : std::uint8_t {
  kRead,    // E_FORBIDDEN_VIEW
  kWrite,   // E_FORBIDDEN; needs an Idempotency-Key
  kImport,  // a write whose batch is its key
  kPublic,  // a read that needs no token
};

struct Roles {
  bool app = false;
  bool agency = false;
  bool auditor = false;
  [[nodiscard]] bool allow(Role role) const;
};

using Handler = void (*)(Backend& backend, CallPtr call);

struct Route {
  std::string_view method;
  std::string_view path;  // "/v1/networks/{organizer}"
  Roles roles;
  Use use;
  Handler handler;
};

std::span<const Route> routes();

struct RouteMatch {
  const Route* route = nullptr;  // null: no such path, or not with this method
  std::vector<std::string> ids;  // what stands for the braces
  std::string allowed;           // the methods the path knows, "" = unknown path
};
RouteMatch match_route(std::string_view method, const std::vector<std::string>& segments);

}  // namespace gongji::gateway::rest
